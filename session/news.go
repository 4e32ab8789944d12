package session

import (
	"slices"

	"github.com/lxlog/lx/sources"
)

// maxNews is how many pieces of news of a source are remembered. Where there are
// more, those before the last keptApart are made one, two by two: these may be told again.
const (
	maxNews   = 1000
	keptApart = 200
)

// news are what a Searcher told of records that it finds since, guarded by running.mu.
type news struct {
	serial int64 // of the last piece that was told, the first being 1; 0: none was
	number int64 // the greatest News.Number that was told
	pieces []piece
	lost   int64 // serial up to which pieces were let go; where that is all, this Run has told nothing

	late  map[sources.Position]bool // hits that a view found to be late, the last maxLate of them
	lates []sources.Position        // in the order in which they were found
}

// maxLate is how many late hits of a source are remembered as such, for views that are made later.
const maxLate = 10_000

// noteLate remembers that a hit came late.
func (r *running) noteLate(p sources.Position) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := &r.news
	if n.late == nil {
		n.late = map[sources.Position]bool{}
	}
	if n.late[p] {
		return
	}
	if len(n.lates) == maxLate {
		delete(n.late, n.lates[0])
		n.lates = n.lates[1:]
	}
	n.late[p] = true
	n.lates = append(n.lates, p)
}

// markLate marks the hits that came late.
func (r *running) markLate(hits []sources.Hit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.news.late) == 0 {
		return
	}
	for i := range hits {
		hits[i].Late = r.news.late[hits[i].Position]
	}
}

// A piece is news, or several that were made one, whose News.Number is negative then.
type piece struct {
	sources.News
	serial int64 // when it was told last
	first  int64 // when it, or the first of several, was told for the first time
	grew   int64 // when it was told last that there is more of it
	since  int64 // the time of first
}

// A joiner is a News.Set that can be made one with that of a later piece of news. It
// returns nil where these cannot be.
type joiner interface{ Join(later any) any }

func (n *news) add(told sources.News, now int64) {
	n.serial++
	p := piece{News: told, serial: n.serial, first: n.serial, grew: n.serial, since: now}
	if i := slices.IndexFunc(n.pieces, func(had piece) bool { return had.Number == told.Number }); i >= 0 {
		had := n.pieces[i]
		if p.first, p.since = had.first, had.since; !told.More {
			p.grew = had.grew
		}
		n.pieces = slices.Delete(n.pieces, i, i+1)
	} else if told.Number <= n.number && len(n.pieces) > 0 { // one with others by now
		p.first, p.since = n.pieces[0].first, n.pieces[0].since
	}
	n.number = max(n.number, told.Number)
	if len(n.pieces) == maxNews {
		n.shorten()
	}
	n.pieces = append(n.pieces, p)
}

// shorten makes room for a piece at least.
func (n *news) shorten() {
	kept := n.pieces[:0]
	for i := 0; i < len(n.pieces); i++ {
		p := n.pieces[i]
		if i+1 < len(n.pieces)-keptApart {
			if one, ok := p.joined(n.pieces[i+1]); ok {
				p = one
				i++
			}
		}
		kept = append(kept, p)
	}
	clear(n.pieces[len(kept):])
	if n.pieces = kept; len(kept) == maxNews {
		n.lost = kept[0].serial
		n.pieces = slices.Delete(kept, 0, 1)
	}
}

// joined is p and the piece that was told next. false: they cannot be one.
func (p piece) joined(next piece) (piece, bool) {
	j, ok := p.Set.(joiner)
	if !ok || next.Set == nil {
		return p, false
	}
	set := j.Join(next.Set)
	one := sources.News{Number: -next.serial, Set: set}
	return piece{one, next.serial, min(p.first, next.first), max(p.grew, next.grew), min(p.since, next.since)}, set != nil
}

// newsSince returns the pieces that were told after the one of that serial, the last first, and the serial of the
// last. all says that there is more of which it is not known what it is about: everything is to be asked again.
func (r *running) newsSince(serial int64) (pieces []sources.News, last int64, all bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := &r.news
	for i := len(n.pieces) - 1; i >= 0 && n.pieces[i].serial > serial; i-- {
		if p := n.pieces[i].News; p.Set == nil {
			all = true
		} else {
			pieces = append(pieces, p)
		}
	}
	return pieces, n.serial, all || serial < n.lost
}

// firstTold is what was told for the first time since a serial.
type firstTold struct {
	pieces, early   []sources.News // early are those that the first look at a view may know
	last, lastEarly int64          // serials of what was told last, of all and of early
	more            bool           // some of what was told before has grown, by records that nobody can tell from the others
	all             bool           // it is not known what all of it is about
}

// firstToldSince returns what was told for the first time after the piece of that serial.
func (r *running) firstToldSince(serial int64, look *firstLook) (out firstTold) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := &r.news
	out.last, out.all = serial, serial < n.lost
	until := look.until(n.pieces)
	for _, p := range slices.Backward(n.pieces) {
		if p.grew <= serial {
			continue
		}
		out.last = max(out.last, p.serial)
		switch {
		case p.Set == nil:
			out.all = true
		case p.first <= serial:
			out.more = true
		case p.first <= until:
			out.early, out.lastEarly = append(out.early, p.News), max(out.lastEarly, p.serial)
		default:
			out.pieces = append(out.pieces, p.News)
		}
	}
	return out
}

// tellsNews reports whether the source tells what it finds since: what was fetched then stays known.
func (r *running) tellsNews() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.news.serial > r.news.lost && !r.ended
}

// newsSerial is that of the last piece that was told.
func (r *running) newsSerial() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.news.serial
}
