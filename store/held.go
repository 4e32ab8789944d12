package store

import (
	"slices"
	"sync/atomic"

	"github.com/lxlog/lx/logs"
)

// held is the records of a stream in their blocks.
type held struct {
	full    []*Block
	growing growing
}

// list returns the blocks as a snapshot has them.
func (h *held) list() []*Block {
	full := slices.Clip(h.full)
	if h.growing.summary.Rows == 0 {
		return full
	}
	return append(full, h.growing.block())
}

// seal makes the growing block a full one.
func (h *held) seal() {
	g := &h.growing
	if g.summary.Rows == 0 {
		return
	}
	c := g.columns
	c.clip()
	h.full = append(h.full, newBlock(g.id, c.stream, g.summary, &c))
	*g = growing{room: min(c.n+c.n/8, blockRows)}
}

// firstTimed returns the first record that has a time, with the time that the Indexer gave it.
func (h *held) firstTimed() (logs.Row, bool) {
	find := func(c *Columns) int {
		return slices.IndexFunc(c.time, func(t int64) bool { return t != logs.NoTime })
	}
	for _, b := range h.full {
		if c, err := b.Columns(); err == nil {
			if i := find(c); i >= 0 {
				return c.undatedRow(i), true
			}
		}
	}
	if i := find(&h.growing.columns); i >= 0 {
		return h.growing.columns.undatedRow(i), true
	}
	return logs.Row{}, false
}

// rebuild replaces the columns of all blocks. Blocks whose records stay at their
// times keep their IDs, and one whose columns cannot be read back stays as it is.
func (h *held) rebuild(ids *atomic.Uint64, f func(*Columns) *Columns) {
	id := func(old, c *Columns, id uint64) uint64 {
		if slices.Equal(c.time, old.time) && slices.Equal(c.order, old.order) {
			return id
		}
		return ids.Add(1)
	}
	full := make([]*Block, len(h.full))
	for i, b := range h.full {
		full[i] = b
		if old, err := b.Columns(); err == nil {
			c := f(old)
			b.page.drop()
			full[i] = newBlock(id(old, c, b.ID), b.Stream, c.summary(), c)
		}
	}
	h.full = full
	if g := &h.growing; g.summary.Rows > 0 {
		c := f(&g.columns)
		*g = growing{id: id(&g.columns, c, g.id), columns: *c, summary: c.summary(), last: c.Order(c.Len() - 1), end: g.end, room: g.room}
	}
}

// letGo drops the records that begin before floor, of full blocks all, and
// counts them in lost where that is not nil. What is left of a growing block has the ID given.
func (h *held) letGo(floor int64, id uint64, why string, lost *Loss) {
	n := 0
	for n < len(h.full) && h.full[n].Summary.Offset < floor {
		if s := &h.full[n].Summary; lost != nil {
			lost.add(s.Rows, s.First, s.Last, why)
			h.full[n].page.drop()
		}
		n++
	}
	if n > 0 {
		h.full = slices.Clone(h.full[n:])
	}
	g := h.growing
	if g.summary.Rows == 0 || g.summary.Offset >= floor {
		return
	}
	c := &g.columns
	h.growing = growing{id: id, columns: Columns{stream: c.stream, services: c.services, formats: c.formats, uneven: true}}
	for i := range c.Len() {
		row := c.Row(i)
		if c.Offset(i) >= floor {
			h.growing.add(&row, c.Order(i), c.undatedRow(i).Time)
		} else if lost != nil {
			lost.add(1, c.Order(i), c.Order(i), why)
		}
	}
}

// A growing block is the last of its stream, and takes further records.
type growing struct {
	id      uint64
	columns Columns
	summary Summary
	last    int64 // order time of the newest record
	end     int64 // greatest offset at which a record ends
	room    int   // how many records there may come to be
}

// add appends a record, which stands at order. undated is its time as the Indexer gave it.
func (g *growing) add(r *logs.Row, order, undated int64) {
	s := &g.summary
	if s.Rows == 0 {
		*s = Summary{Offset: r.Offset, First: order, Last: order, Sorted: true}
		g.last, g.end = order, r.Offset
	}
	s.First, s.Last = min(s.First, order), max(s.Last, order)
	s.Sorted = s.Sorted && order >= g.last
	s.Rows++
	g.last, g.end = order, max(g.end, r.Offset+r.Length)
	g.columns.add(r, order, undated, g.room)
}

// block returns what g holds by now. What g takes later does not show in it.
func (g *growing) block() *Block {
	c := g.columns
	return &Block{ID: g.id, Stream: c.stream, Summary: g.summary, columns: &c}
}

// summary of a block of these columns that is not full.
func (c *Columns) summary() Summary {
	s := Summary{Rows: c.Len(), Offset: c.base, First: c.Order(0), Last: c.Order(0), Sorted: true}
	for i := 1; i < c.Len(); i++ {
		t := c.Order(i)
		s.First, s.Last = min(s.First, t), max(s.Last, t)
		s.Sorted = s.Sorted && t >= c.Order(i-1)
	}
	return s
}
