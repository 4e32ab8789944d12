package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/summary"
)

func (p *program) statsCommand() *cobra.Command {
	o := &options{program: p}
	c := &cobra.Command{
		Use:   "stats [SOURCE...]",
		Short: "Count records by level, service and minute",
		Long: `stats counts the records of all sources that match: how many, in how many physical
lines, by level, by service and by minute of their own time. Every figure is of
the records that match. Interrupted, it prints what it has.`,
		Example: `  lx stats app.log
  lx stats -o json -q 'service:payment' --since 14:00 *.log
  lx stats --level ERROR /var/log
  lx stats --es prod --last 1h`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return o.stats(c.Context(), args) },
	}
	o.selectionFlags(c)
	o.serverFlags(c)
	o.outputFlag(c, "`FORM`: text (a table), json", "text", "json")
	return c
}

func (o *options) stats(ctx context.Context, args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	x, err := o.open(ctx, o.query, args)
	if err != nil {
		return o.refuse(err)
	}
	defer x.Close()
	t, err := x.totals()
	if err != nil {
		return err
	}
	w := o.printer()
	if o.output == "json" {
		w.Write(statsJSON(t))
	} else {
		fmt.Fprint(w.Writer, o.statsTable(t))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if t.Records.N == 0 {
		x.sayWhere()
	}
	return x.verdict(ctx, true)
}

// statsJSON is the object that scripts rely on.
func statsJSON(t *summary.Totals) []byte {
	b := fmt.Appendf(nil, `{"records":%d,"lines":%s,"bytes":%s,"unparsed":%d,"first":%s,"last":%s,"levels":`,
		t.Records.N, known(t.Lines), known(t.Bytes), t.Unparsed, timeJSON(t.First), timeJSON(t.Last))
	b = append(levelsJSON(b, &t.Levels), `,"services":{`...)
	for i, s := range slices.Sorted(maps.Keys(t.Services)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = output.AppendString(b, s)
		b = strconv.AppendInt(append(b, ':'), t.Services[s], 10)
	}
	b = append(b, `},"per_minute":[`...)
	for i, m := range t.Sorted() {
		if i > 0 {
			b = append(b, ',')
		}
		l := t.Minutes[m]
		b = fmt.Appendf(b, `{"time":"%s","total":%d,"levels":`, time.Unix(0, m).UTC().Format(time.RFC3339), l.Total())
		b = append(levelsJSON(b, l), '}')
	}
	b = fmt.Appendf(b, `],"exact":%t`, t.Records.Certainty == summary.Exact)
	var notes []string
	for _, n := range t.Notes {
		notes = append(notes, n.Text)
	}
	return append(notesJSON(b, notes), '}', '\n')
}

// notesJSON appends the member that says why figures are not exact, nothing where there are no notes.
func notesJSON(b []byte, notes []string) []byte {
	if len(notes) == 0 {
		return b
	}
	b = append(b, `,"notes":`...)
	for i, n := range notes {
		b = output.AppendString(append(b, "[,"[min(i, 1)]), n)
	}
	return append(b, ']')
}

// known is a number, null for one that a source cannot say.
func known(n int64) string {
	if n < 0 {
		return "null"
	}
	return strconv.FormatInt(n, 10)
}

func timeJSON(nanos int64) string {
	if nanos == logs.NoTime {
		return "null"
	}
	return `"` + string(output.AppendTime(nil, nanos)) + `"`
}

// levelsJSON appends the counts by level, least severe first, those of records without one under "".
func levelsJSON(b []byte, l *summary.ByLevel) []byte {
	b = append(b, '{')
	first := true
	for i, n := range l {
		if n == 0 {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = fmt.Appendf(b, `"%s":%d`, logs.Level(i), n)
	}
	return append(b, '}')
}

// statsTable is the same for people.
func (o *options) statsTable(t *summary.Totals) string {
	var b strings.Builder
	fmt.Fprintf(&b, "records   %s", t.Records)
	if t.Lines >= 0 {
		fmt.Fprintf(&b, "   lines %s   bytes %s", summary.Thousands(t.Lines), summary.Thousands(t.Bytes))
	}
	if t.Unparsed > 0 {
		fmt.Fprintf(&b, "   unparsed %s", summary.Thousands(t.Unparsed))
	}
	b.WriteByte('\n')
	if t.First != logs.NoTime {
		fmt.Fprintf(&b, "from      %s\nto        %s\n", o.clock(t.First), o.clock(t.Last))
	}
	if t.Records.N > 0 {
		fmt.Fprintln(&b)
		levelRows(&b, t)
		serviceRows(&b, t)
		minuteRows(&b, t, o.location)
	}
	for _, n := range t.Notes {
		fmt.Fprintf(&b, "note      %s\n", output.Clean(n.Text, false))
	}
	return b.String()
}

// clock is a time for people, in the zone of --tz.
func (o *options) clock(nanos int64) string {
	return time.Unix(0, nanos).In(o.location).Format("2006-01-02 15:04:05.000 -07:00")
}
