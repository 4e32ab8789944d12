//go:build servers

package elastic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/elastic/servertest"
)

// A live test in full takes five minutes at this rate.
const (
	liveRate    = 2000 // documents a second
	liveSeconds = 300
	leastLive   = 15 // seconds, however small the share is
)

// Each document of a stream that is written by several connections, out of order
// and late, over a change of the index and a restart of the server, comes once: to who
// follows, and to a screen that looks at the end all the while.
func TestLiveTailLosesNothing(t *testing.T) {
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			server := servertest.Start(t, kind)
			l := &live{t: t, server: server, index: "live-000001", pace: max(leastLive, servertest.Sized(t, liveSeconds))}
			l.createIndex("live-000001", 2)
			l.write(0, 500)
			server.Do(t, http.MethodPost, "/live-*/_refresh", nil) // they are no news
			meter := servertest.Measure(t, server)
			l.follow(meter.URL)
			l.wait(10)
			n := l.writeAll()
			l.wait(n + 10)
			l.check(n + 10)
		})
	}
}

// live is one run.
type live struct {
	t      *testing.T
	server *servertest.Server
	pace   int // seconds

	mu     sync.Mutex
	index  string
	sent   map[int]time.Time // when the server had taken it
	given  map[int]int
	lags   []time.Duration
	more   chan struct{}
	down   atomic.Bool // the server is being restarted, or was just now
	rows   session.View
	events func() ([]sources.Event, int)
	screen map[int]bool // that stood at the end of the screen's list at some time
}

func (l *live) createIndex(name string, shards int) {
	l.server.Do(l.t, http.MethodPut, "/"+name, map[string]any{"settings": map[string]any{
		"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "1s"}})
}

// write sends documents of the numbers from first up to before end, until the server has them.
func (l *live) write(first, end int) {
	var body bytes.Buffer
	l.mu.Lock()
	index := l.index
	l.mu.Unlock()
	for n := first; n < end; n++ {
		at := time.Now().Add(-time.Duration(rand.IntN(500)) * time.Millisecond)
		if rand.IntN(200) == 0 {
			at = at.Add(-20*time.Second - time.Duration(rand.IntN(100))*time.Second)
		}
		fmt.Fprintf(&body, "{\"create\":{\"_id\":\"%d\"}}\n", n)
		fmt.Fprintf(&body, `{"@timestamp":"%s","message":"number %d","n":%d,"level":"%s","service":"s%d"}`+"\n",
			at.UTC().Format("2006-01-02T15:04:05.000000Z"), n, n, [...]string{"INFO", "INFO", "ERROR"}[n%3], n%5)
	}
	for {
		res, err := http.Post(l.server.URL+"/"+index+"/_bulk", "application/x-ndjson", bytes.NewReader(body.Bytes()))
		if err == nil {
			var said struct {
				Items []struct{ Create struct{ Status int } }
			}
			err = json.NewDecoder(res.Body).Decode(&said)
			res.Body.Close()
			took := err == nil && len(said.Items) == end-first
			for _, it := range said.Items {
				took = took && (it.Create.Status == 201 || it.Create.Status == 409) // 409: it took it, and could not say so
			}
			if took {
				break
			}
		}
		<-time.After(50 * time.Millisecond)
	}
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent == nil {
		l.sent = map[int]time.Time{}
	}
	for n := first; n < end; n++ {
		l.sent[n] = now
	}
}

// writeAll writes by three connections for as long as the run is to take, and returns how many it wrote.
func (l *live) writeAll() int {
	const batch = 50
	var next atomic.Int64
	next.Store(500)
	began := time.Now()
	var writers sync.WaitGroup
	for range 3 {
		writers.Go(func() {
			for time.Since(began) < time.Duration(l.pace)*time.Second {
				first := int(next.Add(batch)) - batch
				l.write(first, first+batch)
				due := began.Add(time.Duration(float64(first+batch-500) / liveRate * float64(time.Second)))
				<-time.After(time.Until(due))
			}
		})
	}
	third := time.Duration(l.pace) * time.Second / 3
	<-time.After(third)
	l.createIndex("live-000002", 1)
	l.mu.Lock()
	l.index = "live-000002"
	l.mu.Unlock()
	<-time.After(third)
	l.down.Store(true)
	l.server.Restart(l.t)
	restarted := time.Now()
	writers.Wait()
	l.t.Logf("%d documents written in %s, the server was back %s before the end", int(next.Load())-500, time.Since(began).Round(time.Second), time.Since(restarted).Round(time.Second))
	return int(next.Load()) - 500
}

// follow begins to follow, and to look at the end of the list.
func (l *live) follow(url string) {
	l.given, l.more, l.screen = map[int]int{}, make(chan struct{}, 1), map[int]bool{}
	src, err := elastic.New(elastic.Options{Name: "prod", URLs: []string{url}, Index: "live-*", Follow: true})
	if err != nil {
		l.t.Fatal(err)
	}
	s := session.New(session.Options{}, src)
	ctx, stop := context.WithCancel(context.Background())
	s.Start(ctx)
	everything := session.Filter{From: logs.NoTime, To: logs.NoTime}
	v, err := s.View(everything)
	if err != nil {
		l.t.Fatal(err)
	}
	l.rows, _ = s.View(everything)
	l.events = s.Events
	var running sync.WaitGroup
	running.Go(func() {
		if err := v.Follow(ctx, 10, l.take); err != nil {
			l.t.Error(err)
		}
	})
	running.Go(func() { l.look(ctx, s) })
	l.t.Cleanup(func() {
		stop()
		running.Wait()
		s.Close()
		l.server.Rests(l.t)
	})
}

func numberOf(r *logs.Record) int {
	v, _ := r.Attr("n")
	n, _ := strconv.Atoi(v.Str)
	return n
}

func (l *live) take(_ session.Key, r *logs.Record) bool {
	now, n := time.Now(), numberOf(r)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.given[n]++
	if at, ok := l.sent[n]; ok && n >= 500 && !l.down.Load() {
		l.lags = append(l.lags, max(0, now.Sub(at)))
	} else if n >= 500 && !l.down.Load() {
		l.lags = append(l.lags, 0) // it came before the server had said that it took it
	}
	select {
	case l.more <- struct{}{}:
	default:
	}
	return true
}

// look asks for the end of the list whenever something changes, as a screen does.
func (l *live) look(ctx context.Context, s *session.Session) {
	for {
		changed := s.Changed()
		page, err := l.rows.Rows(ctx, session.LastKey, 2000, 0)
		if err == nil {
			l.mu.Lock()
			for i := range page.Rows {
				if i > 0 && page.Rows[i-1].Key.Compare(page.Rows[i].Key) >= 0 {
					l.t.Errorf("row %d stands behind %v", i, page.Rows[i-1].Key)
				}
				l.screen[numberOf(page.Rows[i].Record)] = true
			}
			l.mu.Unlock()
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// wait returns when so many different documents have been given, or none came for a minute.
func (l *live) wait(n int) {
	for {
		l.mu.Lock()
		have := len(l.given)
		l.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-l.more:
		case <-time.After(time.Minute):
			return
		}
	}
}

func (l *live) check(want int) {
	t := l.t
	doubled := 0
	l.mu.Lock()
	for n, times := range l.given {
		if times != 1 {
			doubled++
			t.Logf("document %d came %d times", n, times)
		}
	}
	var lost []int
	for n := range l.sent {
		if n >= 500 && l.given[n] == 0 {
			lost = append(lost, n)
		}
	}
	slices.Sort(l.lags)
	at := func(share float64) time.Duration {
		return l.lags[int(share*float64(len(l.lags)-1))].Round(time.Millisecond)
	}
	t.Logf("given %d of %d, lost %d, doubled %d; lag p50 %s p99 %s max %s", len(l.given), want, len(lost), doubled, at(0.5), at(0.99), at(1))
	if len(l.given) != want || len(lost) > 0 || doubled > 0 {
		t.Errorf("lost %.30v", lost)
	}
	l.mu.Unlock()
	events, _ := l.events()
	var said []string
	for _, e := range events {
		said = append(said, e.Text)
	}
	if all := strings.Join(said, "; "); !strings.Contains(all, "live-000002") || !strings.Contains(all, "answers again") {
		t.Errorf("said was %q", all)
	}
	l.checkScreen(want - 10 + 500)
}

// checkScreen goes through the whole list of the view that was looked at, and compares it with what was written.
func (l *live) checkScreen(want int) {
	t := l.t
	seen := map[int]int{}
	key := session.LastKey
	for {
		page, err := l.rows.Rows(context.Background(), key, 5000, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			seen[numberOf(r.Record)]++
		}
		if page.Head || len(page.Rows) == 0 {
			break
		}
		key = page.Rows[0].Key
	}
	for n, times := range seen {
		if times != 1 {
			t.Errorf("row %d stands %d times", n, times)
		}
	}
	if len(seen) != want {
		t.Errorf("the list has %d records of %d", len(seen), want)
	}
	n, err := l.rows.Count(context.Background())
	if err != nil || n.N != int64(want) {
		t.Errorf("%v are counted of %d: %v", n, want, err)
	}
}
