package session_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// Views that were made at any time, whatever they have remembered, agree with the
// plain way after each step of files that grow, settle and are rotated.
func TestViewsAgreeWhileFilesGrow(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 11))
		file := sourcetest.NewFile("app.log", "")
		file.Follow = true
		s, _ := started(t, file)
		texts := []string{""}
		var views []session.View
		for range 25 {
			last := &texts[len(texts)-1]
			switch r.IntN(8) {
			case 0:
				more := randomText(r, r.IntN(100))
				ok(t, file.Rotate(more))
				texts = append(texts, more)
			case 1:
				ok(t, file.Settle())
			default:
				more := randomText(r, r.IntN(60))
				ok(t, file.Grow(more))
				*last += more
			}
			if len(views) < 6 {
				v, err := s.View(randomFilter(t, r))
				ok(t, err)
				views = append(views, v)
			}
			agrees(t, r, views[r.IntN(len(views))], texts)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
		for _, v := range views {
			agrees(t, r, v, texts)
		}
	}
}

// Stamps without a year get theirs when more is known, and then their records stand in other blocks.
func TestViewsAgreeWhileDatesAreSettled(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 12))
		at := time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC)
		part := func() string {
			var b strings.Builder
			for i := range r.IntN(50) {
				at = at.Add(time.Duration(r.IntN(60)-5) * time.Hour)
				if r.IntN(10) == 0 {
					b.WriteString("one without a stamp\n")
				}
				fmt.Fprintf(&b, "%s %s s%d n%d ms=%d\n", at.Format(time.Stamp), []string{"INFO", "ERROR"}[r.IntN(2)], r.IntN(3), i, r.IntN(100))
			}
			return b.String()
		}
		file := sourcetest.NewFile("app.log", part())
		file.Follow = true
		s, _ := started(t, file)
		var views []session.View
		for range 6 {
			f := randomFilter(t, r)
			f.From, f.To = logs.NoTime, logs.NoTime
			v, err := s.View(f)
			ok(t, err)
			views = append(views, v)
		}
		for range 8 {
			ok(t, file.Grow(part()))
			if r.IntN(3) == 0 {
				ok(t, file.Settle())
			}
			v := views[r.IntN(len(views))]
			fresh, err := s.View(v.Filter())
			ok(t, err)
			want := all(t, fresh)
			if got := all(t, v); !slices.Equal(got, want) {
				t.Fatalf("seed %d: Each gives\n%v, want\n%v", seed, got, want)
			}
			samePages(t, v, want)
			if n, err := v.Count(t.Context()); err != nil || n.N != int64(len(want)) {
				t.Fatalf("seed %d: %v are counted of %d: %v", seed, n, len(want), err)
			}
		}
	}
}

// Records that are not decoded are the same ones, with their bytes.
func TestUndecoded(t *testing.T) {
	text := randomText(rand.New(rand.NewPCG(1, 2)), 500)
	eachKind(t, text, func(t *testing.T, s *session.Session) {
		v := view(t, s, "level=WARN not service:s1")
		var want, got []string
		gather := func(to *[]string) func(session.Key, *logs.Record) bool {
			return func(k session.Key, r *logs.Record) bool {
				*to = append(*to, fmt.Sprint(k, r.Time, r.Severity, r.Marks, r.Source(), string(r.Raw)))
				return true
			}
		}
		ok(t, v.Each(t.Context(), gather(&want)))
		ok(t, v.Undecoded().Each(t.Context(), gather(&got)))
		if len(got) == 0 || !slices.Equal(got, want) {
			t.Errorf("%q, want\n%q", got, want)
		}
	})
}

// Scan calls for the records of Each, in whatever order.
func TestScan(t *testing.T) {
	text := randomText(rand.New(rand.NewPCG(1, 2)), 3000)
	eachKind(t, text, func(t *testing.T, s *session.Session) {
		for _, f := range []string{"", "level=WARN not service:s1", "nothing at all"} {
			v := view(t, s, f)
			var want, got []string
			for _, r := range all(t, v) {
				want = append(want, r.body)
			}
			var parts []*[]string
			ok(t, v.Scan(t.Context(), nil, func() func(*logs.Record) {
				part := new([]string)
				parts = append(parts, part)
				return func(r *logs.Record) { *part = append(*part, strings.Clone(r.Body)) }
			}))
			for _, p := range parts {
				got = append(got, *p...)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q: %d records, want %d", f, len(got), len(want))
			}
		}
	})
}

// In the order of bytes records come as they were written, those of one stream after those of another.
func TestInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, b := randomText(r, 2000), randomText(r, 300)
	s, _ := started(t, sourcetest.NewFile("a", a), sourcetest.NewFile("b", b))
	ok(t, s.Wait(t.Context()))
	f := func(filter string, keep func(*logs.Record) bool) {
		t.Helper()
		var want, got []string
		for _, rec := range append(sourcetest.Records(a), sourcetest.Records(b)...) {
			if keep(rec) {
				want = append(want, rec.Body)
			}
		}
		ok(t, view(t, s, filter).InOrder(t.Context(), func(_ session.Key, rec *logs.Record) bool {
			got = append(got, strings.Clone(rec.Body))
			return true
		}))
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%q gives %d records, want %d in the order of the bytes", filter, len(got), len(want))
		}
	}
	f("", func(*logs.Record) bool { return true })
	f("level=ERROR service:s1", func(r *logs.Record) bool { return r.Severity >= logs.Error && r.Service == "s1" })
}
