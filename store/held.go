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
	g.columns.clip()
	g.summary.Full = true
	h.full = append(h.full, g.block())
	*g = growing{}
}

// firstTimed returns the first record that has a time, with the time that the Indexer gave it.
func (h *held) firstTimed() (logs.Row, bool) {
	find := func(c *Columns) int {
		return slices.IndexFunc(c.time, func(t int64) bool { return t != logs.NoTime })
	}
	for _, b := range h.full {
		if i := find(b.columns); i >= 0 {
			return b.columns.undatedRow(i), true
		}
	}
	if i := find(&h.growing.columns); i >= 0 {
		return h.growing.columns.undatedRow(i), true
	}
	return logs.Row{}, false
}

// rebuild replaces the columns of all blocks. Blocks whose records stay at their times keep their IDs.
func (h *held) rebuild(ids *atomic.Uint64, f func(*Columns) *Columns) {
	id := func(old, c *Columns, id uint64) uint64 {
		if slices.Equal(c.time, old.time) && slices.Equal(c.order, old.order) {
			return id
		}
		return ids.Add(1)
	}
	full := make([]*Block, len(h.full))
	for i, b := range h.full {
		c := f(b.columns)
		full[i] = &Block{ID: id(b.columns, c, b.ID), Stream: b.Stream, Summary: c.summary(true), columns: c}
	}
	h.full = full
	if g := &h.growing; g.summary.Rows > 0 {
		c := f(&g.columns)
		*g = growing{id: id(&g.columns, c, g.id), columns: *c, summary: c.summary(false), last: c.Order(c.Len() - 1), end: g.end}
	}
}

// letGo drops the records that begin before floor, of full blocks all, and
// calls lost for each. What is left of a growing block has the ID given.
func (h *held) letGo(floor int64, id uint64, lost func(*Columns, int)) {
	n := 0
	for n < len(h.full) && h.full[n].Summary.Offset < floor {
		c := h.full[n].columns
		for i := range c.Len() {
			lost(c, i)
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
	h.growing = growing{id: id, columns: Columns{stream: c.stream, services: c.services, formats: c.formats}}
	for i := range c.Len() {
		if c.Offset(i) < floor {
			lost(c, i)
			continue
		}
		row := c.Row(i)
		h.growing.add(&row, c.Order(i), c.undatedRow(i).Time)
	}
}

// A growing block is the last of its stream, and takes further records.
type growing struct {
	id      uint64
	columns Columns
	summary Summary
	last    int64 // order time of the newest record
	end     int64 // offset where the newest record ends
}

// add appends a record, which stands at order. undated is its time as the Indexer gave it.
func (g *growing) add(r *logs.Row, order, undated int64) {
	s := &g.summary
	if s.Rows == 0 {
		*s = Summary{Offset: r.Offset, First: order, Last: order, Sorted: true}
		g.last = order
	}
	s.First, s.Last = min(s.First, order), max(s.Last, order)
	s.Sorted = s.Sorted && order >= g.last
	s.Rows++
	g.last, g.end = order, max(g.end, r.Offset+r.Length)
	g.columns.add(r, order, undated)
}

// block returns what g holds by now. What g takes later does not show in it.
func (g *growing) block() *Block {
	c := g.columns
	return &Block{ID: g.id, Stream: c.stream, Summary: g.summary, columns: &c}
}

// summary of a block of these columns.
func (c *Columns) summary(full bool) Summary {
	s := Summary{Rows: c.Len(), Offset: c.base, First: c.Order(0), Last: c.Order(0), Sorted: true, Full: full}
	for i := 1; i < c.Len(); i++ {
		t := c.Order(i)
		s.First, s.Last = min(s.First, t), max(s.Last, t)
		s.Sorted = s.Sorted && t >= c.Order(i-1)
	}
	return s
}
