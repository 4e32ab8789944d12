// Package chart draws counts over time and shares of a whole as lines of text. All
// of it is a function of what it is given: a line has exactly the width asked for.
package chart

import (
	"math"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// State says what the counts of a column are worth.
type State uint8

const (
	Known      State = iota
	Unfinished       // the minute still runs: never judged
	Unknown          // a source has not answered for it: never 0
)

// A Column is what fell into one step of a Series.
type Column struct {
	Levels summary.ByLevel
	State  State
}

// Count is the number of records of that level and worse; 0 takes those without a level too.
func (c *Column) Count(least logs.Level) (n int64) {
	for l := int(least); l < logs.Levels; l++ {
		n = sum(n, c.Levels[l])
	}
	return n
}

// Series is counts over time, oldest first.
type Series struct {
	From    int64 // start of the first column, Unix nanoseconds
	Step    int64 // minutes a column, at least 1
	Columns []Column
}

// Fold puts minutes, by their starts as in summary.Totals, into n columns of step
// minutes from the time on; what lies outside is left out. All columns are Known.
func Fold(minutes map[int64]*summary.ByLevel, from, step int64, n int) *Series {
	s := &Series{From: from, Step: max(step, 1), Columns: make([]Column, max(n, 0))}
	add := func(start int64, of *summary.ByLevel) {
		i := s.Index(start)
		if i < 0 || i >= len(s.Columns) || of == nil {
			return
		}
		for l, count := range of {
			s.Columns[i].Levels[l] = sum(s.Columns[i].Levels[l], count)
		}
	}
	if asked := float64(s.Step) * float64(n); asked > float64(len(minutes)) || summary.MinuteOf(from) != from {
		for start, of := range minutes {
			add(start, of)
		}
		return s
	}
	for i := range s.Step * int64(len(s.Columns)) {
		start := from + i*summary.Minute
		add(start, minutes[start])
	}
	return s
}

// Index is the number of the column that t, in Unix nanoseconds, falls into: negative
// before the first, len(Columns) or more behind the last.
func (s *Series) Index(t int64) int {
	if t < s.From {
		return -1
	}
	width := s.width()
	return int(min((uint64(t)-uint64(s.From))/width, math.MaxInt32)) // as the difference may not fit into an int64
}

// Start is when column i begins, in Unix nanoseconds; Start(i+1) is its end.
func (s *Series) Start(i int) int64 { return s.From + int64(i)*int64(s.width()) }

func (s *Series) width() uint64 { return uint64(nanos(s.Step)) }

// nanos is the width of a column of so many minutes, bounded by what fits.
func nanos(step int64) int64 { return min(max(step, 1), math.MaxInt64/summary.Minute) * summary.Minute }

// Mark sets the state of the columns that reach into the time from from to to, to
// itself outside. Unknown stays.
func (s *Series) Mark(from, to int64, state State) {
	r := s.Range(from, to)
	for i := r.From; i < r.To; i++ {
		s.Columns[i].State = max(s.Columns[i].State, state)
	}
}

// Range is the columns that reach into the time from from to to, to itself outside.
func (s *Series) Range(from, to int64) Range {
	if to <= from {
		return Range{}
	}
	return Range{max(s.Index(from), 0), s.Index(to-1) + 1}.within(len(s.Columns))
}

// Range is columns by number, To itself outside. The zero value is none.
type Range struct{ From, To int }

func (r Range) has(i int) bool { return r.From <= i && i < r.To }

func (r Range) within(n int) Range {
	r = Range{max(r.From, 0), min(r.To, n)}
	if r.From >= r.To {
		return Range{}
	}
	return r
}

// steps is how many minutes a column may have; beyond the last, multiples of it.
var steps = [...]int64{1, 2, 5, 10, 15, 30, 60, 2 * 60, 4 * 60, 6 * 60, 12 * 60, 1440, 2 * 1440, 7 * 1440, 28 * 1440}

// StepFor is the least round number of minutes a column with which a span of minutes fits into the columns.
func StepFor(span int64, columns int) int64 {
	n := int64(max(columns, 1))
	span = min(max(span, 1), math.MaxInt64/summary.Minute)
	for _, step := range steps {
		if (span-1)/step < n {
			return step
		}
	}
	last := steps[len(steps)-1]
	return ((span-1)/(n*last) + 1) * last
}

// SpanText is a number of minutes in the largest unit that fits: 15 min, 2 h, 30 d.
func SpanText(minutes int64) string {
	switch {
	case minutes%1440 == 0 && minutes > 0:
		return summary.Thousands(minutes/1440) + " d"
	case minutes%60 == 0 && minutes > 0:
		return summary.Thousands(minutes/60) + " h"
	}
	return summary.Thousands(minutes) + " min"
}

// Finer is the next smaller step, the smallest of 1 minute: for zooming in.
func Finer(step int64) int64 {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i] < step {
			return steps[i]
		}
	}
	return steps[0]
}

// Coarser is the next larger step, the largest of 28 days: for zooming out.
func Coarser(step int64) int64 {
	for _, s := range steps {
		if s > step {
			return s
		}
	}
	return steps[len(steps)-1]
}

// StartFor is where a series of n columns begins whose last one holds the time last,
// so that columns begin at round times of the zone.
func StartFor(last, step int64, n int, zone *time.Location) int64 {
	width := nanos(step)
	_, offset := time.Unix(0, last).In(zone).Zone()
	local := last + int64(offset)*1e9
	rest := local % width
	if rest < 0 {
		rest += width
	}
	return last - rest - int64(max(n, 1)-1)*width
}

// sum adds counts; what does not fit is the largest there is, below 0 counts as 0.
func sum(a, b int64) int64 {
	a, b = max(a, 0), max(b, 0)
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
