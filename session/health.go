package session

import (
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// vitals are what is counted for Health of sources, in the order of sources.
type vitals struct {
	mu      sync.Mutex
	version uint64 // of the store for which they were counted
	list    []vital
}

type vital struct {
	intake
	gone, late int64
	newest     int64
}

// Health says how each source is, by the order of sources. It costs little: what
// is counted follows from what the store knows of whole blocks, and is counted
// again only where something has changed.
func (s *Session) Health() []sources.Health {
	l := s.look()
	v := &s.vitals
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.list == nil || v.version != l.Version {
		v.count(s, l)
	}
	now := s.o.Now().UnixNano()
	out := make([]sources.Health, len(s.sources))
	for i, r := range s.sources {
		out[i] = r.healthNow(&v.list[i], now)
	}
	return out
}

// healthNow is state with what was counted.
func (r *running) healthNow(v *vital, now int64) sources.Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.stateNow()
	if r.searcher == nil { // which knows best what there is of it
		h.Records, h.Gone, h.Late, h.Newest = v.records, v.gone, v.late, v.newest
		came, over := r.pulse.within(rateWindow, now, v.intake)
		h.Rate = float64(came.records) / over.Seconds()
		came, over = r.pulse.within(growsWindow, now, v.intake)
		h.Growth = float64(came.bytes) / over.Minutes()
	} else if h.Newest == 0 {
		h.Newest = logs.NoTime
	}
	if h.State == sources.Live && h.Newest != logs.NoTime {
		h.Lag = time.Duration(max(0, now-h.Newest))
	}
	return h
}

// count counts what a look holds, by source.
func (v *vitals) count(s *Session, l *look) {
	v.version = l.Version
	if v.list == nil {
		v.list = make([]vital, len(s.sources))
	}
	for i := range v.list {
		v.list[i] = vital{newest: logs.NoTime}
	}
	for _, d := range l.strands {
		of := sourceOf(d.state.Stream.Info().Place)
		c := &v.list[of]
		c.records += d.starts[d.whole]
		if d.state.Open != nil {
			c.records += int64(d.state.Open.Summary.Rows)
		}
		c.bytes += d.state.Bytes
		c.gone += d.state.Lost.Records
		if n := len(d.most); n > 0 {
			c.newest = max(c.newest, d.most[n-1])
		}
		d.late.update(s.sources[of], d)
		c.late += d.late.count
	}
}

// A tally is how many of a stream's whole records came late, guarded by vitals.mu.
type tally struct {
	state  *store.StreamState // that it was counted for last
	rows   int64              // records up to this one were looked at
	block  uint64             // ID of the last block that was looked into
	newest int64              // greatest order time in it so far
	count  int64
}

// update counts what has become whole since.
func (t *tally) update(r *running, d *strand) {
	if t.state == d.state || !d.state.Stream.Info().Live {
		return
	}
	had, known := r.hadFrom(d.state.Stream)
	if !known {
		return
	}
	t.state, t.rows = d.state, max(t.rows, had.rows, d.starts[0])
	first := d.whole
	for first > 0 && d.starts[first] > t.rows {
		first--
	}
	for i := first; i < d.whole; i++ {
		t.add(d, i, int(t.rows-d.starts[i]), had)
		t.rows = d.starts[i+1]
	}
}

// add counts those of the nth block from a row on.
func (t *tally) add(d *strand, nth, from int, had reached) {
	b := d.blocks[nth]
	if from == b.Summary.Rows {
		return
	}
	before := logs.NoTime
	if nth > 0 {
		before = d.most[nth-1]
	}
	if b.Summary.Sorted && !isLate(b.Summary.First, before) {
		t.block = 0
		return
	}
	c, err := b.Columns()
	if err != nil {
		return // whoever reads its records says so
	}
	start := from
	if t.block != b.ID {
		t.block, t.newest, start = b.ID, before, 0
	}
	t.newest = max(t.newest, before)
	for i := start; i < c.Len(); i++ {
		if i >= from && had.late(c, i, t.newest) {
			t.count++
		}
		t.newest = max(t.newest, c.Order(i))
	}
}
