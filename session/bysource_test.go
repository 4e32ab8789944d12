package session_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// A condition on the source selects its records, those of all rotations, whatever kind of source it is.
func TestBySource(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, e := sourcetest.NewFile("/var/log/a.log", randomText(r, 500)), sourcetest.NewEmitter("app")
	a.Follow = true
	s, _ := started(t, a, sourcetest.NewFile("b.log", randomText(r, 500)), e, sourcetest.NewPaged("prod", sourcetest.Records(randomText(r, 50))...))
	ok(t, s.Wait(t.Context()))
	ok(t, a.Rotate(randomText(r, 100)))
	ok(t, a.Settle())
	ok(t, e.Emit("x", noon.UnixNano(), randomText(r, 100)))
	ok(t, e.Settle("x"))
	gather := func(q string) (out []string) {
		t.Helper()
		match := query.Compile(&query.Everything{}, query.Env{})
		if f := filter(t, q); f.Query != nil {
			match = query.Compile(f.Query, query.Env{})
		}
		ok(t, view(t, s, "").Each(t.Context(), func(k session.Key, r *logs.Record) bool {
			if match.Match(r) {
				out = append(out, fmt.Sprint(k, strings.Clone(r.Body)))
			}
			return true
		}))
		return out
	}
	f := func(q string) {
		t.Helper()
		want := gather(q)
		v := view(t, s, q)
		var got []string
		for range 2 { // what is known of blocks by then changes nothing
			got = nil
			ok(t, v.Each(t.Context(), func(k session.Key, r *logs.Record) bool {
				got = append(got, fmt.Sprint(k, strings.Clone(r.Body)))
				return true
			}))
			if !slices.Equal(got, want) || len(want) == 0 {
				t.Errorf("%s selects %d records, want %d", q, len(got), len(want))
			}
		}
		n, err := v.Count(t.Context())
		ok(t, err)
		sum, err := v.Totals(t.Context())
		ok(t, err)
		if n.N != int64(len(want)) || sum.Records.N != n.N {
			t.Errorf("%s: %d are counted, %d in the totals, want %d", q, n.N, sum.Records.N, len(want))
		}
		given := 0
		ok(t, v.Follow(t.Context(), len(want), func(session.Key, *logs.Record) bool { given++; return given < len(want) }))
		if len(page(t, v, session.FirstKey, 0, len(want)+1).Rows) != len(want) {
			t.Errorf("%s pages other records", q)
		}
	}
	f(`@source:"/var/log/a.log"`)
	f(`not @source:"/var/log/a.log"`)
	f(`@source:("b.log" or prod)`)
	f(`@source:app* and service:s1`)
	f(`@source:"b.log" or service:s1`)
	f(`not (@source:"b.log" or service:s1)`)
}

// BenchmarkBySource is the first look at a million records of a source that is left out.
func BenchmarkBySource(b *testing.B) {
	s := million(b, 1_000_000)
	for b.Loop() {
		v := view(b, s, `not @source:"app.log"`)
		page(b, v, session.LastKey, 50, 0)
		if n, err := v.Count(b.Context()); err != nil || n.N != 0 {
			b.Fatal(n, err)
		}
	}
}
