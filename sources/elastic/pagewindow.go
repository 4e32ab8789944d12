package elastic

import (
	"cmp"
	"context"
	"math"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
)

// A density is how close together the newest hits of a source were found. It bounds
// how far back the next page looks at first: documents come in the order of their times,
// so that a server that sorts the newest first has to look at all of them, unless it is told where to begin.
type density struct {
	asking  chan struct{} // holds one value while the server is asked for a first guess
	guessed bool          // it was asked

	mu     sync.Mutex
	newest int64 // time of a hit
	apart  int64 // nanoseconds between two hits
	known  bool
}

const (
	windowHits = 4  // how many times the hits of a page a window should hold
	windowMore = 64 // how many times wider the next one is
)

// noWindow is the bound of a page that looks back to the beginning.
const noWindow = int64(math.MinInt64)

// window is the time down to which n hits before start should be found.
func (d *density) window(start int64, n int) (bound, width int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.known {
		return noWindow, 0
	}
	from := min(start, d.newest)
	if d.apart > math.MaxInt64/int64(maxSize*windowHits*windowMore*2) {
		return noWindow, 0
	}
	width = max(d.apart*int64(n)*windowHits, int64(time.Second))
	return before(from, width), width
}

// before is the time so much before another, a whole millisecond; noWindow where there is none.
func before(t, width int64) int64 {
	if t < (firstMilli+1)*milli+width {
		return noWindow
	}
	return floor(t-width, milli)
}

// isKnown reports whether there is a window for every page.
func (d *density) isKnown() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.known
}

// guess learns from the least and the largest time of n documents, unless pages have told more.
func (d *density) guess(oldest, newest, n int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known || n == 0 || oldest == logs.NoTime || newest < oldest || oldest < 0 && newest > math.MaxInt64+oldest {
		return
	}
	d.newest, d.apart, d.known = newest, (newest-oldest)/n, true
}

// guess asks once for the span of the documents' times, as long as no page has told how
// close together they are. The server knows it without a look at the documents; where
// it does not at once, or will not tell, the page goes without.
func (w *pageWalk) guess(ctx context.Context) error {
	d := &w.c.size.density
	if d.isKnown() || w.shard != anyShard {
		return nil
	}
	select {
	case d.asking <- struct{}{}:
		defer func() { <-d.asking }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if d.guessed || d.isKnown() {
		return nil
	}
	n := census{s: w.s, c: w.c, shard: anyShard, timeout: "1s"}
	out, err := n.ask(ctx, object{"oldest": object{"min": object{"field": w.c.timeField}}, "newest": object{"max": object{"field": w.c.timeField}}})
	if ctx.Err() != nil || err != nil && !isRefusal(err) && !isTooMuch(err) {
		return cmp.Or(ctx.Err(), err)
	}
	d.guessed = true
	var oldest, newest struct {
		Value *float64 `json:"value"` // milliseconds
	}
	if err != nil || out.flaws(w.s) != "" || out.Aggregations == nil || out.read("oldest", &oldest) != nil || out.read("newest", &newest) != nil ||
		oldest.Value == nil || newest.Value == nil {
		return nil
	}
	d.guess(fromMilli(int64(*oldest.Value)), fromMilli(int64(*newest.Value)+1), out.Hits.Total.Value)
	return nil
}

// learn takes notice of a page towards the older ones.
func (d *density) learn(newest, oldest int64, n int) {
	if n < 2 || oldest == logs.NoTime || newest < oldest {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.newest = max(newest, d.newest)
	if span := newest - oldest; span >= 0 {
		d.apart, d.known = span/int64(n), true
	}
}

// windowClause asks for times from bound on, a whole millisecond.
func (c *catalog) windowClause(bound int64) any {
	if c.nanos {
		bound = max(bound, 0)
	}
	return c.times(object{"gte": writeMilli(bound)}, false)
}

// inWindow leaves out the hits of an answer that are not in its window, and
// reports whether it has no more in there: then older ones are to be looked for.
func inWindow(hits []found, last bool, bound int64) (in []found, end, looked bool) {
	if bound == noWindow {
		return hits, last, false
	}
	n := len(hits)
	for n > 0 && hits[n-1].Time < bound {
		n--
	}
	return hits[:n], false, last || n < len(hits)
}

// widerWindow is where the next one begins, once; behind that is everything.
func widerWindow(bound, width int64) int64 {
	if width == 0 || bound == noWindow {
		return noWindow
	}
	return before(bound, width*windowMore)
}
