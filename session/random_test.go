package session_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

var queries = []string{"", "service:s1", "ms > 50", "not service:s2", "n1 or n2 or ms < 10", "user:*", "nothing at all"}

// randomText is n records at times around 10:00:00, most of them in order.
func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	levels := []string{"INFO", "WARN", "ERROR", "DEBUG"}
	for i := range n {
		at := noon.Add(-2 * time.Hour).Add(time.Duration(i/3) * time.Second)
		if r.IntN(5) == 0 {
			at = at.Add(time.Duration(r.IntN(60)-30) * time.Second)
		}
		fmt.Fprintf(&b, "%s %s s%d n%d ms=%d", at.Format(time.RFC3339), levels[r.IntN(4)], r.IntN(4), i, r.IntN(100))
		if r.IntN(4) == 0 {
			b.WriteString(" user=anna")
		}
		b.WriteString(strings.Repeat("\n\tand more", r.IntN(8)/7) + "\n")
	}
	return b.String()
}

// expected is what a filter selects of texts, the plain way: all records decoded, matched one by one and sorted.
func expected(t testing.TB, f sources.Filter, texts ...string) (bodies []string, totals *summary.Totals) {
	type placed struct {
		source, number int
		*logs.Record
	}
	var all []placed
	totals = summary.NewTotals()
	for s, text := range texts {
		for n, r := range sourcetest.Records(text) {
			if r.Severity < f.Level || f.From != logs.NoTime && r.Time < f.From || f.To != logs.NoTime && r.Time >= f.To ||
				f.Query != nil && !query.Compile(f.Query, query.Env{}).Match(r) {
				continue
			}
			all = append(all, placed{s, n, r})
			totals.Add(r.Time, r.Severity, r.Service, 0, 0, false)
		}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.source, b.source), cmp.Compare(a.number, b.number))
	})
	for _, p := range all {
		bodies = append(bodies, p.Body)
	}
	return bodies, totals
}

// Whatever the sources and the filter, the records are those that the plain way finds, in its order.
func TestViewsAgreeWithThePlainWay(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		var list []sources.Source
		var bring []func()
		var texts []string
		for i := range 1 + r.IntN(4) {
			names := []string{"file", "pipe", "listener", "paged", "wider"}
			text := randomText(r, r.IntN(200))
			src, b := kinds[names[r.IntN(len(names))]](fmt.Sprintf("source%d", i), text)
			list, bring, texts = append(list, src), append(bring, b), append(texts, text)
		}
		s, _ := started(t, list...)
		for _, b := range bring {
			b()
		}
		ok(t, s.Wait(t.Context()))
		for range 4 {
			f := randomFilter(t, r)
			v, err := s.View(f)
			ok(t, err)
			agrees(t, r, v, texts)
			if t.Failed() {
				t.Fatalf("seed %d, filter %+v, sources %T", seed, f, list)
			}
		}
	}
}

func randomFilter(t testing.TB, r *rand.Rand) sources.Filter {
	text := ""
	if r.IntN(3) == 0 {
		text += "level=WARN "
	}
	if r.IntN(3) == 0 {
		text += "from=10:00:20 "
	}
	if r.IntN(3) == 0 {
		text += "to=10:00:40 "
	}
	return filter(t, text+queries[r.IntN(len(queries))])
}

func agrees(t *testing.T, r *rand.Rand, v session.View, texts []string) {
	t.Helper()
	want, totals := expected(t, v.Filter(), texts...)
	rows := all(t, v)
	var got []string
	for _, row := range rows {
		got = append(got, row.body)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Each gives\n%q, want\n%q", got, want)
	}
	for range 10 {
		k := session.Key{Time: noon.Add(-2 * time.Hour).Add(time.Duration(r.IntN(70)) * time.Second).UnixNano()}
		if len(rows) > 0 && r.IntN(2) == 0 {
			k = rows[r.IntN(len(rows))].key
		}
		before, after := r.IntN(30), r.IntN(30)
		samePage(t, page(t, v, k, before, after), rows, k, before, after)
	}
	n, err := v.Count(t.Context())
	ok(t, err)
	if n != totals.Records {
		t.Errorf("%s are counted, want %s", n, totals.Records)
	}
	sum, err := v.Totals(t.Context())
	ok(t, err)
	if sum.Records != totals.Records || sum.Levels != totals.Levels || fmt.Sprint(sum.Services) != fmt.Sprint(totals.Services) ||
		sum.First != totals.First || sum.Last != totals.Last || fmt.Sprint(sum.Sorted()) != fmt.Sprint(totals.Sorted()) {
		t.Errorf("totals %+v, want %+v", sum, totals)
	}
}

// Many goroutines may ask one view while records arrive: each answer is in order, and what was there stays.
func TestManyAskWhileRecordsArrive(t *testing.T) {
	e, p := sourcetest.NewEmitter("app"), sourcetest.NewPaged("prod", sourcetest.Records(randomText(rand.New(rand.NewPCG(1, 2)), 300))...)
	s, _ := started(t, e, p)
	v := view(t, s, "not service:s1")
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for i := range 4 {
		asking.Go(func() {
			seen := int64(0)
			for ctx.Err() == nil {
				changed := s.Changed()
				totals, err := v.Totals(t.Context())
				if err != nil || totals.Records.N < seen {
					t.Errorf("%v after %d: %v", totals, seen, err)
					return
				}
				seen = totals.Records.N
				if i == 0 {
					all(t, v)
				}
				p, err := v.Rows(t.Context(), session.LastKey, 50, 0)
				if got := rowsOf(p); err != nil || !slices.IsSortedFunc(got, func(a, b row) int { return a.key.Compare(b.key) }) {
					t.Errorf("rows out of order: %v, %v", got, err)
				}
				select {
				case <-changed:
				case <-ctx.Done():
				}
			}
		})
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		ok(t, e.Emit([]string{"a", "b", "c"}[r.IntN(3)], noon.UnixNano(), randomText(r, r.IntN(40))))
	}
	stop()
	asking.Wait()
}
