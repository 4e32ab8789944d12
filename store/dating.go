package store

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// A dating is how the years and dates that a stream's stamps leave out were settled so far.
type dating struct {
	undated bool    // some of them may come to be others
	probes  []probe // the first row of each kind that leaves something out
	moved   bool    // rows were dated in different ways
}

// A probe is a row as it is without what its stamp leaves out, with the time that it was given.
// Rows of one kind move together: where the probe keeps its time, all keep theirs.
type probe struct {
	row  logs.Row
	time int64
}

const undatedGuess = logs.GuessedYear | logs.GuessedDate

func times(rows []logs.Row) []int64 {
	out := make([]int64, len(rows))
	for i := range rows {
		out[i] = rows[i].Time
	}
	return out
}

// guess gives rows whose times lack a year or a date what these would be if the
// stream ended here. It returns the times that the rows had; nil where they have them still.
func (st *Stream) guess(rows []logs.Row) (undated []int64) {
	if !slices.ContainsFunc(rows, func(r logs.Row) bool { return r.Guessed&undatedGuess != 0 }) {
		return nil
	}
	was := times(rows)
	st.ix.Date(slices.Clone(st.state), st.today(), rows)
	st.dating.look(rows, was)
	st.dating.moved = !st.stand(st.state) || st.dating.moved
	if slices.Equal(times(rows), was) {
		return nil
	}
	return was
}

// look takes rows of which there was none of their kind for probes. was are their times before they were dated.
func (d *dating) look(rows []logs.Row, was []int64) {
	for i := range rows {
		kind := rows[i].Guessed & undatedGuess
		if kind == 0 || slices.ContainsFunc(d.probes, func(p probe) bool { return p.row.Guessed&undatedGuess == kind }) {
			continue
		}
		p := probe{rows[i], rows[i].Time}
		p.row.Time = was[i]
		d.probes = append(d.probes, p)
	}
}

// stand reports whether the rows that were dated keep their times in that state.
func (st *Stream) stand(state []byte) bool {
	rows := make([]logs.Row, len(st.dating.probes))
	for i, p := range st.dating.probes {
		rows[i] = p.row
	}
	st.ix.Date(slices.Clone(state), st.today(), rows)
	for i, p := range st.dating.probes {
		if rows[i].Time != p.time {
			return false
		}
	}
	return true
}

// timeOf is undated[i], or the row's own time where undated is nil.
func timeOf(undated []int64, rows []logs.Row, i int) int64 {
	if undated == nil {
		return rows[i].Time
	}
	return undated[i]
}

// today is when the newest stamp can have been written at the latest. What a
// followed file held at first sight was written before its modification.
func (st *Stream) today() int64 {
	if st.info.ModTime != logs.NoTime && !(st.info.Live && st.sighted) {
		return st.info.ModTime
	}
	return st.store.o.Now().UnixNano()
}

// date settles the dates of all rows so far.
func (st *Stream) date() {
	ref, state := st.today(), st.state
	st.sighted = true
	if !st.dating.undated {
		return
	}
	stands := !st.dating.moved && st.stand(state)
	st.dating = dating{}
	st.state = st.ix.Date(slices.Clone(state), ref, nil)
	if stands {
		return
	}
	p := placing{live: st.info.Live, base: st.placing.base, last: logs.NoTime, arrivals: []arrival{{0, st.store.o.Now().UnixNano()}}}
	h := st.heldNow()
	if first, ok := h.firstTimed(); ok {
		one := []logs.Row{first}
		st.ix.Date(slices.Clone(state), ref, one)
		p.last = one[0].Time
	}
	h.rebuild(&st.store.ids, func(c *Columns) *Columns {
		rows := make([]logs.Row, c.Len())
		for i := range rows {
			rows[i] = c.undatedRow(i)
		}
		st.ix.Date(slices.Clone(state), ref, rows)
		n := *c
		n.time, n.order, n.undated = times(rows), nil, nil
		order := make([]int64, len(rows))
		for i := range rows {
			order[i] = p.place(&rows[i])
		}
		n.setOrder(order)
		return &n
	})
	st.holdAgain(h)
	if p.last != logs.NoTime {
		st.placing.last = p.last
	}
}
