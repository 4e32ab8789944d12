//go:build servers

package elastic

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

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

// BenchmarkHit decodes answers of 500 documents.
func BenchmarkHit(b *testing.B) {
	source := `{"@timestamp":"2026-03-14T08:00:00.123456Z","log.level":"info","service":{"name":"checkout"},"message":"order 123456 accepted in 12 ms","trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"http":{"response":{"status_code":200}},"duration_ms":12.5,"user":"anna","host":{"name":"web-17"}}`
	hit := `{"_index":"logs-1","_id":"abcdefghij","_score":null,"_source":` + source + `,"sort":[1773475200123,17]}`
	text := []byte(`{"hits":{"hits":[` + strings.Repeat(hit+",", 499) + hit + `]}}`)
	s, err := New(Options{Name: "prod", URLs: []string{"http://127.0.0.1:1"}})
	if err != nil {
		b.Fatal(err)
	}
	c := &catalog{resource: &logs.Resource{Source: "prod"}, timeField: "@timestamp", millis: true}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var a answer
		if err := json.Unmarshal(text, &a); err != nil {
			b.Fatal(err)
		}
		for i := range a.Hits.Hits {
			f, _ := c.place(&a.Hits.Hits[i], true)
			if h, err := s.hit(c, &f); err != nil || h.Record.Severity != logs.Info || h.Time%int64(time.Millisecond) != 0 {
				b.Fatal(err)
			}
		}
	}
}
