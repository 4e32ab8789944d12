package file

import (
	"sort"
	"sync"
)

// recent keeps in memory the newest bytes that followed files gave, those of all
// files of a command line in one limit: what was read stays readable for a while
// after a file was truncated, until it has been handed on.
type recent struct {
	limit int

	mu    sync.Mutex
	size  int
	queue []*kept // oldest first
}

// kept is consecutive bytes of one file's contents.
type kept struct {
	of *contents
	at int64 // of the first, in the contents
	b  []byte
}

const (
	recentLimit = 32 << 20
	// keptTogether is how many bytes that come in small pieces are kept as one.
	keptTogether = 64 << 10
)

func newRecent() *recent { return &recent{limit: recentLimit} }

// add keeps a copy of bytes that come after those of c that were kept before.
func (r *recent) add(c *contents, at int64, b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := 0
	if n := len(c.newest); n > 0 {
		k := c.newest[n-1]
		if k.at+int64(len(k.b)) == at && len(k.b)+len(b) <= cap(k.b) {
			k.b = append(k.b, b...)
			return
		}
		room = min(2*cap(k.b), keptTogether)
	}
	k := &kept{of: c, at: at, b: append(make([]byte, 0, max(room, len(b))), b...)}
	c.newest = append(c.newest, k)
	r.queue = append(r.queue, k)
	r.size += cap(k.b)
	for r.size > r.limit {
		r.pop()
	}
}

// pop lets the oldest go.
func (r *recent) pop() {
	k := r.queue[0]
	r.queue[0] = nil
	r.queue = r.queue[1:]
	r.size -= cap(k.b)
	if n := k.of.newest; len(n) > 0 && n[0] == k {
		n[0] = nil
		k.of.newest = n[1:]
	}
}

// read copies into b what is kept of c from offset at on, beginning anywhere in
// b: it returns where in b the copied bytes begin and end. They are none, or reach as far as those that are kept.
func (r *recent) read(c *contents, b []byte, at int64) (from, to int) {
	r.mu.Lock()
	list := c.newest
	i := sort.Search(len(list), func(i int) bool { return list[i].at+int64(len(list[i].b)) > at })
	parts := make([]kept, 0, 4)
	for ; i < len(list) && list[i].at < at+int64(len(b)); i++ {
		parts = append(parts, *list[i])
	}
	r.mu.Unlock()
	if len(parts) == 0 {
		return len(b), len(b)
	}
	from = int(max(0, parts[0].at-at))
	to = from
	for _, p := range parts { // what they hold does not change, also while more is appended behind it
		to += copy(b[to:], p.b[max(0, at+int64(to)-p.at):])
	}
	return from, to
}
