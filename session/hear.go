package session

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/lxlog/lx/sources"
)

// hear brings what is known up to what the source has told since. p is where somebody looks.
func (m *remote) hear(ctx context.Context, p sources.Position) error {
	pieces, last, all := m.r.newsSince(m.heard)
	if last == m.heard {
		return nil
	}
	m.mu.Lock()
	nothing := len(m.spans) == 0
	if all {
		m.spans = nil
	}
	m.mu.Unlock()
	if !all && !nothing {
		f := m.v.filter
		f.Among = pieces
		page, err := m.question(ctx, sources.Request{Filter: f, Start: lastPosition, Backward: true, Limit: pageSize})
		if err != nil {
			return err
		}
		m.insert(page, p)
		if page.Partial {
			return nil // the rest when it is asked for the next time
		}
	}
	m.heard = last
	return nil
}

// insert puts hits that news told of, the newest first, to their places. Where
// there are more of them than the page holds, what is older than these is not known any more.
func (m *remote) insert(page sources.Page, p sources.Position) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !page.End {
		m.cut(page.Hits[len(page.Hits)-1].Position)
	}
	hits := m.matching(page.Hits)
	m.dropOlder(hits)
	present := m.present()
	newest := m.newest(present)
	for _, h := range slices.Backward(hits) {
		if !h.Late && isLate(h.Time, newest) && !m.has(h.Position) {
			h.Late = true
			m.r.noteLate(h.Position)
		}
		for _, s := range m.spans {
			if !before(h.Position, s.lo) && before(h.Position, s.hi) {
				s.insert(h)
			}
		}
		if h.Time <= present {
			newest = max(newest, h.Time)
		}
	}
	if s := m.spanAt(p); s != nil {
		m.trim(s, p)
	}
}

// cut forgets what lies before a position.
func (m *remote) cut(at sources.Position) {
	m.spans = slices.DeleteFunc(m.spans, func(s *span) bool { return !before(at, s.hi) })
	for _, s := range m.spans {
		if before(s.lo, at) {
			s.hits, s.lo = slices.Clone(s.hits[s.index(at):]), at
		}
	}
}

// dropOlder forgets hits of which hits are other versions.
func (m *remote) dropOlder(hits []sources.Hit) {
	at := make(map[string]sources.Position, len(hits))
	for i := range hits {
		at[hits[i].ID] = hits[i].Position
	}
	for _, s := range m.spans {
		s.hits = slices.DeleteFunc(s.hits, func(h sources.Hit) bool {
			now, again := at[h.ID]
			return again && now != h.Position
		})
	}
}

// newest is the time of the newest hit that is known, those of the future, behind present, left out.
func (m *remote) newest(present int64) (t int64) {
	t = firstPosition.Time
	after := next(sources.Position{Time: present, Sequence: math.MaxInt64})
	for _, s := range m.spans {
		if n := s.index(after); n > 0 {
			t = max(t, s.hits[n-1].Time)
		}
	}
	return t
}

// has reports whether a hit is known: it may be told of again.
func (m *remote) has(p sources.Position) bool {
	return slices.ContainsFunc(m.spans, func(s *span) bool {
		i := s.index(p)
		return i < len(s.hits) && s.hits[i].Position == p
	})
}

// present is the time up to which hits are none of the future.
func (m *remote) present() int64 { return m.v.s.o.Now().Add(outOfStep).UnixNano() }

// ahead is Row.Ahead of a hit: when it arrived where it is searched is not known, so that it is compared with now.
func (m *remote) ahead(h *sources.Hit) time.Duration {
	if h.Time <= m.present() {
		return 0
	}
	return time.Duration(h.Time - m.v.s.o.Now().UnixNano())
}

// insert puts a hit to its place, once.
func (s *span) insert(h sources.Hit) {
	i := s.index(h.Position)
	if i == len(s.hits) || s.hits[i].Position != h.Position {
		s.hits = slices.Insert(s.hits, i, h)
	}
}

// fetched is how many hits are here.
func (m *remote) fetched() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.spans {
		n += len(s.hits)
	}
	return n
}
