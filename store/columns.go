package store

import (
	"math"
	"slices"
	"sort"

	"github.com/lxlog/lx/logs"
)

// Columns are the core columns of a block's records: 19 bytes a record where
// records follow one another and are of one format, one line each, and of several
// services, levels and traces; 8 more in a block of which a record stands elsewhere
// than at its event time. They do not change.
type Columns struct {
	stream   *Stream
	services []string // those that the rows refer to, at least
	formats  []string

	n        int
	base     int64 // offset of the first record in the stream
	end      int64 // offset behind the last record
	line     int64 // number of the first record's first physical line; 0: not known
	uneven   bool  // lines of records do not follow one another: their numbers must be counted in the bytes
	offset   []uint32
	length   []uint32 // nil: each record ends where the next one begins
	time     []int64
	order    []int64 // nil: as time
	undated  []int64 // times before the stream was dated; nil: as time
	trace    column[uint32]
	service  column[uint16]
	format   column[uint16]
	severity column[logs.Severity]
	guessed  column[logs.Guess]
	marks    column[logs.Marks]
	lines    column[uint8]
	long     []long // records whose length or lines do not fit, by row
}

type long struct {
	row    int
	length int64
	lines  uint32
}

// Len is the number of records.
func (c *Columns) Len() int { return c.n }

// Stream is the stream that the records are of.
func (c *Columns) Stream() *Stream { return c.stream }

// Row returns the core columns of record i.
func (c *Columns) Row(i int) logs.Row {
	r := logs.Row{Offset: c.Offset(i), Length: c.lengthOf(i), Time: c.time[i], Lines: uint32(c.lines.at(i)), Trace: c.trace.at(i), Service: c.service.at(i),
		Format: logs.FormatID(c.format.at(i)), Severity: c.severity.at(i), Guessed: c.guessed.at(i), Marks: c.marks.at(i)}
	if r.Lines == math.MaxUint8 {
		n, _ := slices.BinarySearchFunc(c.long, i, func(l long, i int) int { return l.row - i })
		r.Length, r.Lines = c.long[n].length, c.long[n].lines
	}
	return r
}

// lengthOf is record i's length in bytes; of one in c.long anything.
func (c *Columns) lengthOf(i int) int64 {
	switch {
	case c.length != nil:
		return int64(c.length[i])
	case i+1 < c.n:
		return int64(c.offset[i+1]) - int64(c.offset[i])
	}
	return c.end - c.Offset(i)
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
func (c *Columns) Severity(i int) logs.Severity { return c.severity.at(i) }

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
	s := c.service.at(i)
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
	return c.n == 0 || offset >= c.Offset(c.n-1) && offset-c.base <= math.MaxUint32
}

// add appends a record, which stands at order. undated is its time as the Indexer
// gave it. room is how many records there may come to be.
func (c *Columns) add(r *logs.Row, order, undated int64, room int) {
	n := c.n
	if n == 0 {
		c.base, c.end = r.Offset, r.Offset
		c.offset, c.time = make([]uint32, 0, room), make([]int64, 0, room)
	}
	lines := uint8(r.Lines)
	if r.Length > math.MaxUint32 || r.Lines >= math.MaxUint8 {
		lines = math.MaxUint8
		c.long = append(c.long, long{n, r.Length, r.Lines})
	}
	if r.Offset != c.end || r.Length > math.MaxUint32 || c.length != nil {
		c.addLength(n, uint32(min(r.Length, math.MaxUint32)), room)
	}
	c.end = r.Offset + r.Length
	c.offset = append(c.offset, uint32(r.Offset-c.base))
	c.order = appendUnlike(c.order, c.time, order, r.Time)
	c.undated = appendUnlike(c.undated, c.time, undated, r.Time)
	c.time = append(c.time, r.Time)
	c.trace.add(n, r.Trace, room)
	c.service.add(n, r.Service, room)
	c.format.add(n, uint16(r.Format), room)
	c.severity.add(n, r.Severity, room)
	c.guessed.add(n, r.Guessed, room)
	c.marks.add(n, r.Marks, room)
	c.lines.add(n, lines, room)
	c.n++
}

// addLength appends the length of row n, after those of the rows before where they went without.
func (c *Columns) addLength(n int, length uint32, room int) {
	if c.length == nil {
		list := make([]uint32, n, max(n+1, room))
		for i := range list {
			list[i] = uint32(min(c.lengthOf(i), math.MaxUint32))
		}
		c.length = list
	}
	c.length = append(c.length, length)
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
	c.time, c.order, c.undated, c.long = exact(c.time), exact(c.order), exact(c.undated), exact(c.long)
	c.trace.clip()
	c.service.clip()
	c.format.clip()
	c.severity.clip()
	c.guessed.clip()
	c.marks.clip()
	c.lines.clip()
}

// size is about how many bytes of memory the columns take.
func (c *Columns) size() int64 {
	const header = 512
	return header + 4*int64(cap(c.offset)+cap(c.length)+cap(c.trace.list)) + 8*int64(cap(c.time)+cap(c.order)+cap(c.undated)) + 2*int64(cap(c.service.list)+cap(c.format.list)) +
		int64(cap(c.severity.list)+cap(c.guessed.list)+cap(c.marks.list)+cap(c.lines.list)) + 24*int64(cap(c.long))
}
