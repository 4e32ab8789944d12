package elastic

import (
	"context"
	"fmt"
	"math"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

const (
	maxSize   = 10_000   // hits of one answer: no server gives more
	moreHits  = 8        // asked for beyond the limit, for those of equal times and numbers
	pageBytes = 16 << 20 // of documents, from which on a page ends before its limit
)

// page asks for one page of hits, of every index's shard of that number alone
// unless it is anyShard, and only those for which also holds, a query object, unless it is nil.
//
// The documents that the time field sorts follow those that have no time, or one
// that nanoseconds cannot express: the latter are asked for apart, by their numbers alone.
func (s *Source) page(ctx context.Context, r sources.Request, shard int, also any) (sources.Page, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return sources.Page{}, err
	}
	parts := c.apart(r.Filter)
	if len(parts) == 1 {
		return s.pageOf(ctx, parts[0], r, shard, also)
	}
	pages := make([]sources.Page, len(parts))
	err = each(parts, func(i int, c *catalog) (err error) {
		pages[i], err = s.pageOf(ctx, c, r, shard, also)
		return err
	})
	if err != nil {
		return sources.Page{}, err
	}
	return mergePages(pages, r), nil
}

// pageOf is page of the indices of a catalog.
func (s *Source) pageOf(ctx context.Context, c *catalog, r sources.Request, shard int, also any) (sources.Page, error) {
	a := c.ask(r.Filter)
	w := &pageWalk{s: s, c: c, r: r, shard: shard, few: also != nil, query: list{a.body}}
	if also != nil {
		w.query = append(w.query, also)
	}
	w.page.Wider = a.wider
	w.notes.add(c.notes...)
	w.notes.add(c.missedNote(a.missed))
	for _, timed := range w.regions() {
		end, err := w.region(ctx, timed)
		if err != nil {
			return sources.Page{}, err
		}
		if w.page.End = end; !end {
			break
		}
	}
	w.c.size.grow(w.bytes)
	if n := len(w.page.Hits); r.Backward && n > 0 {
		w.c.size.density.learn(w.page.Hits[0].Time, w.page.Hits[n-1].Time, n)
	}
	w.page.Notes = w.notes.list()
	return w.page, nil
}

// A pageWalk is the making of one page.
type pageWalk struct {
	s     *Source
	c     *catalog
	r     sources.Request
	shard int
	query list
	page  sources.Page
	few   bool // the query selects few documents: the server has no reason to sort many
	bytes int
	notes notes
}

// regions are those with hits beyond the start, in the order of the page; true is that of times.
func (w *pageWalk) regions() (timed []bool) {
	untimed := w.r.From == logs.NoTime
	early := w.r.Start.Time == logs.NoTime
	switch {
	case w.r.Backward && early && untimed:
		return []bool{false}
	case w.r.Backward && early:
		return nil
	case w.r.Backward && untimed:
		return []bool{true, false}
	case early && untimed:
		return []bool{false, true}
	}
	return []bool{true}
}

// region adds the hits of one region, until the page is full. It reports whether there are no more.
func (w *pageWalk) region(ctx context.Context, timed bool) (end bool, err error) {
	at := w.cursor(timed)
	size := w.s.size(w.c, w.r.Limit-len(w.page.Hits)+moreHits)
	most := maxSize // that may be of use to ask for
	bound, width := noWindow, int64(0)
	if timed && w.r.Backward && !w.few {
		if err := w.guess(ctx); err != nil {
			return false, err
		}
		bound, width = w.c.size.density.window(w.r.Start.Time, size)
	}
	for {
		answer, err := w.askFrom(ctx, timed, at, bound, size)
		if n := w.fewer(err, size); n > 0 {
			most, size = size-1, n
			continue
		}
		if err != nil {
			return false, err
		}
		hits, last, err := w.placed(answer, timed, at, size)
		if err != nil {
			return false, err
		}
		hits, last, looked := inWindow(hits, last, bound)
		switch {
		case len(hits) == 0 && !last && !looked && size == maxSize:
			return false, fmt.Errorf("%s: more than %d documents have the same time and number: narrow the query", w.s.o.Name, maxSize)
		case len(hits) == 0 && !last && !looked && size >= most:
			return false, fmt.Errorf("%s: its documents are too large for an answer of %d of them: narrow the query", w.s.o.Name, most+1)
		case len(hits) == 0 && !last && !looked:
			size = min(2*size, most)
			continue
		}
		full, err := w.add(hits)
		if err != nil || full {
			return false, err
		}
		if last {
			return true, nil
		}
		if answer.TimedOut && len(w.page.Hits) > 0 {
			return false, nil
		}
		if len(hits) > 0 {
			h := &hits[len(hits)-1]
			at = sources.Position{Time: w.c.sortTime(h.Time), Sequence: h.seqNo()}
		}
		if looked {
			bound, width = widerWindow(bound, width), 0
		}
	}
}

// fewer is how many hits to ask for next where as many as size were refused; 0: that is no use.
func (w *pageWalk) fewer(err error, size int) int {
	if n := resultWindow(err); n > 0 && n < size {
		w.c.size.window.Store(int64(n))
		return n
	}
	if isTooMuch(err) && size > 1 {
		w.c.size.most.Store(int64(size / 2))
		return size / 2
	}
	return 0
}

// cursor is what the hits of a region are asked to be behind: a time as the index sorts, and a number.
// The hits that have both are asked for, too, of which some may be beyond the start.
func (w *pageWalk) cursor(timed bool) sources.Position {
	start := w.r.Start
	at := sources.Position{Time: start.Time, Sequence: seqNoOf(start)}
	if !timed {
		if start.Time != logs.NoTime {
			return sources.Position{Sequence: math.MaxInt64}
		}
		return w.widen(at)
	}
	if start.Time == logs.NoTime {
		return sources.Position{Time: w.c.sortTime(start.Time), Sequence: -1}
	}
	if f := floor(max(start.Time, firstMilli*milli), milli); !w.c.nanos && f != start.Time {
		return sources.Position{Time: f / milli, Sequence: math.MaxInt64} // from between two milliseconds
	}
	at.Time = w.c.sortTime(start.Time)
	return w.widen(at)
}

// widen moves a cursor before the hits that are at it.
func (w *pageWalk) widen(at sources.Position) sources.Position {
	switch {
	case w.r.Backward && at.Sequence < math.MaxInt64:
		at.Sequence++
	case !w.r.Backward && at.Sequence > math.MinInt64:
		at.Sequence--
	}
	return at
}

// sortTime is a time as the index sorts by it.
func (c *catalog) sortTime(nanos int64) int64 {
	switch {
	case c.nanos:
		return nanos
	case nanos < firstMilli*milli:
		return firstMilli - 1
	}
	return floor(nanos, milli) / milli
}
