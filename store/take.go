package store

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// take gives the rows that Fold and Close have made their places and adds them to the last block.
func (st *Stream) take() {
	rows := st.rows.List
	if len(rows) == 0 {
		return
	}
	st.goOn(rows)
	undated := st.guess(rows)
	st.dating.undated = st.dating.undated || undated != nil
	limit := int64(blockSize)
	if st.info.Data == nil {
		limit = chunkSize // as much as is let go at once
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	h := &st.held
	for i := 0; i < len(rows); {
		n := 0
		if undated == nil {
			n = st.takeRun(rows[i:], limit)
		}
		if n == 0 {
			st.takeRow(&rows[i], timeOf(undated, rows, i))
			n = 1
		}
		i += n
		if g := &h.growing; g.summary.Rows >= blockRows || g.end-g.summary.Offset >= limit {
			h.seal()
		}
	}
	st.rows.List = rows[:0]
	st.letGo()
}

// takeRow adds a row to the last block, or begins another one with it. undated is its time as the Indexer gave it.
func (st *Stream) takeRow(r *logs.Row, undated int64) {
	h := &st.held
	timeless := st.placing.last == logs.NoTime
	order := st.placing.place(r)
	if timeless && st.placing.last != logs.NoTime {
		st.placeHead(st.placing.last)
	}
	if !h.growing.columns.fits(r.Offset) {
		h.seal()
	}
	if h.growing.summary.Rows == 0 {
		h.growing = st.grow(h.growing.room)
	}
	c := &h.growing.columns
	c.services, c.formats = st.rows.Services, st.rows.Formats
	c.uneven = c.uneven || st.lines.uneven(r, st.severed)
	h.growing.add(r, order, undated)
	st.lines.add(r)
}

// goOn marks the record that goes on in a line of which the one before has the beginning.
func (st *Stream) goOn(rows []logs.Row) {
	for i := range rows {
		if r := &rows[i]; r.Offset == st.severed && r.Offset > 0 {
			r.Marks |= logs.Continued
			r.Lines-- // it was counted there
		}
	}
}

// grow begins a block that may come to have room records.
func (st *Stream) grow(room int) growing {
	c := Columns{stream: st, services: st.rows.Services, formats: st.rows.Formats}
	if !st.framed {
		c.line = st.lines.before + 1
	}
	return growing{id: st.store.ids.Add(1), columns: c, room: room}
}

// lineSum adds up the lines of a stream's records.
type lineSum struct {
	before int64 // physical lines of all records so far
	end    int64 // greatest offset at which one of them ends
}

func (l *lineSum) add(r *logs.Row) {
	l.before += int64(r.Lines)
	l.end = max(l.end, r.Offset+r.Length)
}

// uneven reports whether the number of a record's first line does not follow from
// the lines before: it stands among another's, or goes on in a line.
func (l *lineSum) uneven(r *logs.Row, severed int64) bool {
	return r.Offset < l.end || r.Offset == severed && severed > 0
}

// heldNow is the stream's records, to be worked on while readers go on.
func (st *Stream) heldNow() held {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.held
}

// holdAgain makes h, which was heldNow, the stream's records. What was let go meanwhile has been counted.
func (st *Stream) holdAgain(h held) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.floor > 0 {
		h.letGo(st.floor, st.store.ids.Add(1), st.why, nil)
	}
	st.held = h
}

// placeHead moves the records before the first that has a time, t, to it.
func (st *Stream) placeHead(t int64) {
	st.held.rebuild(&st.store.ids, func(c *Columns) *Columns {
		order := make([]int64, c.Len())
		for i := range order {
			order[i] = t
			if st.info.Live {
				order[i] = min(t, c.Order(i))
			}
		}
		n := *c
		n.setOrder(order)
		return &n
	})
}

// setOrder gives the records other order times.
func (c *Columns) setOrder(order []int64) {
	c.order = order
	if slices.Equal(order, c.time) {
		c.order = nil
	}
}
