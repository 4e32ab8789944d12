package session

import (
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// A Mark is a moment in the life of a session: what had arrived by then. It does not change.
type Mark struct {
	streams map[*store.Stream]reached
	serials []int64 // of the news that sources had told, by their order
}

// reached is how far a stream had come.
type reached struct {
	rows int64   // that were whole, those that had gone by then included
	open []int64 // offsets of those that were not whole yet
}

// Mark notes what has arrived by now. A file of which what was there at first is
// still read counts as having arrived up to where that ends.
func (s *Session) Mark() *Mark {
	m := &Mark{streams: map[*store.Stream]reached{}}
	for _, r := range s.sources {
		m.serials = append(m.serials, r.newsSerial())
	}
	for _, d := range s.look().strands {
		m.streams[d.state.Stream] = d.reached()
	}
	return m
}

// reached is how far the strand's stream has come.
func (d *strand) reached() reached {
	r := reached{rows: d.starts[d.whole]}
	if d.state.Open != nil {
		if c, err := d.state.Open.Columns(); err == nil {
			for i := range c.Len() {
				r.open = append(r.open, c.Offset(i))
			}
		}
	}
	return r
}

// later is the later of two.
func (r reached) later(o reached) reached {
	switch {
	case r.rows > o.rows:
		return r
	case r.rows < o.rows:
		return o
	}
	return reached{r.rows, append(slices.Clip(r.open), o.open...)}
}

// isHistory reports whether what comes through a stream while its source catches
// up was there before: what comes from elsewhere than a file is new whenever it comes.
func isHistory(i *store.Info) bool { return i.Data != nil || i.ModTime != logs.NoTime }

// noteHistory remembers how far the source's streams have come, once all that was
// there has been read. It is called with mu held.
func (r *running) noteHistory() {
	r.history = map[*store.Stream]reached{}
	for _, st := range r.opened {
		if isHistory(st.Info()) {
			r.history[st] = newStrand(st.State()).reached()
		}
	}
	r.opened = nil
	r.pulse.begin(r.s.o.Now().UnixNano())
}

// hadFrom returns how far a stream of the source had come when all that was there
// at first had been read; false: it still is.
func (r *running) hadFrom(st *store.Stream) (reached, bool) {
	if !isHistory(st.Info()) {
		return reached{}, true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.history[st], r.history != nil
}

// since returns how far a stream had come at the mark, or when what was there at
// first had been read, whichever was later; false: that is still read.
func (s *Session) since(m *Mark, st *store.Stream) (reached, bool) {
	had, ok := s.sources[sourceOf(st.Info().Place)].hadFrom(st)
	return had.later(m.streams[st]), ok
}
