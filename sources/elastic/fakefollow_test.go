package elastic

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// A watched is a session of a fake cluster, which is followed and looked at. It
// lives in a bubble, in which time passes when all wait.
type watched struct {
	t       *testing.T
	cluster *fakeCluster
	session *session.Session
	rows    session.View
	stop    context.CancelFunc
	running sync.WaitGroup

	mu    sync.Mutex
	hold  chan struct{} // the follower takes nothing before it is closed; nil: at once
	given map[int]int   // documents to the follower, by n
	next  int           // n of the next document
}

// watch starts a session that follows, beginning with the last records, and waits until it does.
func watch(t *testing.T, f *fakeCluster, last int) *watched {
	t.Helper()
	s := session.New(session.Options{Store: store.Options{Memory: 1 << 20, Spill: -1}}, f.source(t, Options{Follow: true}))
	ctx, stop := context.WithCancel(t.Context())
	w := &watched{t: t, cluster: f, session: s, stop: stop, given: map[int]int{}}
	s.Start(ctx)
	everything := session.Filter{From: logs.NoTime, To: logs.NoTime}
	v, err := s.View(everything)
	if err != nil {
		t.Fatal(err)
	}
	if w.rows, err = s.View(everything); err != nil {
		t.Fatal(err)
	}
	w.running.Go(func() {
		err := v.Follow(ctx, last, func(_ session.Key, r *logs.Record) bool {
			w.mu.Lock()
			hold := w.hold
			w.mu.Unlock()
			if hold != nil {
				<-hold
			}
			w.mu.Lock()
			defer w.mu.Unlock()
			w.given[numberIn(r)]++
			return true
		})
		if err != nil && w.session.Errors() == nil {
			t.Errorf("following ended: %v", err)
		}
	})
	w.running.Go(func() { w.look(ctx) })
	synctest.Wait()
	return w
}

func numberIn(r *logs.Record) int {
	v, _ := r.Attr("n")
	n, _ := strconv.Atoi(v.Str)
	return n
}

// look asks for the end of the list whenever something changes, as a screen does.
func (w *watched) look(ctx context.Context) {
	for {
		changed := w.session.Changed()
		if page, err := w.rows.Rows(ctx, session.LastKey, 200, 0); err == nil {
			for i := range page.Rows[min(1, len(page.Rows)):] {
				if page.Rows[i].Key.Compare(page.Rows[i+1].Key) >= 0 {
					w.t.Errorf("row %d stands behind %v", i, page.Rows[i].Key)
				}
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

func (w *watched) end() {
	w.stop()
	w.running.Wait()
	_ = w.session.Close()
}

// pass lets time pass.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// write puts documents into a shard; what is in flight misses that many refreshes.
func (w *watched) write(index string, shard, n, flight int) {
	for range n {
		w.cluster.write(index, shard, w.next, time.Now(), flight)
		w.next++
	}
}

// check compares what was told and what stands in the view with what there is:
// documents from the first on were told once, none twice.
func (w *watched) check(first int) {
	t := w.t
	t.Helper()
	w.mu.Lock()
	var lost, doubled []int
	for n := first; n < w.next; n++ {
		if w.given[n] == 0 {
			lost = append(lost, n)
		}
	}
	for n, times := range w.given {
		if times > 1 {
			doubled = append(doubled, n)
		}
	}
	w.mu.Unlock()
	if len(lost)+len(doubled) > 0 {
		t.Errorf("followed: of %d documents %d are lost: %.20v, %d came twice: %.20v", w.next, len(lost), lost, len(doubled), doubled)
	}
	w.checkRows()
}

// checkRows goes through the whole list of the view that was looked at.
func (w *watched) checkRows() {
	t := w.t
	t.Helper()
	seen := map[int]int{}
	key := session.LastKey
	for range 100 {
		page, err := w.rows.Rows(t.Context(), key, 500, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range page.Rows {
			seen[numberIn(r.Record)]++
			if i > 0 && page.Rows[i-1].Key.Compare(r.Key) >= 0 {
				t.Errorf("row %d stands behind %v", i, page.Rows[i-1].Key)
			}
		}
		if page.Head || len(page.Rows) == 0 {
			break
		}
		key = page.Rows[0].Key
	}
	want := w.cluster.numbers()
	var lost, wrong []int
	for n := range want {
		if seen[n] == 0 {
			lost = append(lost, n)
		}
	}
	for n, times := range seen {
		if times > 1 || !want[n] {
			wrong = append(wrong, n)
		}
	}
	slices.Sort(lost)
	if len(lost)+len(wrong) > 0 {
		t.Errorf("seen: of %d documents %d are lost: %.20v, %d stand more than once, or are no more: %.20v", len(want), len(lost), lost, len(wrong), wrong)
	}
	if n, err := w.rows.Count(t.Context()); err != nil || n.N != int64(len(want)) {
		t.Errorf("%v are counted of %d: %v", n, len(want), err)
	}
}

// numbers are those of the documents that can be found.
func (f *fakeCluster) numbers() map[int]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[int]bool{}
	for _, x := range f.indices {
		for _, d := range visible(x.shards) {
			out[d.n] = true
		}
	}
	return out
}

// said are the texts of events.
func (w *watched) said() string {
	events, _ := w.session.Events()
	var out []string
	for _, e := range events {
		out = append(out, e.Text)
	}
	return strings.Join(out, "; ")
}

func (w *watched) health() sources.Health { return w.session.Health()[0] }

// bubble is synctest.Test on one core: on several, goroutines that wait for each other hand over at three times the cost.
func bubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	synctest.Test(t, test)
}

// inBubble runs a test for a session that is watched from the start on, of a cluster
// that has an index of so many shards with a few documents.
func inBubble(t *testing.T, shards int, test func(*testing.T, *watched)) {
	t.Helper()
	bubble(t, func(t *testing.T) {
		f := newFakeCluster()
		f.create("logs-1", shards)
		for n := range 20 {
			f.write("logs-1", n%shards, n, time.Now(), 0)
		}
		for i := range shards {
			f.refresh("logs-1", i, 2)
		}
		w := watch(t, f, 10)
		w.next = 20
		defer w.end()
		pass(3 * time.Second)
		if w.health().State != sources.Live {
			t.Fatalf("at first it is %+v", w.health())
		}
		test(t, w)
	})
}

func name(n int) string { return fmt.Sprint("logs-", n) }
