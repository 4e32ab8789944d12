//go:build servers

package elastic

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
)

// Half of all questions meet a fault, and every document is found once, in its order.
func TestPagesThroughFaults(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		const many = 3000
		server.Delete(t, "a-fault")
		docs := make([][]byte, many)
		for i := range docs {
			docs[i] = fmt.Appendf(nil, `{"@timestamp":"2026-03-04T05:%02d:%02d.000Z","message":"number %d"}`, i/600%60, i/10%60, i)
		}
		server.Bulk(t, "a-fault", 0, docs)
		server.Do(t, "POST", "/a-fault/_refresh", nil)
		names := slices.Sorted(maps.Keys(faults))
		rnd := rand.New(rand.NewPCG(1, 2))
		url, asked := faulty(t, server.URL, func(n int64, _ *http.Request) fault {
			if n%2 == 0 {
				return nil
			}
			return faults[names[rnd.IntN(len(names))]]
		})
		s, err := New(Options{Name: "prod", Index: "a-fault*", URLs: []string{url}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.client.close()
		c, _ := to(t, Options{Name: "prod", URLs: []string{url}})
		s.client = c // it does not wait
		whole, err := New(Options{Name: "prod", Index: "a-fault*", URLs: []string{server.URL}})
		if err != nil {
			t.Fatal(err)
		}
		defer whole.client.close()
		got, want := allOf(t, s), allOf(t, whole)
		if len(want) != many || !slices.Equal(got, want) {
			t.Errorf("%d hits through faults, %d without", len(got), len(want))
		}
		t.Logf("%d questions for %d hits", asked.Load(), len(got))
	})
}

// allOf returns the identities of all hits, the newest first.
func allOf(t *testing.T, s *Source) (ids []string) {
	t.Helper()
	r := sources.Request{Filter: sources.Filter{From: logs.NoTime, To: logs.NoTime}, Start: sources.Position{Time: 1<<63 - 1, Sequence: 1<<63 - 1}, Backward: true, Limit: 100}
	for {
		p, err := s.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range p.Hits {
			ids = append(ids, h.ID)
			r.Start = h.Position
		}
		if len(p.Notes) > 0 {
			t.Error(strings.Join(p.Notes, "; "))
		}
		if p.End {
			return ids
		}
	}
}
