package elastic

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// searchAnswer is an answer with documents, as servers write it.
func searchAnswer(docs [][]byte) []byte {
	var b bytes.Buffer
	b.WriteString(`{"took":17,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},"hits":{"max_score":null,"hits":[`)
	for i, doc := range docs {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"_index":"app-logs-2026.03.14","_id":"DD_c_6EBfpa7pm%06d","_score":null,"_source":%s,"sort":[%d,%d]}`, i, doc, 1773475200000+i, i)
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

// shopAnswer is one with records of the made-up shop, in a format of JSON.
func shopAnswer(tb testing.TB, format string, n int) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	if _, err := corpus.Write(w, corpus.Options{Format: format, Records: n, Seed: 9}); err != nil {
		tb.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	return searchAnswer(bytes.Split(bytes.TrimSuffix(b.Bytes(), []byte("\n")), []byte("\n")))
}

// lonely is a source that is asked nothing, and a catalog of it.
func lonely(tb testing.TB) (*Source, *catalog) {
	tb.Helper()
	s, err := New(Options{Name: "prod", URLs: []string{"http://127.0.0.1:1"}})
	if err != nil {
		tb.Fatal(err)
	}
	return s, &catalog{resource: &logs.Resource{Source: "prod"}, timeField: "@timestamp", millis: true}
}

// BenchmarkHit decodes answers, in the quick way and in the plain one.
func BenchmarkHit(b *testing.B) {
	const deep = `{"@timestamp":"2026-03-14T08:00:00.123456Z","log.level":"info","service":{"name":"checkout"},"message":"order 123456 accepted in 12 ms","trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"http":{"response":{"status_code":200}},"duration_ms":12.5,"user":"anna","host":{"name":"web-17"}}`
	docs := make([][]byte, 500)
	for i := range docs {
		docs[i] = []byte(deep)
	}
	s, c := lonely(b)
	for _, of := range []struct {
		name string
		body []byte
		hits int
	}{{"deep", searchAnswer(docs), 500}, {"json", shopAnswer(b, "json", 5000), 5000}, {"ecs", shopAnswer(b, "ecs", 5000), 5000}} {
		for _, way := range []struct {
			name string
			read func(*Source, *catalog, []byte) ([]sources.Hit, error)
		}{{"plain", plainHits}, {"quick", func(s *Source, c *catalog, body []byte) ([]sources.Hit, error) { return quickHits(s, c, body, true) }}} {
			b.Run(of.name+"/"+way.name, func(b *testing.B) {
				b.SetBytes(int64(len(of.body)))
				b.ReportAllocs()
				for b.Loop() {
					hits, err := way.read(s, c, of.body)
					if err != nil || len(hits) != of.hits {
						b.Fatal(len(hits), err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*of.hits), "ns/hit")
			})
		}
	}
}

// BenchmarkPage makes pages of answers, on all cores.
func BenchmarkPage(b *testing.B) {
	ofAnswers(b, func(b *testing.B, body []byte) {
		w, hits := walkTo(b, body, sources.Position{Time: math.MinInt64}, 5000, false)
		if _, err := w.add(hits); err != nil || len(w.page.Hits) != 5000 {
			b.Fatal(len(w.page.Hits), err)
		}
	})
}

// BenchmarkAnswer finds the hits in an answer.
func BenchmarkAnswer(b *testing.B) {
	ofAnswers(b, func(b *testing.B, body []byte) {
		var a answer
		if !a.quick(body) || len(a.Hits.Hits) != 5000 {
			b.Fatal(len(a.Hits.Hits))
		}
	})
}

// ofAnswers measures what is done with an answer of 5,000 hits.
func ofAnswers(b *testing.B, do func(b *testing.B, body []byte)) {
	for _, format := range []string{"json", "ecs"} {
		body := shopAnswer(b, format, 5000)
		b.Run(format, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				do(b, body)
			}
		})
	}
}
