//go:build servers

package elastic

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// BenchmarkSearch asks the server of LX_ES_BENCH, whose index of LX_ES_BENCH_INDEX
// holds documents of several hours, for what a screen asks.
func BenchmarkSearch(b *testing.B) {
	url := os.Getenv("LX_ES_BENCH")
	if url == "" {
		b.Fatal("LX_ES_BENCH is not set")
	}
	s, err := New(Options{Name: "prod", URLs: []string{url}, Index: os.Getenv("LX_ES_BENCH_INDEX")})
	if err != nil {
		b.Fatal(err)
	}
	all := sources.Filter{From: logs.NoTime, To: logs.NoTime}
	newest := sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}
	ask := func(b *testing.B, r sources.Request) sources.Page {
		p, err := s.Search(b.Context(), r)
		if err != nil || len(p.Hits) == 0 {
			b.Fatalf("%d hits: %v", len(p.Hits), err)
		}
		return p
	}
	first := ask(b, sources.Request{Filter: all, Start: newest, Backward: true, Limit: 1}).Hits[0].Position
	deep := newest
	for n := 0; n < 10_000; n += 500 {
		p := ask(b, sources.Request{Filter: all, Start: deep, Backward: true, Limit: 500})
		deep = p.Hits[len(p.Hits)-1].Position
	}
	oldest := ask(b, sources.Request{Filter: all, Start: sources.Position{Time: logs.NoTime, Sequence: math.MinInt64}, Limit: 1}).Hits[0].Position
	middle := sources.Position{Time: oldest.Time + (first.Time-oldest.Time)/2}
	for _, limit := range []int{50, 500} {
		for _, c := range []struct {
			name  string
			start sources.Position
			back  bool
		}{{"first", newest, true}, {"after10000", deep, true}, {"jump", middle, false}, {"oldest", sources.Position{Time: logs.NoTime, Sequence: math.MinInt64}, false}} {
			b.Run(fmt.Sprintf("%s/%d", c.name, limit), func(b *testing.B) {
				for b.Loop() {
					ask(b, sources.Request{Filter: all, Start: c.start, Backward: c.back, Limit: limit})
				}
			})
		}
	}
}
