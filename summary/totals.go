package summary

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// Minute is the width of a bucket of Totals, in nanoseconds.
const Minute = int64(60e9)

// MaxServices bounds the services that Totals keeps apart; records of further ones are counted in Notes.
const MaxServices = 100_000

// Totals counts a set of records by level, service and minute. The zero value is not ready: NewTotals.
type Totals struct {
	Records  Count
	Lines    int64 // physical lines; -1 where a source cannot say
	Bytes    int64 // of the records as they came; -1 where a source cannot say
	Unparsed int64 // records that only the plain fallback took
	First    int64 // smallest and largest event time; logs.NoTime where no record has one
	Last     int64
	Levels   ByLevel
	Services map[string]int64
	Minutes  map[int64]*ByLevel // by start of the minute, nanoseconds; records without a time are in none
	Arrived  map[int64]*ByLevel // the minutes in which those of them came that were seen to come
	Notes    []Note             // why figures are not of all that there is
}

// A Note says why a result is not of all that there is, or what in it to mind.
type Note struct {
	Text string
	// Fault: a source, or a part of one, could not be read or was let go. Otherwise
	// the figures are what could be asked for, and that is no fault.
	Fault bool
	// Source is the name of a source that the figures have nothing of; "": it is of none, or of a part of one.
	Source string
}

// NewTotals returns the totals of no records.
func NewTotals() *Totals {
	return &Totals{First: logs.NoTime, Last: logs.NoTime, Services: map[string]int64{}, Minutes: map[int64]*ByLevel{}, Arrived: map[int64]*ByLevel{}}
}

// Add counts one record of the given core columns.
func (t *Totals) Add(time int64, s logs.Severity, service string, lines, bytes int64, unparsed bool) {
	t.Records.N++
	t.Lines += lines
	t.Bytes += bytes
	if unparsed {
		t.Unparsed++
	}
	t.Levels[s.Level()]++
	t.AddService(service, 1)
	if time == logs.NoTime {
		return
	}
	t.Span(time, time)
	minute(t.Minutes, MinuteOf(time))[s.Level()]++
}

// AddSize adds physical lines, bytes and records that only the plain fallback took; lines and bytes are -1 where a source cannot say.
func (t *Totals) AddSize(lines, bytes, unparsed int64) {
	t.Lines = sumKnown(t.Lines, lines)
	t.Bytes = sumKnown(t.Bytes, bytes)
	t.Unparsed += unparsed
}

// Merge adds what o counted.
func (t *Totals) Merge(o *Totals) {
	t.Records = t.Records.Add(o.Records)
	t.AddSize(o.Lines, o.Bytes, o.Unparsed)
	t.Span(o.First, o.Last)
	t.Levels.Add(&o.Levels)
	for s, n := range o.Services {
		t.AddService(s, n)
	}
	for m, l := range o.Minutes {
		t.AddMinute(m, l)
	}
	for m, l := range o.Arrived {
		t.AddArrived(m, l)
	}
	for _, n := range o.Notes {
		t.Note(n)
	}
}

// Sorted returns the starts of the minutes, oldest first.
func (t *Totals) Sorted() []int64 {
	out := make([]int64, 0, len(t.Minutes))
	for m := range t.Minutes {
		out = append(out, m)
	}
	slices.Sort(out)
	return out
}

// Span takes event times into account of which first is the least and last the largest; logs.NoTime: there are none.
func (t *Totals) Span(first, last int64) {
	if first == logs.NoTime {
		return
	}
	if t.First == logs.NoTime || first < t.First {
		t.First = first
	}
	if t.Last == logs.NoTime || last > t.Last {
		t.Last = last
	}
}

func minute(of map[int64]*ByLevel, start int64) *ByLevel {
	m := of[start]
	if m == nil {
		m = new(ByLevel)
		of[start] = m
	}
	return m
}

// AddMinute adds the records by level of the minute that begins at start.
func (t *Totals) AddMinute(start int64, l *ByLevel) { minute(t.Minutes, start).Add(l) }

// AddArrived adds records without a time that came in the minute that begins at start.
func (t *Totals) AddArrived(start int64, l *ByLevel) { minute(t.Arrived, start).Add(l) }

// AddService adds n records of the service.
func (t *Totals) AddService(name string, n int64) {
	if _, known := t.Services[name]; !known && len(t.Services) >= MaxServices {
		name = "" // counted, but not under its name
		t.Note(Note{Text: "more than 100,000 services: the rest is counted without its name"})
	}
	t.Services[name] += n
}

// Note adds a note, once.
func (t *Totals) Note(n Note) {
	if !slices.Contains(t.Notes, n) {
		t.Notes = append(t.Notes, n)
	}
}

func sumKnown(a, b int64) int64 {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}

// MinuteOf is the start of the minute that t is in.
func MinuteOf(t int64) int64 {
	r := t % Minute
	if r < 0 {
		r += Minute
	}
	return t - r
}
