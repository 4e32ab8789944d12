//go:build servers

package elastic

import (
	"fmt"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
)

// A least severity is that of records: where one field of levels cannot be read, that of the next one counts.
func TestServerCountsLeastSeverities(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		var docs []any
		var records []*logs.Record
		for i, level := range []any{nil, "odd", "ERROR", "info2", "notice", 30, "30"} {
			for j, severity := range []any{nil, "strange", "critical", "warn", "info", "error2", "fatal"} {
				d := map[string]any{"@timestamp": time.Date(2026, 5, 1, 10, i, j, 0, time.UTC), "message": fmt.Sprint(i, j)}
				if level != nil {
					d["log.level"] = level
				}
				if severity != nil {
					d["severity"] = severity
				}
				docs = append(docs, d)
				records = append(records, decoded(t, d))
			}
		}
		index(t, server, "b3-severities", "date", docs...)
		s := newSource(t, server, Options{Index: "b3-severities"})
		for _, least := range []logs.Severity{1, logs.Info + 1, logs.Warn, logs.Error, logs.Error + 1, 24} {
			f := sources.Filter{From: logs.NoTime, To: logs.NoTime, Level: least}
			want := map[string]bool{}
			for _, r := range records {
				if r.Severity >= least {
					want[r.Body] = true
				}
			}
			page, err := s.Search(t.Context(), sources.Request{Filter: f, Start: newestOf(1).Start, Backward: true, Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range page.Hits {
				if !want[h.Record.Body] {
					t.Errorf("%d: %s is found", least, h.Record.Raw)
				}
				delete(want, h.Record.Body)
			}
			if page.Wider || len(want) > 0 {
				t.Errorf("%d: wider %t, without %v", least, page.Wider, want)
			}
			if n, err := s.Count(t.Context(), f); err != nil || n.N != int64(len(page.Hits)) || n.Certainty != 0 {
				t.Errorf("%d: counted %v, %v", least, n, err)
			}
		}
	})
}

// Where a field is a number in one index and a word in another, each is asked in
// its own way, and the figures add up to those of the records.
func TestServerCountsConflicts(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		const date = `{"properties":{"@timestamp":{"type":"date"},"service":{"properties":{"name":{"type":"keyword"}}},`
		var records []*logs.Record
		fill := func(name, mappings string, level, code func(i int) any) {
			var lines []string
			for i := range 60 {
				d := map[string]any{"@timestamp": time.Date(2026, 5, 1, 10, i/7, i, 0, time.UTC), "code": code(i), "level": level(i), "service.name": []string{"pay", "cart"}[i%2]}
				records = append(records, decoded(t, d))
				lines = append(lines, string(records[len(records)-1].Raw))
			}
			put(t, server, name, date+mappings+`}}`, lines...)
		}
		fill("b3-conflict-long", `"code":{"type":"long"},"level":{"type":"long"}`, func(i int) any { return 10 * (i % 7) }, func(i int) any { return 400 + i%9 })
		fill("b3-conflict-word", `"code":{"type":"keyword"},"level":{"type":"keyword"}`, func(i int) any { return []string{"error", "info", "odd"}[i%3] }, func(i int) any { return []string{"E1", "404", "E2"}[i%3] })
		s := newSource(t, server, Options{Index: "b3-conflict-*"})
		for _, text := range []string{"", "code:E1 or service:cart", "code:(404 or E2)", "not code:404", "level:error", "level >= warn and code:*", "code:4*"} {
			f := filterOf(t, text)
			want := counted(records, f)
			n, err := s.Count(t.Context(), f)
			a := asks(t, s, f)
			if err != nil || n.N < want.Records.N || !a.wider && n != want.Records {
				t.Errorf("%q: counted %v, not %v, %v", text, n, want.Records, err)
			}
			if a.wider {
				t.Logf("%q is asked wider", text)
				continue
			}
			got, err := s.Totals(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			equalTotals(t, text, got, want)
			equalFacets(t, text, s, records, f)
		}
	})
}

// asks is what a source asks for a filter.
func asks(t *testing.T, s *Source, f sources.Filter) asked {
	t.Helper()
	c, err := s.catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c.ask(f)
}

// Minutes before 1970 are counted as those after it.
func TestServerCountsOldMinutes(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		var docs []any
		var records []*logs.Record
		for i := range 40 {
			d := map[string]any{"@timestamp": time.Date(1930+2*i, 5, 1, 10, i, 0, 0, time.UTC), "message": "old", "log.level": "warn"}
			docs = append(docs, d)
			records = append(records, decoded(t, d))
		}
		index(t, server, "b3-old", "date", docs...)
		f := filterOf(t, "")
		got, err := newSource(t, server, Options{Index: "b3-old"}).Totals(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		equalTotals(t, "old", got, counted(records, f))
	})
}
