package elastic

import (
	"bytes"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
)

// A copy that lags behind takes over, and catches up.
func TestFollowCopyLags(t *testing.T) {
	inBubble(t, 2, func(t *testing.T, w *watched) {
		for i := range 12 {
			for n := range 2 {
				w.write("logs-1", n, 3, i%2)
				w.cluster.refresh("logs-1", n, 1)
			}
			if i%4 == 2 {
				w.cluster.set(w.cluster.all()[i/4%2], func(s *fakeShard) { s.copy = 1 })
			}
			pass(2500 * time.Millisecond)
			if i%4 == 3 {
				for n := range 2 {
					w.cluster.refresh("logs-1", n, 2)
				}
				w.cluster.set(w.cluster.all()[i/4%2], func(s *fakeShard) { s.copy = 0 })
			}
		}
		w.cluster.settle()
		pass(30 * time.Second)
		w.check(20)
	})
}

// arrived checks how many documents have arrived since a mark.
func (w *watched) arrived(since *session.Mark, want int64) {
	w.t.Helper()
	got, err := w.rows.Arrived(w.t.Context(), since, session.FirstKey)
	if err != nil || got.Below.Total() != want || got.AtLeast || len(got.Unknown) > 0 {
		w.t.Errorf("%d have arrived, want %d (at least: %t, unknown: %v, %v)", got.Below.Total(), want, got.AtLeast, got.Unknown, err)
	}
}

// News that grow old are told of together, if at all: what had arrived before a moment among them has not arrived since.
func TestArrivedSinceAMomentOfOldNews(t *testing.T) {
	inBubble(t, 2, func(t *testing.T, w *watched) {
		w.cluster.old = true
		pass(6 * time.Minute) // so that it is known
		var mark *session.Mark
		for i := range 8 {
			for n := range 2 {
				w.write("logs-1", n, 5, 0)
				w.cluster.refresh("logs-1", n, 2)
			}
			pass(1500 * time.Millisecond)
			if i == 4 {
				mark = w.session.Mark()
			}
		}
		w.arrived(mark, 30)
		pass(100 * time.Second)
		w.arrived(mark, 30)
		w.check(20)
	})
}

// A copy that answers once and has nothing yet makes nothing new.
func TestArrivedBeforeACopyLags(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.write("logs-1", 0, 10, 0)
		w.cluster.refresh("logs-1", 0, 1)
		pass(2 * time.Second)
		mark := w.session.Mark()
		at := w.cluster.all()[0]
		w.cluster.set(at, func(s *fakeShard) { s.copy = 1 })
		pass(1500 * time.Millisecond)
		w.cluster.set(at, func(s *fakeShard) { s.copy = 0 })
		pass(10 * time.Second)
		got, err := w.rows.Arrived(t.Context(), mark, session.FirstKey)
		if err != nil || got.Below.Total() != 0 {
			t.Errorf("%d have arrived: %v", got.Below.Total(), err)
		}
	})
}

// An Elasticsearch 7 may count news on one copy of a shard, and answer for their
// records from another that does not have them yet. Where there is one copy alone, nothing is asked twice.
func TestFollowOldServer(t *testing.T) {
	for _, sole := range []bool{false, true} {
		inBubble(t, 2, func(t *testing.T, w *watched) {
			f := w.cluster
			f.old, f.sole = true, sole
			pass(6 * time.Minute)  // so that it is known
			var pages atomic.Int64 // of questions that are put beside each other
			f.onAsk = func(_ *http.Request, body []byte) {
				isPage := bytes.Contains(body, []byte(`"size":`)) && !bytes.Contains(body, []byte(`"size":0,`))
				if isPage {
					pages.Add(1)
				}
				for _, s := range f.all() {
					f.set(s, func(s *fakeShard) { s.copy = 0 })
					if isPage && !sole {
						f.set(s, func(s *fakeShard) { s.copy = 1 })
					}
				}
			}
			before := w.session.Mark()
			for n := range 2 {
				w.write("logs-1", n, 5, 0)
				f.refresh("logs-1", n, 1)
			}
			pass(3 * time.Second)
			after := w.session.Mark()
			at := pages.Load()
			for n := range 2 {
				f.refresh("logs-1", n, 2)
			}
			pass(2 * time.Minute)
			w.check(20)
			if again := pages.Load() > at; again == sole {
				t.Errorf("%d pages at first, %d two minutes later; one copy alone: %t", at, pages.Load(), sole)
			}
			w.arrived(before, 10)
			w.arrived(after, 0) // what is told again is not new
			if !sole {
				return
			}
			for _, name := range []string{"logs-2", "logs-3"} {
				f.create(name, 2)
				for range 5 {
					f.write(name, 1, w.next, time.Now(), 0)
					w.next++
				}
				f.refresh(name, 1, 1)
				pass(3 * time.Second)
			}
			at = pages.Load()
			pass(2 * time.Minute)
			w.check(20)
			if pages.Load() > at {
				t.Errorf("%d pages when indices are new, %d two minutes later", at, pages.Load())
			}
		})
	}
}
