package session

import (
	"math"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// late is the sources of a session that have not read all that was there, by
// place. A look that is taken after it holds all of the others.
type late map[int]*running

func (s *Session) late() late {
	out := late{}
	for i, r := range s.sources {
		if !r.isCaughtUp() {
			out[i] = r
		}
	}
	return out
}

// any reports whether a file of l is still read, or a source not opened yet. What
// comes from elsewhere, such as a pipe, is new whenever it comes.
func (t late) any(l *look) bool {
	waiting := make(map[int]bool, len(t))
	for place, r := range t {
		if state := r.state().State; state == sources.Opening || state == sources.CatchingUp {
			waiting[place] = true
		}
	}
	for _, d := range l.strands {
		info := d.state.Stream.Info()
		place := sourceOf(info.Place)
		if t[place] == nil {
			continue
		}
		if !d.state.Ended && (info.Data != nil || info.ModTime != logs.NoTime) {
			return true
		}
		delete(waiting, place)
	}
	return len(waiting) > 0
}

// since returns for each of the sources that can be seen from its newest end the
// time from which on all is known.
func (t late) since(l *look) map[int]int64 {
	out := map[int]int64{}
	for _, d := range l.strands {
		place := sourceOf(d.state.Stream.Info().Place)
		if t[place] == nil || d.state.Ended {
			continue
		}
		from := int64(math.MaxInt64)
		if p := d.state.Preview; len(p) > 0 {
			from = p[0].Summary.First
		}
		if known, ok := out[place]; !ok || known < from {
			out[place] = from
		}
	}
	for place, from := range out {
		if from == math.MaxInt64 {
			delete(out, place)
		}
	}
	return out
}

// knows reports whether there can be no further records between rows, newest first, or behind them.
func (t late) knows(l *look, rows []Row) bool {
	since := t.since(l)
	for place := range t {
		from, ok := since[place]
		if !ok || len(rows) > 0 && rows[len(rows)-1].Key.Time < from {
			return false
		}
	}
	return true
}
