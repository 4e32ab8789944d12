package elastic

import (
	"math"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
)

// A density is how close together the newest hits of a source were found. It bounds
// how far back the next page looks at first: documents come in the order of their times,
// so that a server that sorts the newest first has to look at all of them, unless it is told where to begin.
type density struct {
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
