package session

import (
	"math"

	"github.com/lxlog/lx/sources"
)

// A firstLook is the first answer to a view about its newest hits. News that are told
// just after it may be of what was there by then, whether it is among these hits or before them.
type firstLook struct {
	taken bool
	told  int64 // serial of the news that had been told when it was asked for
	hits  map[sources.Position]bool
}

func (l *firstLook) take(hits []sources.Hit, told int64) {
	if l.taken {
		return
	}
	l.taken, l.told, l.hits = true, told, make(map[sources.Position]bool, len(hits))
	for i := range hits {
		l.hits[hits[i].Position] = true
	}
}

// lookedAt is the first look, as far as it does not change any more.
func (m *remote) lookedAt() firstLook {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.first
}

// until is the serial up to which pieces that were told for the first time may be of what was there when the view
// was first looked at: what had been told by then, and the next two, of which one may have been on its way.
func (l *firstLook) until(pieces []piece) int64 {
	if !l.taken {
		return 0
	}
	next, second := int64(math.MaxInt64), int64(math.MaxInt64)
	for _, p := range pieces {
		switch {
		case p.first <= l.told:
		case p.first < next:
			next, second = p.first, next
		case p.first < second:
			second = p.first
		}
	}
	return second
}
