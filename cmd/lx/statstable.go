package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
)

// How much of a table is shown; the rest is named in its last row.
const (
	shownServices = 15
	shownBuckets  = 24
	barWidth      = 40
)

func levelRows(b *strings.Builder, t *summary.Totals) {
	for l := len(t.Levels) - 1; l >= 0; l-- {
		if n := t.Levels[l]; n > 0 {
			countRow(b, nameOr(logs.Level(l).String(), "no level"), n, t.Records.N)
		}
	}
	b.WriteByte('\n')
}

func serviceRows(b *strings.Builder, t *summary.Totals) {
	list := make([]summary.ValueCount, 0, len(t.Services))
	for s, n := range t.Services {
		list = append(list, summary.ValueCount{Value: s, Count: n})
	}
	summary.SortValues(list)
	if len(list) == 1 && list[0].Value == "" {
		return
	}
	for _, s := range list[:min(len(list), shownServices)] {
		countRow(b, nameOr(output.Clean(s.Value, false), "no service"), s.Count, t.Records.N)
	}
	if more := len(list) - shownServices; more > 0 {
		fmt.Fprintf(b, "and %d more services\n", more)
	}
	b.WriteByte('\n')
}

func countRow(b *strings.Builder, name string, n, of int64) {
	fmt.Fprintf(b, "%-16s %12s  %5.1f %%  %s\n", name, summary.Thousands(n), 100*float64(n)/float64(of), bar(n, of))
}

func nameOr(name, other string) string {
	if name == "" {
		return other
	}
	return name
}

// bar is n of most, in eighths of a cell.
func bar(n, most int64) string {
	eighths := int(float64(n) / float64(most) * barWidth * 8)
	if n > 0 {
		eighths = max(eighths, 1)
	}
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string([]rune(" ▏▎▍▌▋▊▉")[rest])
	}
	return s
}

// minuteRows draws the counts over time: a row a minute, or as many whole minutes as make the rows fit.
func minuteRows(b *strings.Builder, t *summary.Totals, loc *time.Location) {
	starts := t.Sorted()
	if len(starts) == 0 {
		return
	}
	// In minutes, as the span of all times has no room in nanoseconds.
	least, most := starts[0]/summary.Minute, starts[len(starts)-1]/summary.Minute
	width := bucketWidth(most - least)
	first := least - ((least%width)+width)%width
	rows := make([]summary.ByLevel, (most-first)/width+1)
	for _, m := range starts {
		rows[(m/summary.Minute-first)/width].Add(t.Minutes[m])
	}
	longest := int64(1)
	for i := range rows {
		longest = max(longest, rows[i].Total())
	}
	stamp := "01-02 15:04"
	if width >= 24*60 {
		stamp = "2006-01-02 "
	}
	for i := range rows {
		errors := rows[i][logs.Error.Level()] + rows[i][logs.Fatal.Level()]
		fmt.Fprintf(b, "%s  %10s  %8s err  %s\n", time.Unix(60*(first+int64(i)*width), 0).In(loc).Format(stamp),
			summary.Thousands(rows[i].Total()), summary.Thousands(errors), bar(rows[i].Total(), longest))
	}
	fmt.Fprintf(b, "each row is %s\n", chart.SpanText(width))
}

// bucketWidth is the least round number of minutes with which a span of them fits into the table.
func bucketWidth(span int64) int64 {
	for _, width := range []int64{1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 10080, 43200} {
		if span/width < shownBuckets {
			return width
		}
	}
	return span/shownBuckets + 1
}
