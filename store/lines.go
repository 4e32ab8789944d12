package store

import (
	"bytes"
	"math"
	"sort"
)

// A mark is a place in a stream before which line ends have been counted.
type mark struct{ offset, lines int64 }

// mark notes where a chunk begins, which lines of that number follow, a place in each chunkSize.
func (st *Stream) mark(chunk []byte, lines int) {
	if st.framed || len(chunk) == 0 {
		return
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	if n := len(st.marks); n == 0 || st.folded-st.marks[n-1].offset >= chunkSize {
		st.marks = append(st.marks, mark{st.folded, st.lineEnds})
	}
	st.lineEnds += int64(lines)
	if chunk[len(chunk)-1] != '\n' {
		st.lineEnds--
	}
}

// markBefore returns the last mark that does not lie behind offset.
func (st *Stream) markBefore(offset int64) (mark, bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	i := sort.Search(len(st.marks), func(i int) bool { return st.marks[i].offset > offset }) - 1
	if i < 0 {
		return mark{}, false
	}
	return st.marks[i], true
}

// unmark gives up counting: the transport says where records end, and a line end says nothing.
func (st *Stream) unmark() {
	st.mu.Lock()
	st.marks = nil
	st.mu.Unlock()
}

// A lineCount is how many lines are known to stand before a record, or a place, that was looked at last.
type lineCount struct {
	c    *Columns
	row  int
	rows int64 // physical lines of the rows of c before row

	st *Stream
	mark
}

// Line is the number of record i's first physical line in its stream, from 1; 0 where it is not known.
func (r *Reader) Line(c *Columns, i int) int64 {
	switch {
	case c.uneven:
		return r.countedLine(c, i)
	case c.line == 0:
		return 0
	case c.lines.list == nil && c.lines.same != math.MaxUint8:
		return c.line + int64(i)*int64(c.lines.same)
	}
	n := &r.counted
	if n.c != c || n.row > i {
		n.c, n.row, n.rows = c, 0, 0
	}
	for ; n.row < i; n.row++ {
		lines := int64(c.lines.at(n.row))
		if lines == math.MaxUint8 {
			lines = int64(c.Row(n.row).Lines)
		}
		n.rows += lines
	}
	return c.line + n.rows
}

// countedLine counts line ends from the last place where their number is known.
func (r *Reader) countedLine(c *Columns, i int) int64 {
	st, to := c.stream, c.Offset(i)
	m, ok := st.markBefore(to)
	if !ok {
		return 0
	}
	n := &r.counted
	if n.st == st && n.offset <= to && n.offset > m.offset {
		m = n.mark
	}
	for m.offset < to {
		end := min(to, m.offset+maxAhead)
		with := end
		if end == to { // the record itself is looked at next
			with += min(c.Row(i).Length, maxAhead)
		}
		b, err := r.window.read(st, m.offset, with)
		if err != nil {
			return 0
		}
		m.lines += int64(bytes.Count(b[:end-m.offset], []byte{'\n'}))
		m.offset = end
	}
	n.st, n.mark = st, m
	return m.lines + 1
}
