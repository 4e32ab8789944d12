//go:build servers

package elastic

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/sources/sourcetest"
)

// Indices that call the time differently are one list in the order of time, also
// where a template names a field that no document has.
func TestIndicesNameTheTimeDifferently(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		server.Delete(t, "lx-times-*")
		begin := time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)
		for k, field := range []string{"@timestamp", "timestamp", "ts"} {
			name := fmt.Sprintf("lx-times-%d", k)
			server.Do(t, http.MethodPut, "/"+name, object{"mappings": object{"properties": object{
				field: object{"type": []string{"date", "date_nanos", "date"}[k]}, "time": object{"type": "date"}}}})
			var docs [][]byte
			for i := range 100 {
				docs = append(docs, fmt.Appendf(nil, `{%q:"%s","message":"%d of %s"}`, field, begin.Add(time.Duration(3*i+k)*time.Second).Format(time.RFC3339Nano), i, field))
			}
			server.Bulk(t, name, 0, docs)
		}
		s := newSource(t, server, Options{Index: "lx-times-*"})
		all := sources.Filter{From: logs.NoTime, To: logs.NoTime}
		sourcetest.ConformSearcher(t, s, all, 300, 70)
		within := sources.Filter{From: begin.Add(30 * time.Second).UnixNano(), To: begin.Add(90 * time.Second).UnixNano()}
		sourcetest.ConformSearcher(t, s, within, 60, 7)
		totals, err := s.Totals(t.Context(), within)
		if err != nil || totals.First != within.From || totals.Last != within.To-int64(time.Second) || len(totals.Minutes) != 2 || len(totals.Notes) > 0 {
			t.Errorf("%+v, %v", totals, err)
		}
	})
}
