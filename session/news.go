package session

import "github.com/lxlog/lx/sources"

// maxNews is how many pieces of news of a source are remembered.
const maxNews = 1000

// news are what a Searcher told of records that it finds since, guarded by running.mu.
type news struct {
	serial int64 // of the last piece that was told, the first being 1; 0: none was
	pieces []sources.News

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

func (n *news) add(piece sources.News) {
	n.serial++
	if len(n.pieces) == maxNews {
		n.pieces = append(n.pieces[:0], n.pieces[1:]...)
	}
	n.pieces = append(n.pieces, piece)
}

// newsSince returns the pieces that were told after the one of that serial, each
// number once and as it was told last, and the serial of the last. all says that it
// is not known what they are about: everything is to be asked again.
func (r *running) newsSince(serial int64) (pieces []sources.News, last int64, all bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := &r.news
	last = n.serial
	missed := last - serial
	if missed > int64(len(n.pieces)) {
		return nil, last, true
	}
	seen := map[int64]bool{}
	for i := len(n.pieces) - 1; missed > 0; i, missed = i-1, missed-1 {
		p := n.pieces[i]
		if p.Set == nil {
			return nil, last, true
		}
		if !seen[p.Number] {
			seen[p.Number] = true
			pieces = append(pieces, p)
		}
	}
	return pieces, last, false
}

// tellsNews reports whether the source tells what it finds since: what was fetched then stays known.
func (r *running) tellsNews() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.news.serial > 0 && !r.ended
}

// newsSerial is that of the last piece that was told.
func (r *running) newsSerial() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.news.serial
}
