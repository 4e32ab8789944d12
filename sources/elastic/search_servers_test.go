//go:build servers

package elastic

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/sources/sourcetest"
)

func onServers(t *testing.T, f func(t *testing.T, server *servertest.Server)) {
	if url := os.Getenv("LX_ES_QUICK"); url != "" {
		f(t, &servertest.Server{Kind: os.Getenv("LX_ES_QUICKKIND"), URL: url})
		return
	}
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) { f(t, servertest.Shared(t, kind)) })
	}
}

func newSource(t *testing.T, server *servertest.Server, o Options) *Source {
	t.Helper()
	o.Name, o.URLs = "prod", []string{server.URL}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// index makes one of three shards in which the time is of a type.
func index(t *testing.T, server *servertest.Server, name, timeType string, docs ...any) {
	t.Helper()
	server.Delete(t, name)
	server.Do(t, http.MethodPut, "/"+name, map[string]any{
		"settings": map[string]any{"number_of_shards": 3, "number_of_replicas": 0},
		"mappings": map[string]any{"properties": map[string]any{"@timestamp": map[string]any{"type": timeType}}},
	})
	var lines [][]byte
	for _, d := range docs {
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, b)
	}
	server.Bulk(t, name, 0, lines)
}

func TestSearchConforms(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		kinds := []string{"date", "date_nanos"}
		for i, kind := range kinds {
			r := rand.New(rand.NewPCG(1, uint64(i)))
			var docs []any
			for n := range 300 {
				d := map[string]any{"message": fmt.Sprint("number ", n), "log.level": []string{"info", "error"}[n%2]}
				switch at := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC); {
				case n%20 == 0:
				case n%3 == 0:
					d["@timestamp"] = at
				default:
					d["@timestamp"] = at.Add(time.Duration(r.IntN(50)) * 100 * time.Microsecond)
				}
				docs = append(docs, d)
			}
			index(t, server, "b1-conform-"+kind, kind, docs...)
			index(t, server, "b1-conform-"+kind+"-2", kind, docs[:150]...)
		}
		all := sources.Filter{From: logs.NoTime, To: logs.NoTime}
		for pattern, want := range map[string]int{"b1-conform-date,b1-conform-date-2": 450, "b1-conform-date_*,b1-conform-date_nanos": 450, "b1-conform-*": 900} {
			t.Run(pattern, func(t *testing.T) {
				s := newSource(t, server, Options{Index: pattern})
				for _, limit := range []int{1, 7, 400} {
					if limit == 1 && want > 450 {
						continue
					}
					sourcetest.ConformSearcher(t, s, all, want, limit)
				}
			})
		}
	})
}
