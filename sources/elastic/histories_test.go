package elastic

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"
)

// Whatever happens to a server, in whatever order: each document is told of once,
// and stands once in a list that is looked at all the while.
func TestFollowHistories(t *testing.T) {
	for _, seed := range []uint64{1, 2, 7, 10, 11} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			bubble(t, func(t *testing.T) { newHistory(t, seed).run() })
		})
	}
}

// A history is what happens to a server by chance.
type history struct {
	*watched
	r      *rand.Rand
	shards map[string]int
	old    map[int]bool // documents that could be found before it was followed
}

func newHistory(t *testing.T, seed uint64) *history {
	h := &history{r: rand.New(rand.NewPCG(seed, 11)), shards: map[string]int{}}
	f := newFakeCluster()
	f.openSearch, f.secretive = seed%3 == 1, seed%4 == 2
	h.watched = &watched{cluster: f}
	for range 1 + h.r.IntN(3) {
		h.appear()
	}
	for range 5 {
		h.writeSome()
		h.refreshSome()
	}
	h.old = f.numbers()
	next := h.next
	h.watched = watch(t, f, h.r.IntN(2)*10)
	h.next = next
	return h
}

func (h *history) run() {
	defer h.end()
	for range 50 {
		switch n := h.r.IntN(20); {
		case n < 9:
			h.writeSome()
		case n < 15:
			h.refreshSome()
		case n < 16:
			h.appear()
		case n < 17:
			all := h.cluster.all()
			i := h.r.IntN(len(all))
			h.cluster.set(all[i], func(s *fakeShard) { s.down = !s.down })
		case n < 18:
			h.trouble()
		case n < 19:
			pass(time.Duration(h.r.IntN(60)) * time.Second)
		default:
			pass(time.Duration(h.r.IntN(6)) * time.Minute)
		}
		pass(time.Duration(h.r.IntN(1500)) * time.Millisecond)
	}
	h.cluster.faults(nil)
	h.cluster.settle()
	pass(3 * time.Minute)
	h.check(h.next)
	for n := range h.next {
		if !h.old[n] && h.given[n] != 1 {
			h.t.Errorf("document %d came %d times", n, h.given[n])
		}
	}
}

func (h *history) appear() {
	n := name(len(h.shards))
	h.shards[n] = 1 + h.r.IntN(2)*h.r.IntN(3)
	h.cluster.create(n, h.shards[n])
}

// some is one of the indices, the last ones more often.
func (h *history) some() string { return name(max(h.r.IntN(len(h.shards)), h.r.IntN(len(h.shards)))) }

func (h *history) writeSome() {
	index := h.some()
	for range h.r.IntN(20) {
		at := time.Now().Add(-time.Duration(h.r.IntN(3)) * time.Second)
		if h.r.IntN(10) == 0 {
			at = at.Add(-time.Duration(h.r.IntN(100)) * time.Minute)
		}
		d := h.cluster.write(index, h.r.IntN(h.shards[index]), h.next, at, h.r.IntN(4)/3)
		if h.r.IntN(30) == 0 {
			d.time = absent
		}
		h.next++
	}
}

func (h *history) refreshSome() {
	index := h.some()
	for i := range h.shards[index] {
		if h.r.IntN(4) > 0 {
			h.cluster.refresh(index, i, 2)
		}
	}
}

// trouble goes on for some requests.
func (h *history) trouble() {
	left, kind := h.r.IntN(12), passing[h.r.IntN(len(passing))]
	h.cluster.faults(func(*http.Request) fakeFault {
		if left--; left < 0 {
			return ""
		}
		return kind
	})
}
