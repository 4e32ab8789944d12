package elastic

import (
	"fmt"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// placed returns the hits of an answer, whole groups alone, in the order of the
// page, and whether there are no more behind them in the region.
func (w *pageWalk) placed(answer *answer, timed bool, at sources.Position, size int) (hits []found, last bool, err error) {
	all := answer.Hits.Hits
	last = len(all) < size && !answer.TimedOut
	hits = make([]found, 0, len(all))
	for i := range all {
		f, ok := w.c.place(&all[i], timed)
		if !ok || !w.follows(&f, hits, timed, at) {
			return nil, false, fmt.Errorf("%s: its answer is not in the order that was asked for: is it an Elasticsearch?", w.s.o.Name)
		}
		if timed && f.Time == logs.NoTime {
			last = true // what is behind is not of the region
			break
		}
		hits = append(hits, f)
	}
	if !last && len(all) == size {
		n := len(hits)
		for n > 0 && sameGroup(&hits[n-1], &hits[len(hits)-1]) {
			n--
		}
		hits = hits[:n]
	}
	order(hits, w.r.Backward)
	return hits, last, nil
}

// follows reports whether a hit stands behind the cursor, and not before those that came already.
func (w *pageWalk) follows(f *found, hits []found, timed bool, at sources.Position) bool {
	here := sources.Position{Sequence: f.seqNo()}
	if timed && f.Time != logs.NoTime {
		here.Time = w.c.sortTime(f.Time)
	}
	switch n := len(hits); {
	case timed && f.Time == logs.NoTime:
		return true
	case n == 0 && !timed:
		at.Time = 0
		return beyond(here, at, w.r.Backward)
	case n == 0:
		return beyond(here, at, w.r.Backward)
	case sameGroup(f, &hits[n-1]):
		return true
	default:
		before := sources.Position{Time: hits[n-1].Time, Sequence: hits[n-1].seqNo()}
		return beyond(sources.Position{Time: f.Time, Sequence: f.seqNo()}, before, w.r.Backward)
	}
}

// add decodes hits that are beyond the start into the page, and reports whether some had no room.
func (w *pageWalk) add(hits []found) (full bool, err error) {
	docs := make([]*found, 0, len(hits))
	for i := range hits {
		h := &hits[i]
		if !beyond(h.Position, w.r.Start, w.r.Backward) {
			continue
		}
		n := len(w.page.Hits) + len(docs)
		if full = n == w.r.Limit || w.bytes > pageBytes && n > 0; full {
			break
		}
		w.bytes += len(h.Source)
		docs = append(docs, h)
	}
	return full, w.decode(docs)
}
