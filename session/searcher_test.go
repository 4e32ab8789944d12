package session_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

var smallStore = store.Options{Memory: 2 << 20, Spill: -1}

// many is n records, one a second from 10:00:00 on.
func many(t testing.TB, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s INFO s%d n%d\n", time.Unix(0, at(t, "10:00:00")).UTC().Add(time.Duration(i)*time.Second).Format(time.RFC3339), i%10, i)
	}
	return b.String()
}

func TestCompleteIntervals(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 1000))...)
	p.PageSize = 50
	s, _ := started(t, p, sourcetest.NewFile("a.log", "2024-05-01T10:05:00Z a\n"))
	ok(t, s.Wait(t.Context()))
	v := view(t, s, "")
	known, err := v.Known(t.Context(), session.LastKey, 10, 0)
	ok(t, err)
	if got := bodies(rowsOf(known)); got != "a" || known.Complete["prod"] != nil || known.Head || p.Trips() > 0 {
		t.Errorf("known before it was asked: %s, %v, head %t, after %d questions", got, known.Complete, known.Head, p.Trips())
	}
	key := session.Key{Time: at(t, "10:05:00")}
	got := page(t, v, key, 20, 20)
	in := got.Complete["prod"]
	if len(in) != 1 || in[0].From > at(t, "10:04:40") || in[0].To < at(t, "10:05:19") || in[0].To > at(t, "10:08:00") {
		t.Errorf("around 10:05 it is complete in %v", in)
	}
	for _, r := range got.Rows {
		if r.Key.Time < in[0].From || r.Key.Time >= in[0].To {
			t.Errorf("row %v stands outside of %v", r.Key, in)
		}
	}
	got = page(t, v, session.LastKey, 10, 0)
	if in := got.Complete["prod"]; len(in) != 2 || in[1].To != math.MaxInt64 {
		t.Errorf("and at the end, in %v", in)
	}
	if in := got.Complete["a.log"]; len(in) != 1 || in[0] != (session.Interval{From: math.MinInt64, To: math.MaxInt64}) {
		t.Errorf("the file is complete in %v", in)
	}
	page(t, v, session.FirstKey, 0, 1)
	got = page(t, v, key, 1000, 1000)
	if in := got.Complete["prod"]; len(in) != 1 || in[0] != (session.Interval{From: math.MinInt64, To: math.MaxInt64}) {
		t.Errorf("when all was fetched, in %v", in)
	}
	if len(got.Rows) != 1001 || !got.Head || !got.Tail {
		t.Errorf("%d rows, head %t, tail %t", len(got.Rows), got.Head, got.Tail)
	}
}

// Of the time at which a page ends there may be more.
func TestCompleteIntervalsWithinATime(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(strings.Repeat("2024-05-01T10:00:00Z a\n", 200)+"2024-05-01T10:00:01Z b\n")...)
	s, _ := started(t, p)
	v := view(t, s, "")
	if in := page(t, v, session.LastKey, 20, 0).Complete["prod"]; len(in) != 1 || in[0].From <= at(t, "10:00:00") || in[0].From > at(t, "10:00:01") {
		t.Errorf("with a part of 10:00:00 it is complete in %v", in)
	}
	if in := page(t, v, session.FirstKey, 0, 20).Complete["prod"]; len(in) != 2 || in[0].To != at(t, "10:00:00") {
		t.Errorf("and from the other side in %v", in)
	}
}

// Totals are asked for once in a while, however often a screen wants them.
func TestTotalsOfASearcherAreKept(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...)
	s, c := started(t, p)
	v := view(t, s, "")
	f := func(want int64, trips int) {
		t.Helper()
		for range 5 {
			totals, err := v.Totals(t.Context())
			ok(t, err)
			if n, err := v.Count(t.Context()); err != nil || n != totals.Records {
				t.Errorf("%s are counted: %v", n, err)
			}
			if totals.Records.N != want || p.Trips() != trips {
				t.Errorf("%s records after %d questions, want %d after %d", totals.Records, p.Trips(), want, trips)
			}
		}
	}
	f(10, 1)
	p.Add(sourcetest.Records("2024-05-01T11:00:00Z new\n")...)
	c.pass(2 * time.Second)
	f(11, 2)
}

// What was fetched is not asked for again.
func TestRoundTrips(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 1000))...)
	p.PageSize = 100
	s, _ := started(t, p)
	v := view(t, s, "")
	for range 3 {
		key := session.LastKey
		for range 10 { // page up
			got := page(t, v, key, 50, 0)
			key = got.Rows[0].Key
		}
		for range 9 { // and down
			got := page(t, v, key, 0, 51)
			key = got.Rows[50].Key
		}
	}
	if p.Trips() > 12 {
		t.Errorf("500 records in pages of 100, to and fro, took %d questions", p.Trips())
	}
}

// After a moment, what is newer than the newest is asked for again.
func TestNewHits(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 100))...)
	s, c := started(t, p)
	v := view(t, s, "")
	page(t, v, session.LastKey, 20, 0)
	page(t, v, session.Key{Time: at(t, "10:01:30")}, 5, 100)
	p.Add(sourcetest.Records("2024-05-01T11:00:00Z new\n")...)
	c.pass(2 * time.Second)
	if got := bodies(rowsOf(page(t, v, session.LastKey, 2, 0))); got != "n99 new" {
		t.Errorf("at the end %s", got)
	}
	p.Add(sourcetest.Records("2024-05-01T11:00:01Z newer\n")...)
	c.pass(2 * time.Second)
	got := page(t, v, session.Key{Time: at(t, "10:01:39")}, 0, 100)
	if bodies(rowsOf(got)) != "n99 new newer" || !got.Tail {
		t.Errorf("from a key on %s, tail %t", bodies(rowsOf(got)), got.Tail)
	}
}

// A source that fails does not spoil the others, is named, and is asked again after a while.
func TestSearcherFails(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records("2024-05-01T10:00:00Z p\n")...)
	s, c := started(t, p, sourcetest.NewFile("a.log", "2024-05-01T10:00:00Z a\n"))
	ok(t, s.Wait(t.Context()))
	until(t, s, func() bool { return s.Health()[0].State == sources.Live })
	v := view(t, s, "")
	p.Fail(errors.New("no route to host"))
	for _, last := range []bool{true, false, true} {
		key := session.FirstKey
		if last {
			key = session.LastKey
		}
		got := page(t, v, key, 10, 10)
		if bodies(rowsOf(got)) != "a" || got.Complete["prod"] != nil || got.Tail && !last {
			t.Errorf("%s, complete in %v, tail %t", bodies(rowsOf(got)), got.Complete, got.Tail)
		}
		if notes := strings.Join(got.Notes, "; "); strings.Count(notes, "prod") == 0 || !strings.Contains(notes, "no route to host") {
			t.Errorf("notes %q", got.Notes)
		}
	}
	if p.Trips() != 1 {
		t.Errorf("it was asked %d times at once", p.Trips())
	}
	if h := s.Health()[0]; h.State != sources.Trouble || !strings.Contains(h.Text, "no route to host") {
		t.Errorf("health %+v", h)
	}
	totals, err := v.Totals(t.Context())
	ok(t, err)
	if totals.Records != (summary.Count{N: 1, Certainty: summary.AtLeast}) || len(totals.Notes) == 0 {
		t.Errorf("%v records, %v", totals.Records, totals.Notes)
	}
	number, err := view(t, s, "").Count(t.Context())
	ok(t, err)
	if number != totals.Records {
		t.Errorf("%s are counted", number)
	}
	if missing := v.Unread(); len(missing) != 1 || missing[0].Error() != totals.Notes[len(totals.Notes)-1].Text && missing[0].Error() != totals.Notes[0].Text {
		t.Errorf("missing are %v, of which %v tells", missing, totals.Notes)
	}
	n := 0
	err = v.Each(t.Context(), count(&n))
	if err == nil || !strings.Contains(err.Error(), "no route to host") || n != 1 {
		t.Errorf("Each gives %d records: %v", n, err)
	}

	p.Fail(nil)
	c.pass(5 * time.Second)
	got := page(t, v, session.FirstKey, 0, 10)
	if bodies(rowsOf(got)) != "p a" || len(got.Notes) > 0 || !got.Tail {
		t.Errorf("when it answers again %s, %q", bodies(rowsOf(got)), got.Notes)
	}
	if h := s.Health()[0]; h.State != sources.Live {
		t.Errorf("health %+v", h)
	}
}

// While a searcher takes its time, what is known is there, and a call can be given up.
func TestSearcherIsSlow(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records("2024-05-01T10:00:00Z p\n")...)
	s, _ := started(t, p, sourcetest.NewFile("a.log", "2024-05-01T10:00:00Z a\n"))
	ok(t, s.Wait(t.Context()))
	v := view(t, s, "")
	release := p.Hold()
	first, cancel := context.WithCancel(t.Context())
	gaveUp := make(chan error)
	go func() {
		_, err := v.Rows(first, session.FirstKey, 0, 10)
		gaveUp <- err
	}()
	known, err := v.Known(t.Context(), session.FirstKey, 0, 10)
	ok(t, err)
	if got := bodies(rowsOf(known)); got != "a" || known.Tail {
		t.Errorf("known meanwhile: %s, tail %t", got, known.Tail)
	}
	cancel()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Errorf("a call whose context ends: %v", err)
	}
	if h := s.Health()[0]; h.State == sources.Trouble {
		t.Errorf("a call that was given up is no trouble: %+v", h)
	}
	release()
	if got := bodies(rowsOf(page(t, v, session.FirstKey, 0, 10))); got != "p a" {
		t.Errorf("afterwards %s", got)
	}
}

// An answer that holds more than the matches is filtered here, and its totals are counted here.
func TestWiderAnswers(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 30_000))...)
	p.Wider, p.PageSize = true, 500
	s, _ := started(t, p)
	v := view(t, s, "service:s3")
	got := page(t, v, session.LastKey, 20, 0)
	if len(got.Rows) != 20 || got.Rows[0].Record.Service != "s3" || got.Rows[19].Record.Body != "n29993" {
		t.Errorf("%d rows, the last %q", len(got.Rows), got.Rows[len(got.Rows)-1].Record.Body)
	}
	totals, err := v.Totals(t.Context())
	ok(t, err)
	if totals.Records != (summary.Count{N: 3000}) || totals.Lines != -1 {
		t.Errorf("%v records, %d lines", totals.Records, totals.Lines)
	}
	totals, err = view(t, s, "not service:s3").Totals(t.Context())
	ok(t, err)
	if totals.Records.Certainty != summary.AtLeast || totals.Records.N != 10_000 || len(totals.Notes) == 0 {
		t.Errorf("%v records, %v", totals.Records, totals.Notes)
	}
	// A needle in many records: work is bounded, and said.
	before := p.Trips()
	got = page(t, view(t, s, "n0"), session.LastKey, 1, 0)
	if n := p.Trips() - before; len(got.Rows) != 0 || n > 50 || len(got.Notes) == 0 || got.Head {
		t.Errorf("%d rows after %d questions, head %t, %q", len(got.Rows), n, got.Head, got.Notes)
	}
}

// A view keeps a bounded number of hits, and pages on beyond them.
func TestHitsAreBounded(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 30_000))...)
	p.PageSize = 500
	s, _ := started(t, p)
	v := view(t, s, "")
	key, last := session.FirstKey, -1
	for last < 28_000 {
		got := page(t, v, key, 0, 1001)
		if len(got.Rows) != 1001 {
			t.Fatalf("%d rows from n%d on: %q", len(got.Rows), last+1, got.Notes)
		}
		for _, r := range got.Rows[:1000] {
			if last++; r.Record.Body != fmt.Sprintf("n%d", last) {
				t.Fatalf("%q where n%d should be", r.Record.Body, last)
			}
		}
		key = got.Rows[1000].Key
		if known, _ := v.Known(t.Context(), key, 50_000, 50_000); len(known.Rows) > 21_000 {
			t.Fatalf("%d hits are kept", len(known.Rows))
		}
	}
	if got := page(t, v, key, 30_000, 0); len(got.Rows) < 10_000 || got.Rows[len(got.Rows)-1].Record.Body != fmt.Sprintf("n%d", last) {
		t.Errorf("%d rows before", len(got.Rows))
	}
}

// until waits for a change that makes done true.
func until(t testing.TB, s *session.Session, done func() bool) {
	t.Helper()
	for {
		changed := s.Changed()
		if done() {
			return
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal("it never came")
		}
	}
}
