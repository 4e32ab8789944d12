package store

import (
	"math"
	"slices"
	"sort"

	"github.com/lxlog/lx/logs"
)

// Columns are the core columns of a block's records: 28 bytes a record, 8 more
// in a block of which a record stands elsewhere than at its event time. They do not change.
type Columns struct {
	stream   *Stream
	services []string // those that the rows refer to, at least
	formats  []string

	base     int64 // offset of the first record in the stream
	offset   []uint32
	length   []uint32
	time     []int64
	order    []int64 // nil: as time
	undated  []int64 // times before the stream was dated; nil: as time
	trace    []uint32
	service  []uint16
	format   []uint16
	severity []logs.Severity
	guessed  []logs.Guess
	marks    []logs.Marks
	lines    []uint8
	long     []long // records whose length or lines do not fit, by row
}

type long struct {
	row    int
	length int64
	lines  uint32
}

// Len is the number of records.
func (c *Columns) Len() int { return len(c.time) }

// Stream is the stream that the records are of.
func (c *Columns) Stream() *Stream { return c.stream }

// Row returns the core columns of record i.
func (c *Columns) Row(i int) logs.Row {
	r := logs.Row{Offset: c.Offset(i), Length: int64(c.length[i]), Time: c.time[i], Lines: uint32(c.lines[i]), Trace: c.trace[i],
		Service: c.service[i], Format: logs.FormatID(c.format[i]), Severity: c.severity[i], Guessed: c.guessed[i], Marks: c.marks[i]}
	if c.lines[i] == math.MaxUint8 {
		n, _ := slices.BinarySearchFunc(c.long, i, func(l long, i int) int { return l.row - i })
		r.Length, r.Lines = c.long[n].length, c.long[n].lines
	}
	return r
}

// undatedRow is Row with the time that the Indexer gave it before the stream was dated.
func (c *Columns) undatedRow(i int) logs.Row {
	r := c.Row(i)
	if c.undated != nil {
		r.Time = c.undated[i]
	}
	return r
}

// Offset is where record i begins in its stream.
func (c *Columns) Offset(i int) int64 { return c.base + int64(c.offset[i]) }

// Severity of record i.
func (c *Columns) Severity(i int) logs.Severity { return c.severity[i] }

// Order is the time by which record i is ordered: its event time; without one,
// that of the record before in the stream, at the head of the first that has
// one; in a stream without any time the arrival, or the file's modification
// time. A live record stands at the earlier of that and its arrival.
func (c *Columns) Order(i int) int64 {
	if c.order != nil {
		return c.order[i]
	}
	return c.time[i]
}

// Service is the name in record i's service column. false: only decoding tells.
func (c *Columns) Service(i int) (string, bool) {
	s := c.service[i]
	if s == logs.ServiceOverflow || int(s) >= len(c.services) {
		return "", s != logs.ServiceOverflow
	}
	return c.services[s], true
}

// After is the first record that begins behind offset; Len where none does.
func (c *Columns) After(offset int64) int {
	return sort.Search(c.Len(), func(i int) bool { return c.Offset(i) > offset })
}

// fits reports whether a record that begins at offset can join the others.
func (c *Columns) fits(offset int64) bool {
	n := len(c.offset)
	return n == 0 || offset >= c.Offset(n-1) && offset-c.base <= math.MaxUint32
}

// add appends a record, which stands at order. undated is its time as the Indexer gave it.
func (c *Columns) add(r *logs.Row, order, undated int64) {
	n := len(c.time)
	if n == 0 {
		c.base = r.Offset
	}
	length, lines := uint32(r.Length), uint8(r.Lines)
	if r.Length > math.MaxUint32 || r.Lines >= math.MaxUint8 {
		length, lines = math.MaxUint32, math.MaxUint8
		c.long = append(c.long, long{n, r.Length, r.Lines})
	}
	c.offset = append(c.offset, uint32(r.Offset-c.base))
	c.length = append(c.length, length)
	c.order = appendUnlike(c.order, c.time, order, r.Time)
	c.undated = appendUnlike(c.undated, c.time, undated, r.Time)
	c.time = append(c.time, r.Time)
	c.trace = append(c.trace, r.Trace)
	c.service = append(c.service, r.Service)
	c.format = append(c.format, uint16(r.Format))
	c.severity = append(c.severity, r.Severity)
	c.guessed = append(c.guessed, r.Guessed)
	c.marks = append(c.marks, r.Marks)
	c.lines = append(c.lines, lines)
}

// appendUnlike appends v to a column that is nil as long as it equals times, whose next value is time.
func appendUnlike(column, times []int64, v, time int64) []int64 {
	if column == nil {
		if v == time {
			return nil
		}
		column = append(make([]int64, 0, cap(times)), times...)
	}
	return append(column, v)
}

// clip gives back the room that the columns have to grow.
func (c *Columns) clip() {
	c.offset, c.length = exact(c.offset), exact(c.length)
	c.time, c.order, c.undated = exact(c.time), exact(c.order), exact(c.undated)
	c.trace, c.service, c.format = exact(c.trace), exact(c.service), exact(c.format)
	c.severity, c.guessed, c.marks = exact(c.severity), exact(c.guessed), exact(c.marks)
	c.lines, c.long = exact(c.lines), exact(c.long)
}

func exact[T any](s []T) []T {
	if len(s) == cap(s) {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}
