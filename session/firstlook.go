package session

import (
	"time"

	"github.com/lxlog/lx/sources"
)

// A firstLook is the first answer to a view about its newest hits. News that are told
// just after it may be of what was there by then, whether it is among these hits or before them.
type firstLook struct {
	taken bool
	at    int64 // when it was asked for, nanoseconds
	told  int64 // serial of the news that had been told by then

	from sources.Position // from it on, what is not among the hits was not there
	hits map[sources.Position]bool
}

// earlyFor is how long after a look news may be of what was there: by then a source has asked anew.
const earlyFor = 15 * time.Second

// take takes the answer to a request if it has the newest hits. The request was made at a time when the news of a serial had been told.
func (l *firstLook) take(r *sources.Request, page *sources.Page, at, told int64) {
	if l.taken || page.Partial || r.Backward && r.Start != lastPosition || !r.Backward && !page.End {
		return
	}
	*l = firstLook{true, at, told, firstPosition, make(map[sources.Position]bool, len(page.Hits))}
	oldest := lastPosition
	for i := range page.Hits {
		p := page.Hits[i].Position
		l.hits[p] = true
		if before(p, oldest) {
			oldest = p
		}
	}
	if !r.Backward || !page.End {
		l.from = oldest
	}
}

// isNew reports whether a hit that early news tell of was not there: that is known of those from the look's oldest on.
func (l *firstLook) isNew(p sources.Position) bool { return !before(p, l.from) && !l.hits[p] }

// lookedAt is the first look, which does not change once it is taken.
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
	next, second := l.told, l.told
	for _, p := range pieces {
		if p.Set == nil || p.first <= l.told || p.since > l.at+int64(earlyFor) {
			continue
		}
		switch {
		case next == l.told || p.first < next:
			next, second = p.first, next
		case second == l.told || p.first < second:
			second = p.first
		}
	}
	return max(next, second)
}
