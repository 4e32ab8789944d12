//go:build servers

package servertest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A server is filled, measured, restarted with what it held, and reached through nginx.
func TestServer(t *testing.T) {
	for _, kind := range Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := Start(t, kind)
			s.Template(t, "t", "t-*", map[string]any{"properties": map[string]any{"n": map[string]any{"type": "keyword"}}}, nil, s.DataStreams())
			var docs [][]byte
			for i := range 12_000 {
				docs = append(docs, fmt.Appendf(nil, `{"@timestamp":"2026-03-14T08:00:00Z","n":%d}`, i))
			}
			s.Bulk(t, "t-1", 0, docs)
			m := Measure(t, s)
			count := func(from string) string {
				_, b, err := send(http.MethodGet, from+"/t-1/_count", nil)
				if err != nil {
					t.Fatal(err)
				}
				return string(b)
			}
			if got := count(m.URL); !strings.Contains(got, `"count":12000,`) || m.Requests() != 1 || m.Received() == 0 {
				t.Errorf("%s over %d requests and %d bytes", got, m.Requests(), m.Received())
			}
			url := s.URL
			s.Restart(t)
			s.Do(t, http.MethodGet, "/_cluster/health?wait_for_status=yellow", nil)
			if got := count(s.URL); !strings.Contains(got, `"count":12000,`) || s.URL != url {
				t.Errorf("after a restart %s at %s", got, s.URL)
			}
			s.Rests(t)
			g := Front(t, s)
			if !strings.Contains(string(g.CA), "BEGIN CERTIFICATE") {
				t.Errorf("CA is %q", g.CA)
			}
		})
	}
}
