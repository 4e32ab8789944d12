package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// BenchmarkContext is the neighbours of 60 rows among those of their services, in
// 400,000 records of JSON: of rows that stand together, as on a screen, and of
// rows far apart. Each time nobody has asked for them before.
func BenchmarkContext(b *testing.B) {
	text := shopText(b, corpus.Options{Records: 400_000})
	s := read(b, sourcetest.NewFile("shop.log", text))
	n, err := view(b, s, "level=ERROR").Count(b.Context())
	ok(b, err)
	for _, apart := range []int64{1, n.N / 60} {
		var keys []session.Key
		var services []string
		at := int64(0)
		ok(b, view(b, s, "level=ERROR").Each(b.Context(), func(k session.Key, r *logs.Record) bool {
			if at++; at%apart == 0 {
				keys, services = append(keys, k), append(services, strings.Clone(r.Service))
			}
			return len(keys) < 60
		}))
		for _, around := range []int{3, 10} {
			b.Run(fmt.Sprintf("apart=%d/rows=%d", apart, around), func(b *testing.B) {
				fresh := 0
				for b.Loop() {
					fresh++
					views := map[string]session.View{}
					for i, k := range keys {
						v := views[services[i]]
						if v == nil {
							q, err := query.Parse(fmt.Sprintf("service:(%q or zz%d)", services[i], fresh))
							ok(b, err)
							v, err = s.View(sources.Filter{Query: q, From: logs.NoTime, To: logs.NoTime})
							ok(b, err)
							views[services[i]] = v
						}
						p := page(b, v, k, around, around+1)
						if len(p.Rows) == 0 {
							b.Fatal("no rows")
						}
					}
				}
				b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/screen")
			})
		}
	}
}
