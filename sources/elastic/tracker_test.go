package elastic

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
)

// What is in flight at a refresh comes with a number that was passed.
func TestFollowOutOfOrder(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		for flight := range 8 {
			w.write("logs-1", 0, 3, flight%4)
			w.write("logs-1", 0, 2, 0)
			w.cluster.refresh("logs-1", 0, 2)
			pass(1300 * time.Millisecond)
		}
		for range 4 {
			w.cluster.refresh("logs-1", 0, 2)
			pass(3 * time.Second)
		}
		w.check(20)
	})
}

// So it does when following begins at that moment.
func TestFollowBeginsInFlight(t *testing.T) {
	for _, last := range []int{0, 10} {
		bubble(t, func(t *testing.T) {
			f := newFakeCluster()
			f.create("logs-1", 2)
			for n := range 60 {
				f.write("logs-1", n%2, n, time.Now(), n/40*(n%2+1)*(n%3/2)) // some of the last ones miss a refresh or two
			}
			inFlight := map[int]bool{}
			for i := range 2 {
				f.refresh("logs-1", i, 2)
			}
			for n := range 60 {
				inFlight[n] = !f.numbers()[n]
			}
			w := watch(t, f, last)
			defer w.end()
			pass(2500 * time.Millisecond)
			for range 3 {
				f.refresh("logs-1", 0, 2)
				f.refresh("logs-1", 1, 2)
				pass(2 * time.Second)
			}
			w.next = 60
			w.check(60)
			if len(inFlight) == 0 {
				t.Fatal("none was in flight")
			}
			for n, is := range inFlight {
				if is && w.given[n] != 1 {
					t.Errorf("document %d, which was in flight, was given %d times", n, w.given[n])
				}
			}
		})
	}
}

// A document's time says nothing of when it comes.
func TestFollowLateByHours(t *testing.T) {
	inBubble(t, 2, func(t *testing.T, w *watched) {
		for i := range 10 {
			w.cluster.write("logs-1", i%2, w.next, time.Now().Add(-time.Duration(i)*5*time.Hour), 0)
			w.next++
			w.cluster.refresh("logs-1", i%2, 2)
			pass(2 * time.Second)
		}
		w.check(20)
		if h := w.health(); h.Late != 9 || h.Records != 10 {
			t.Errorf("health tells of %d records, %d of them late", h.Records, h.Late)
		}
	})
}

// A document of the future makes none late that comes in time, whether it was there or comes.
func TestFollowBesideTheFuture(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFakeCluster()
		f.create("logs-1", 2)
		ahead := func(i int) {
			f.write("logs-1", i, 1000+i, time.Now().AddDate(8, 0, 0), 0)
			f.write("logs-1", i, 1002+i, time.Now().Add(-time.Minute), 0)
			f.refresh("logs-1", i, 2)
		}
		ahead(0)
		w := watch(t, f, 0)
		defer w.end()
		for i := range 10 {
			if i == 4 {
				ahead(1)
			}
			f.write("logs-1", i%2, i, time.Now(), 0)
			f.refresh("logs-1", i%2, 2)
			pass(2 * time.Second)
		}
		if h := w.health(); h.Late != 1 || h.Records != 12 || h.Newest > time.Now().UnixNano() {
			t.Errorf("health tells of %d records, %d of them late, the newest of %s", h.Records, h.Late, time.Unix(0, h.Newest))
		}
	})
}

func TestFollowFlood(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.write("logs-1", 0, 20_000, 0)
		w.cluster.refresh("logs-1", 0, 2)
		pass(3 * time.Second)
		w.check(20)
		if h := w.health(); h.Records != 20_000 {
			t.Errorf("health tells of %d", h.Records)
		}
	})
}

// Who takes nothing for long gets all of it then: a terminal that was stopped, a pager.
func TestFollowStalled(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.write("logs-1", 0, 3, 0)
		w.cluster.refresh("logs-1", 0, 2)
		pass(2 * time.Second)
		hold := make(chan struct{})
		w.mu.Lock()
		w.hold = hold
		w.mu.Unlock()
		for range 150 { // some ten pieces of news each, more than are remembered
			for flight := range 9 {
				w.write("logs-1", 0, 1, flight)
			}
			w.cluster.refresh("logs-1", 0, 2)
			pass(time.Second)
		}
		close(hold)
		w.cluster.settle()
		pass(20 * time.Second)
		w.check(20)
	})
}

// Everything is away for a while, in which documents come.
func TestFollowRestart(t *testing.T) {
	for _, fault := range []fakeFault{faultRefused, faultAway} {
		inBubble(t, 2, func(t *testing.T, w *watched) {
			w.write("logs-1", 0, 5, 0)
			w.write("logs-1", 1, 2, 2)
			w.cluster.faults(func(*http.Request) fakeFault { return fault })
			w.cluster.refresh("logs-1", 1, 2)
			pass(40 * time.Second)
			if h := w.health(); h.State != sources.Trouble || h.Text == "" {
				t.Errorf("meanwhile it is %+v", h)
			}
			w.write("logs-1", 1, 5, 0)
			w.cluster.settle()
			w.cluster.faults(nil)
			pass(40 * time.Second)
			w.check(20)
			if h := w.health(); h.State != sources.Live || !strings.Contains(w.said(), "answers again after") {
				t.Errorf("then it is %+v, and said was %s", h, w.said())
			}
		})
	}
}

// Numbers that were given out and are lost with a crash are given out again.
func TestFollowNumbersGivenAgain(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.write("logs-1", 0, 10, 0)
		w.cluster.refresh("logs-1", 0, 2)
		pass(2 * time.Second)
		w.cluster.faults(func(*http.Request) fakeFault { return faultRefused })
		s := w.cluster.all()[0]
		w.cluster.set(s, func(s *fakeShard) { s.docs = s.docs[:len(s.docs)-4] })
		w.write("logs-1", 0, 4, 0)
		w.cluster.settle()
		pass(5 * time.Second)
		w.cluster.faults(nil)
		pass(40 * time.Second)
		w.mu.Lock()
		defer w.mu.Unlock()
		for n := 20; n < 34; n++ {
			if w.given[n] != 1 {
				t.Errorf("document %d came %d times", n, w.given[n])
			}
		}
	})
}

// The pattern means many indices, of which few have news.
func TestFollowManyIndices(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFakeCluster()
		for i := range 120 {
			f.create(name(i), 1)
			f.write(name(i), 0, i, time.Now().Add(-time.Duration(119-i)*24*time.Hour), 0)
			f.refresh(name(i), 0, 2)
		}
		w := watch(t, f, 0)
		w.next = 120
		defer w.end()
		pass(5 * time.Second)
		w.write(name(119), 0, 1, 0)
		w.cluster.refresh(name(119), 0, 2)
		pass(3 * time.Second)
		w.check(120)
		for i := range 30 {
			w.write(name(i*4), 0, 2, i%2)
			w.write(name(119), 0, 3, i%2)
			w.cluster.refresh(name(i*4), 0, 2)
			w.cluster.refresh(name(119), 0, 2)
			pass(time.Second)
		}
		pass(time.Minute)
		w.cluster.settle()
		pass(20 * time.Second)
		w.check(120)
		if text := w.said(); text != "" {
			t.Errorf("said was %q", text)
		}
	})
}

// An index has more shards than all before.
func TestFollowMoreShards(t *testing.T) {
	for _, before := range []int{1, 2} {
		inBubble(t, before, func(t *testing.T, w *watched) {
			w.cluster.create("logs-2", 3)
			for i := range 12 {
				w.write("logs-2", i%3, 1+i%3*5, i%4) // the third has the greatest numbers
				w.write("logs-1", 0, 1, i%3)
				w.cluster.refresh("logs-2", i%3, 2)
				w.cluster.refresh("logs-1", 0, 2)
				pass(400 * time.Millisecond)
			}
			for range 4 {
				for i := range 3 {
					w.cluster.refresh("logs-2", i, 2)
				}
				pass(2 * time.Second)
			}
			w.cluster.settle()
			pass(10 * time.Second)
			w.check(20)
			if h := w.health(); h.Records != int64(w.next-20) || !strings.Contains(w.said(), "goes on in logs-2") {
				t.Errorf("health tells of %d records of %d; said was %s", h.Records, w.next-20, w.said())
			}
		})
	}
}

// A shard does not answer when following begins: what it has is no news when it
// does, but what comes to it then.
func TestFollowSilentShard(t *testing.T) {
	for _, c := range []struct {
		what       string
		openSearch bool
		shards     int
	}{{"a whole index", false, 1}, {"a shard", false, 2}, {"an index of OpenSearch", true, 1}, {"a shard of OpenSearch", true, 2}} {
		t.Run(c.what, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				f := newFakeCluster()
				f.openSearch = c.openSearch
				f.create("logs-1", 1)
				f.create("logs-2", c.shards)
				f.write("logs-1", 0, 0, time.Now(), 0)
				f.write("logs-2", 0, 1, time.Now(), 0)
				f.settle()
				silent := f.all()[1]
				f.set(silent, func(s *fakeShard) { s.down = true })
				w := watch(t, f, 0)
				w.next = 2
				defer w.end()
				pass(3 * time.Second)
				w.write("logs-1", 0, 5, 0)
				w.cluster.refresh("logs-1", 0, 2)
				pass(20 * time.Second)
				if len(w.given) != 5 {
					t.Errorf("beside it %d documents were given of 5; health %+v", len(w.given), w.health())
				}
				f.set(silent, func(s *fakeShard) { s.down = false })
				pass(6 * time.Second)
				w.write("logs-2", 0, 5, 0)
				w.write("logs-1", 0, 5, 0)
				w.cluster.settle()
				pass(time.Minute)
				w.check(2)
				if len(w.given) != 15 {
					t.Errorf("%d documents were given", len(w.given))
				}
			})
		})
	}
}

// News that come together with those of a shard that answers again are not lost.
func TestFollowWakesWithNews(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFakeCluster()
		f.create("logs-1", 1)
		f.create("logs-2", 2)
		f.write("logs-2", 0, 0, time.Now(), 0)
		f.settle()
		silent := f.all()[1]
		f.set(silent, func(s *fakeShard) { s.down = true })
		w := watch(t, f, 0)
		w.next = 1
		defer w.end()
		pass(3 * time.Second)
		f.set(silent, func(s *fakeShard) { s.down = false })
		for range 100 {
			w.write("logs-1", 0, 1, 0)
			w.cluster.refresh("logs-1", 0, 2)
			pass(time.Second)
		}
		pass(10 * time.Second)
		w.check(1)
	})
}

// A shard that fails in between is behind, and goes on where it was.
func TestFollowShardFails(t *testing.T) {
	for _, openSearch := range []bool{false, true} {
		inBubble(t, 3, func(t *testing.T, w *watched) {
			w.cluster.openSearch = openSearch
			s := w.cluster.all()[1]
			for i := range 12 {
				w.cluster.set(s, func(s *fakeShard) { s.down = i%4 > 1 })
				for n := range 3 {
					w.write("logs-1", n, 2, i%3)
					w.cluster.refresh("logs-1", n, 2)
				}
				pass(1700 * time.Millisecond)
			}
			w.cluster.settle()
			pass(20 * time.Second)
			w.check(20)
			if h := w.health(); h.Records != int64(w.next-20) {
				t.Errorf("health tells of %d records of %d", h.Records, w.next-20)
			}
		})
	}
}

// An index is deleted and made again, and has as many documents as before soon.
func TestFollowIndexMadeAgain(t *testing.T) {
	for _, secretive := range []bool{false, true} {
		for _, shards := range []int{1, 3} {
			inBubble(t, 1, func(t *testing.T, w *watched) {
				w.cluster.secretive = secretive
				w.write("logs-1", 0, 30, 0)
				w.cluster.refresh("logs-1", 0, 2)
				pass(20 * time.Second)
				w.check(20)
				w.cluster.create("logs-1", shards)
				n := 45 // of 50 there were
				if secretive {
					n = 15 // then it is known by small numbers alone
				}
				again := w.next
				for i := range n {
					w.write("logs-1", i%shards, 1, 0)
				}
				w.cluster.settle()
				pass(12 * time.Minute)
				w.mu.Lock()
				defer w.mu.Unlock()
				for n := again; n < w.next; n++ {
					if w.given[n] != 1 {
						t.Fatalf("document %d of the index that was made again came %d times (%d shards, secretive %t)", n, w.given[n], shards, secretive)
					}
				}
				if !secretive && !strings.Contains(w.said(), "logs-1 was made again") {
					t.Errorf("said was %q", w.said())
				}
			})
		}
	}
}

// Half of an index is deleted: the rest is no news.
func TestFollowDocumentsDeleted(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.write("logs-1", 0, 30, 0)
		w.cluster.refresh("logs-1", 0, 2)
		pass(2 * time.Second)
		s := w.cluster.all()[0]
		w.cluster.set(s, func(s *fakeShard) {
			for _, d := range s.docs[5:] {
				d.gone = true
			}
		})
		pass(12 * time.Minute)
		w.write("logs-1", 0, 3, 0)
		w.cluster.refresh("logs-1", 0, 2)
		pass(time.Minute)
		for n := range 53 {
			if want := min(1, max(0, n-9)); w.given[n] != want {
				t.Errorf("document %d came %d times", n, w.given[n])
			}
		}
	})
}

// Who may not ask any more is told so, once and for all.
func TestFollowRefused(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, w *watched) {
		w.cluster.faults(func(*http.Request) fakeFault { return faultUnknown })
		pass(10 * time.Second)
		if h, err := w.health(), w.session.Errors(); h.State != sources.Ended || len(err) != 1 || !strings.Contains(err[0].Error(), "401") {
			t.Errorf("health %+v, errors %v", h, err)
		}
		w.cluster.requests("")
		pass(time.Hour)
		if n := w.cluster.requests(""); n > 0 {
			t.Errorf("it was asked %d times more", n)
		}
	})
}

// A server that cannot answer is not pressed.
func TestFollowTroubleIsPatient(t *testing.T) {
	for _, fault := range []fakeFault{faultWrong, faultAway, faultBusy, faultRefused, faultPage, faultCut} {
		inBubble(t, 1, func(t *testing.T, w *watched) {
			w.cluster.faults(func(*http.Request) fakeFault { return fault })
			pass(5 * time.Minute)
			if h := w.health(); h.State != sources.Trouble {
				t.Errorf("%s: health %+v", fault, h)
			}
			w.cluster.requests("")
			pass(10 * time.Minute)
			if n := w.cluster.requests(""); n > 10*18 || n < 10 {
				t.Errorf("%s: it was asked %d times in 10 minutes", fault, n)
			}
			w.write("logs-1", 0, 5, 0)
			w.cluster.settle()
			w.cluster.faults(nil)
			pass(time.Minute)
			w.check(20)
		})
	}
}

// How often a server is asked: every 5 s when nothing comes, each shard's number by itself.
func TestFollowRequests(t *testing.T) {
	for _, shards := range []int{1, 3} {
		inBubble(t, shards, func(t *testing.T, w *watched) {
			pass(time.Minute)
			w.cluster.requests("")
			pass(20 * time.Minute)
			searches := w.cluster.requests("_search")
			if n := searches / 20; n != 12*shards { // beside them the catalog's every five minutes
				t.Errorf("idle, %d searches a minute of an index of %d shards", n, shards)
			}
			w.cluster.requests("")
			pass(20 * time.Minute)
			if n := w.cluster.requests("") - searches; n > 60 || n < 0 {
				t.Errorf("and %d other requests in 20 minutes", n)
			}
			for i := range 120 {
				w.write("logs-1", i%shards, 2, 0)
				w.cluster.refresh("logs-1", i%shards, 2)
				pass(time.Second)
				if i == 59 {
					w.cluster.requests("")
				}
			}
			// Each piece of news is asked for by who follows and by who looks: what has a time, and what has none.
			if n := w.cluster.requests("_search"); n > 60*(shards+6) {
				t.Errorf("under load, %d searches a minute of an index of %d shards", n, shards)
			}
			w.check(20)
		})
	}
}
