package session_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

// A lacking server is one of which a part does not answer now and then.
type lacking struct {
	*sourcetest.Paged
	pages  atomic.Int64
	page   int64       // of which a part is missing; 0: of none
	counts atomic.Bool // a part is missing of counts
}

const partMissing = "1 of 2 shards failed"

func (l *lacking) Search(ctx context.Context, r sources.Request) (sources.Page, error) {
	p, err := l.Paged.Search(ctx, r)
	if l.pages.Add(1) == l.page {
		p.Partial, p.Notes = true, []string{partMissing}
	}
	return p, err
}

func (l *lacking) Totals(ctx context.Context, f sources.Filter) (*summary.Totals, error) {
	t, err := l.Paged.Totals(ctx, f)
	if err == nil && l.counts.Load() {
		t.Records.Certainty = summary.AtLeast
	}
	return t, err
}

// All records that a server gives are given, and it is told that some may be missing, be it of a page long ago.
func TestStreamedPagesThatLackRecords(t *testing.T) {
	for _, page := range []int64{0, 1, 3, 10} {
		p := &lacking{Paged: sourcetest.NewPaged("prod", sourcetest.Records(many(t, 100))...), page: page}
		s, _ := started(t, p)
		n := 0
		err := view(t, s, "").Each(t.Context(), count(&n))
		if n != 100 || page == 0 && err != nil || page > 0 && (err == nil || !strings.HasPrefix(err.Error(), "prod: ") || !strings.Contains(err.Error(), partMissing)) {
			t.Errorf("page %d lacks some: %d records, %v", page, n, err)
		}
	}
}

// What is counted here of pages that lack records is not exact.
func TestCountOfPagesThatLackRecords(t *testing.T) {
	p := &lacking{Paged: sourcetest.NewPaged("prod", sourcetest.Records(many(t, 100))...), page: 3}
	p.Wider = true
	s, _ := started(t, p)
	got, err := view(t, s, "n*").Totals(t.Context())
	ok(t, err)
	told := slices.ContainsFunc(got.Notes, func(n summary.Note) bool { return n.Fault && strings.Contains(n.Text, partMissing) })
	if got.Records.Certainty != summary.AtLeast || got.Records.N != 100 || !told {
		t.Errorf("%v records, %v", got.Records, got.Notes)
	}
}

// Matches are counted here however far they stand apart.
func TestCountOfFewMatches(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 30_000))...)
	p.Wider, p.PageSize = true, 500
	s, _ := started(t, p)
	if n, err := view(t, s, "n0").Count(t.Context()); err != nil || n != (summary.Count{N: 1}) {
		t.Errorf("%v, %v", n, err)
	}
}

// A count that failed is asked for again after a moment, and at once where somebody wants that, although there is no news.
func TestFailedCountIsAskedForAgain(t *testing.T) {
	for _, wanted := range []bool{false, true} {
		p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...)
		p.Tells = true
		s, c := started(t, p)
		until(t, s, func() bool { return s.Health()[0].State == sources.Live })
		v := view(t, s, "")
		for _, count := range []func() summary.Count{
			func() summary.Count {
				n, err := v.Count(t.Context())
				ok(t, err)
				return n
			},
			func() summary.Count {
				got, err := v.Totals(t.Context())
				ok(t, err)
				return got.Records
			},
		} {
			p.Fail(errors.New("no route to host"))
			if n := count(); n.Certainty != summary.AtLeast {
				t.Errorf("while it fails there are %v", n)
			}
			p.Fail(nil)
			before := p.Trips()
			if count(); p.Trips() != before {
				t.Error("it is asked again at once")
			}
			if wanted {
				s.Retry()
			} else {
				c.pass(4 * time.Second)
			}
			if n := count(); n != (summary.Count{N: 10}) {
				t.Errorf("when it answers again, wanted %t, there are %v", wanted, n)
			}
			c.pass(2 * time.Minute)
		}
	}
}

// What a server lacks is not told as a number of arrivals.
func TestArrivalsOfAServerThatLacksSome(t *testing.T) {
	p := &lacking{Paged: sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...)}
	p.Tells = true
	s, _ := started(t, p)
	until(t, s, func() bool { return s.Health()[0].State == sources.Live })
	v, mark := view(t, s, ""), s.Mark()
	f := func(unknown bool) {
		t.Helper()
		got, err := v.Arrived(t.Context(), mark, session.LastKey)
		ok(t, err)
		if (len(got.Unknown) == 1) != unknown {
			t.Errorf("%v arrived, unknown %v", got.Above.Total(), got.Unknown)
		}
	}
	p.Add(sourcetest.Records("2024-05-01T11:00:00Z a\n")...)
	p.page = p.pages.Load() + 1
	f(true)
	f(false)
	p.Add(sourcetest.Records(many(t, 100))...) // more than a page
	p.counts.Store(true)
	f(true)
	p.counts.Store(false)
	f(false)
}

// A server is not read from end to end for a count on a screen, but for one that has to be exact.
func TestCountOfMatchesThatAreFarApart(t *testing.T) {
	const n = 51_000
	records := sourcetest.Records(many(t, n))
	for _, all := range []bool{false, true} {
		p := sourcetest.NewPaged("prod", records...)
		p.Wider, p.PageSize = true, n
		s, _ := startedWith(t, session.Options{CountAll: all}, p)
		v := view(t, s, fmt.Sprintf("n%d or n1", n-1))
		want := summary.Count{N: 2}
		if !all {
			want = summary.Count{N: 1, Certainty: summary.AtLeast}
		}
		if got, err := v.Count(t.Context()); err != nil || got != want {
			t.Errorf("all %t: %v, want %v, %v", all, got, want, err)
		}
		if got, err := v.Totals(t.Context()); err != nil || got.Records != want || !all && !strings.Contains(fmt.Sprint(got.Notes), "prod cannot ask all of the query: 50,000 of what it finds were looked at") {
			t.Errorf("all %t: %v, %v, want %v, %v", all, got.Records, got.Notes, want, err)
		}
	}
}
