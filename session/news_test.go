package session_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// telling returns a session of a server that tells news, which it has begun to, and the server.
func telling(t *testing.T, text string) (*session.Session, *sourcetest.Paged) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(text)...)
	p.Tells, p.PageSize = true, 500
	s, _ := started(t, p)
	until(t, s, func() bool { return s.Health()[0].State == sources.Live })
	return s, p
}

// added is a random text of records around 10:00, some of them far behind others.
func added(t *testing.T, r *rand.Rand, n int, number *int) string {
	var b strings.Builder
	for range n {
		*number++
		when := time.Unix(0, at(t, "10:00:00")).UTC().Add(time.Duration(*number)*time.Second - time.Duration(r.IntN(2)*r.IntN(600))*time.Second)
		fmt.Fprintf(&b, "%s %s s%d n%d\n", when.Format(time.RFC3339), [...]string{"INFO", "ERROR"}[r.IntN(2)], r.IntN(3), *number)
	}
	return b.String()
}

// Views, wherever they look and whatever they have fetched, agree with the plain
// way after each piece of news, also of records that stand far behind, of pieces
// that grow, and of more than a page holds.
func TestViewsHearNews(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 6))
		number := 0
		first := added(t, r, 300, &number)
		s, p := telling(t, first)
		p.PageSize = 20 + r.IntN(600)
		texts := []string{first}
		views := []session.View{view(t, s, ""), view(t, s, "ERROR")}
		for range 14 {
			more := added(t, r, r.IntN([...]int{4, 40, 600}[r.IntN(3)]), &number)
			if texts = append(texts, more); r.IntN(3) == 0 {
				p.AddLast(sourcetest.Records(more)...)
			} else {
				p.Add(sourcetest.Records(more)...)
			}
			for _, v := range views {
				if r.IntN(3) > 0 {
					agreesAround(t, r, v, texts)
				}
			}
		}
		totals, err := views[1].Totals(t.Context())
		ok(t, err)
		want, _ := expected(t, views[1].Filter(), texts...)
		if totals.Records.N != int64(len(want)) {
			t.Fatalf("%d records are counted of %d", totals.Records.N, len(want))
		}
	}
}

// agreesAround compares a page with the plain way: at the end, or around some record.
func agreesAround(t *testing.T, r *rand.Rand, v session.View, texts []string) {
	t.Helper()
	want, _ := expected(t, v.Filter(), texts...)
	key, i := session.LastKey, len(want)
	if r.IntN(2) == 0 {
		rows := rowsOf(page(t, v, session.LastKey, r.IntN(200), 0))
		if len(rows) == 0 {
			return
		}
		key, i = rows[0].key, len(want)-len(rows)
	}
	n := 1 + r.IntN(100)
	got := rowsOf(page(t, v, key, n, n))
	lo, hi := max(0, i-n), min(len(want), i+n)
	var texted []string
	for _, r := range got {
		texted = append(texted, bodies([]row{r}))
	}
	if !slices.Equal(texted, want[lo:hi]) {
		t.Fatalf("around %d of %d are %d rows, not %d:\n%v\n%v", i, len(want), len(got), hi-lo, texted, want[lo:hi])
	}
}

// What was fetched stays known: news cost one question a view that looks, and nothing where there are none.
func TestNewsCostOneQuestion(t *testing.T) {
	number := 0
	s, p := telling(t, added(t, rand.New(rand.NewPCG(1, 1)), 400, &number))
	v := view(t, s, "")
	page(t, v, session.LastKey, 50, 0)
	before := p.Trips()
	for range 10 {
		page(t, v, session.LastKey, 50, 0)
		_, err := v.Count(t.Context())
		ok(t, err)
	}
	if n := p.Trips() - before; n != 1 {
		t.Errorf("without news %d questions, want one for the count", n)
	}
	before = p.Trips()
	p.Add(sourcetest.Records("2024-05-01T11:00:00Z new\n")...)
	page(t, v, session.LastKey, 50, 0)
	page(t, v, session.LastKey, 50, 0)
	if n := p.Trips() - before; n != 1 {
		t.Errorf("news took %d questions", n)
	}
}

// A record that stands behind others that were known is marked late, and stays so; those
// of the future, which are marked ahead, do not make it so.
func TestLateHits(t *testing.T) {
	s, p := telling(t, "2024-05-01T10:00:00Z a\n2024-05-01T10:00:10Z b\n2024-05-01T12:05:00Z ahead\n")
	v := view(t, s, "")
	page(t, v, session.LastKey, 10, 0)
	p.Add(sourcetest.Records("2024-05-01T10:00:05Z late\n2024-05-01T10:00:08.5Z almost\n2024-05-01T10:00:11Z new\n2031-05-01T12:05:00Z ahead\n")...)
	page(t, v, session.LastKey, 10, 0)
	p.TellAgain()
	page(t, v, session.LastKey, 10, 0)
	p.Add(sourcetest.Records("2024-05-01T10:00:12Z newer\n")...)
	for _, v := range []session.View{v, v, view(t, s, "")} { // also one that was made later
		for _, r := range page(t, v, session.LastKey, 10, 0).Rows {
			if want := r.Record.Body == "late"; r.Late != want {
				t.Errorf("%s is late: %t", r.Record.Body, r.Late)
			}
			if want := r.Record.Body == "ahead"; (r.Ahead >= 5*time.Minute) != want || (r.Ahead != 0) != want {
				t.Errorf("%s is ahead by %s", r.Record.Body, r.Ahead)
			}
		}
	}
}

// Follow gives the last records and then every one that news tell of, once, also
// where a piece is told again with more in it and where the server fails meanwhile.
func TestFollowHearsNews(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 7))
		number := 0
		p := sourcetest.NewPaged("prod", sourcetest.Records(added(t, r, 50, &number))...)
		p.Tells, p.PageSize = true, 30
		s, c := started(t, p)
		ctx, stop := context.WithCancel(t.Context())
		var mu sync.Mutex
		given, more := map[string]int{}, make(chan struct{}, 1)
		var following sync.WaitGroup
		following.Go(func() {
			err := view(t, s, "").Follow(ctx, 10, func(_ session.Key, rec *logs.Record) bool {
				mu.Lock()
				defer mu.Unlock()
				given[rec.Body]++
				select {
				case more <- struct{}{}:
				default:
				}
				return true
			})
			if err != nil {
				t.Error(err)
			}
		})
		wait := func(n int) {
			deadline := time.After(30 * time.Second)
			for {
				mu.Lock()
				enough := len(given) >= n
				mu.Unlock()
				if enough {
					return
				}
				select {
				case <-more:
				case <-time.After(50 * time.Millisecond):
					c.pass(time.Second) // a server that failed is left alone for a while
				case <-deadline:
					return
				}
			}
		}
		wait(10)
		for range 20 {
			records := sourcetest.Records(added(t, r, r.IntN(70), &number))
			switch r.IntN(8) {
			case 0:
				p.AddLast(records...)
			case 1:
				p.Fail(errors.New("503"))
				p.Add(records...)
				p.Fail(nil)
			default:
				p.Add(records...)
			}
		}
		wait(number - 40)
		stop()
		following.Wait()
		if len(given) != number-40 {
			t.Errorf("%d records were given of %d", len(given), number-40)
		}
		for body, n := range given {
			if n != 1 {
				t.Errorf("%s was given %d times", body, n)
			}
		}
	}
}

// What came to a server since a mark is counted on both sides of a key, and its oldest is told.
func TestArrivedByNews(t *testing.T) {
	s, p := telling(t, "2024-05-01T10:00:00Z INFO a\n2024-05-01T10:00:10Z INFO b\n")
	v := view(t, s, "")
	mark := s.Mark()
	key := session.Key{Time: at(t, "10:00:10")}
	f := func(above, below int64, oldest string) {
		t.Helper()
		for range 2 {
			before := p.Trips()
			got, err := v.Arrived(t.Context(), mark, key)
			ok(t, err)
			if got.Above.Total() != above || got.Below.Total() != below || len(got.Unknown) > 0 {
				t.Errorf("%d above, %d below, unknown %v, want %d and %d", got.Above.Total(), got.Below.Total(), got.Unknown, above, below)
			}
			if (oldest == "") != (got.Oldest == session.LastKey) || oldest != "" && got.Oldest.Time != at(t, oldest) {
				t.Errorf("the oldest is %v, want %s", got.Oldest, oldest)
			}
			if n := p.Trips() - before; n > 3 {
				t.Errorf("it took %d questions", n)
			}
		}
	}
	f(0, 0, "")
	p.Add(sourcetest.Records("2024-05-01T10:00:05Z ERROR late\n2024-05-01T10:00:04Z INFO later\n2024-05-01T10:00:11Z INFO new\n")...)
	f(2, 1, "10:00:04")
	p.Add(sourcetest.Records("2024-05-01T10:00:12Z INFO newer\n")...)
	f(2, 2, "10:00:04")
}

// News that are told again are no arrivals: where there is more of what had arrived before, the count is at least.
func TestArrivedBefore(t *testing.T) {
	s, p := telling(t, "2024-05-01T10:00:00Z INFO a\n")
	v := view(t, s, "")
	p.Add(sourcetest.Records("2024-05-01T10:00:01Z INFO b\n2024-05-01T10:00:02Z ERROR c\n")...)
	mark := s.Mark()
	f := func(want int64, atLeast bool) {
		t.Helper()
		got, err := v.Arrived(t.Context(), mark, session.FirstKey)
		ok(t, err)
		if n := got.Below.Total(); n != want || got.AtLeast != atLeast || got.Above.Total() > 0 || len(got.Unknown) > 0 {
			t.Errorf("%d below, at least: %v, %d above, unknown %v; want %d, %v", n, got.AtLeast, got.Above.Total(), got.Unknown, want, atLeast)
		}
	}
	p.TellAgain()
	f(0, false)
	p.AddLast(sourcetest.Records("2024-05-01T10:00:01Z INFO straggler\n")...)
	f(0, true)
	p.Add(sourcetest.Records("2024-05-01T10:00:03Z INFO d\n")...)
	f(1, true)
	p.AddLast(sourcetest.Records("2024-05-01T10:00:03Z INFO e\n")...)
	f(2, true)
	mark = s.Mark()
	p.TellAgain()
	f(0, false)
}

// What was there when a view was first looked at and is told of just after it is no arrival: neither what that look
// found, nor what stands before it.
func TestArrivedEarly(t *testing.T) {
	s, p := telling(t, "2024-05-01T10:00:00Z INFO a\n")
	number := 0
	texts := strings.SplitAfter(added(t, rand.New(rand.NewPCG(1, 1)), 800, &number), "\n")
	tells := []func(){p.Put(sourcetest.Records(strings.Join(texts[:100], ""))...), p.Put(sourcetest.Records(strings.Join(texts[100:], ""))...)}
	v := view(t, s, "")
	mark := s.Mark()
	rows := rowsOf(page(t, v, session.LastKey, 40, 0))
	f := func(above, below int) {
		t.Helper()
		for range 2 {
			before := p.Trips()
			got, err := v.Arrived(t.Context(), mark, rows[20].key)
			ok(t, err)
			if got.Above.Total() != int64(above) || got.Below.Total() != int64(below) || got.AtLeast || len(got.Unknown) > 0 || (above == 0) != (got.Oldest == session.LastKey) {
				t.Errorf("%d above, %d below, the oldest %v, at least: %t, unknown %v; want %d, %d", got.Above.Total(), got.Below.Total(), got.Oldest, got.AtLeast, got.Unknown, above, below)
			}
			if n := p.Trips() - before; n > 2 {
				t.Errorf("it took %d questions", n)
			}
		}
	}
	tells[0]()
	f(0, 0)
	p.TellAgain()
	f(0, 0)
	p.AddLast(sourcetest.Records("2024-05-01T11:00:00Z INFO on its way\n")...)
	f(0, 1)
	p.Add(sourcetest.Records("2024-05-01T09:00:00Z ERROR late\n2024-05-01T11:00:00Z INFO new\n")...)
	f(1, 2)
	page(t, view(t, s, "ERROR"), session.LastKey, 40, 0)
	f(1, 2)
}

// So it is where the screen is filled by several answers, of which the first alone is the newest; what comes a while
// after the look is an arrival.
func TestArrivedLater(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records("2024-05-01T10:00:00Z INFO a\n")...)
	p.Tells, p.PageSize = true, 30
	s, c := started(t, p)
	until(t, s, func() bool { return s.Health()[0].State == sources.Live })
	number := 0
	tell := p.Put(sourcetest.Records(added(t, rand.New(rand.NewPCG(1, 1)), 100, &number))...)
	v := view(t, s, "")
	mark := s.Mark()
	key := rowsOf(page(t, v, session.LastKey, 60, 0))[0].key
	f := func(above, below int64) {
		t.Helper()
		got, err := v.Arrived(t.Context(), mark, key)
		ok(t, err)
		if got.Above.Total() != above || got.Below.Total() != below || len(got.Unknown) > 0 {
			t.Errorf("%d above, %d below, unknown %v; want %d, %d", got.Above.Total(), got.Below.Total(), got.Unknown, above, below)
		}
	}
	tell()
	f(0, 0)
	c.pass(time.Minute)
	p.Add(sourcetest.Records("2024-05-01T09:00:00Z ERROR late\n2024-05-01T11:00:00Z INFO new\n")...)
	f(1, 1)
}

// What a server answered while parts of it did not is shown, as not complete, and asked for again.
func TestPartialAnswers(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 9))...)
	p.Tells, p.Partial = true, true
	s, c := started(t, p)
	until(t, s, func() bool { return s.Health()[0].State == sources.Live })
	v := view(t, s, "")
	got := page(t, v, session.LastKey, 10, 0)
	if bodies(rowsOf(got)) != "n0 n1 n3 n4 n6 n7" || len(got.Complete["prod"]) > 0 {
		t.Errorf("%s, complete in %v", bodies(rowsOf(got)), got.Complete)
	}
	p.Add(sourcetest.Records("2024-05-01T11:00:00Z x\n2024-05-01T11:00:01Z y\n2024-05-01T11:00:02Z z\n")...)
	got = page(t, v, session.LastKey, 2, 0)
	if bodies(rowsOf(got)) != "x y" {
		t.Errorf("of news of which a part is missing %s", bodies(rowsOf(got)))
	}
	p.Partial = false
	if got = page(t, v, session.LastKey, 3, 0); bodies(rowsOf(got)) != "x y z" {
		t.Errorf("when all of it answers %s", bodies(rowsOf(got)))
	}
	c.pass(5 * time.Second)
	got = page(t, v, session.LastKey, 20, 0)
	if bodies(rowsOf(got)) != "n0 n1 n2 n3 n4 n5 n6 n7 n8 x y z" || len(got.Complete["prod"]) == 0 {
		t.Errorf("after a moment %s, complete in %v", bodies(rowsOf(got)), got.Complete)
	}
}

// A server that failed is left alone for a moment, unless somebody wants it to be asked at once.
func TestRetry(t *testing.T) {
	s, p := telling(t, "2024-05-01T10:00:00Z a\n")
	v := view(t, s, "")
	p.Fail(errors.New("503"))
	if got := page(t, v, session.LastKey, 1, 0); len(got.Rows) > 0 || got.Tail {
		t.Errorf("%d rows of a server that fails, tail %t", len(got.Rows), got.Tail)
	}
	p.Fail(nil)
	if got := page(t, v, session.LastKey, 1, 0); len(got.Rows) > 0 || len(got.Notes) == 0 {
		t.Errorf("%d rows at once, notes %q", len(got.Rows), got.Notes)
	}
	s.Retry()
	if got := page(t, v, session.LastKey, 1, 0); bodies(rowsOf(got)) != "a" || len(got.Notes) > 0 {
		t.Errorf("%s when it is asked anew, notes %q", bodies(rowsOf(got)), got.Notes)
	}
}
