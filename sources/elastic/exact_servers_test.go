//go:build servers

package elastic

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/summary"
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

// A text that has no word is there all the same.
func TestServerCountsEmptyTexts(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		const at = `{"@timestamp":"2026-05-01T10:00:00Z"`
		server.Delete(t, "b3-empty")
		server.Bulk(t, "b3-empty", 0, [][]byte{[]byte(at + `,"message":"a word"}`), []byte(at + `,"message":""}`), []byte(at + `,"message":"-"}`), []byte(at + `}`)})
		s := newSource(t, server, Options{Index: "b3-empty"})
		for text, want := range map[string]int64{"message:*": 3, "not message:*": 1, "message:* or message:word": 3, "": 4} {
			f := filterOf(t, text)
			n, err := s.Count(t.Context(), f)
			if err != nil || n != (summary.Count{N: want}) {
				t.Errorf("%q: %v are counted of %d, %v", text, n, want, err)
			}
			if all, err := s.Totals(t.Context(), f); err != nil || all.Records != (summary.Count{N: want}) {
				t.Errorf("%q: totals of %v, not of %d, %v", text, all.Records, want, err)
			}
		}
	})
}

// Trace ids that stand in messages alone are found; the facet of the ids says that it does not count them.
func TestServerFindsTracesInMessages(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		const at = `{"@timestamp":"2026-05-01T10:00:00Z",`
		fields := []string{at + `"trace.id":"4bf92f3577b34da6a3ce929d0e0e4736","message":"trace_id=00000000000000aa"}`, at + `"message":"stacktrace of none"}`}
		texts := []string{
			at + `"message":"paid, trace_id=A3CE929D0E0E4736"}`, at + `"message":"my.trace_id:a3ce929d0e0e4736.Next"}`,
			at + `"message":"TraceId: [4bf92f35-77b3-4da6-a3ce-929d0e0e4736]"}`, at + `"message":"trace_id=11803532876627986230, next"}`,
		}
		mappings := `{"properties":{"@timestamp":{"type":"date"},"trace":{"properties":{"id":{"type":"keyword"}}},"message":{"type":"text"}}}`
		put(t, server, "b3-trace-fields", mappings, fields...)
		put(t, server, "b3-trace-texts", mappings, append(texts, fields...)...)
		s := newSource(t, server, Options{Index: "b3-trace-texts"})
		for text, want := range map[string]int{
			"trace_id:4bf92f3577b34da6a3ce929d0e0e4736": 5, "trace_id:a3ce929d0e0e4736": 5, "trace_id:00000000000000aa": 0,
			"trace_id:*": 5, "not trace_id:*": 1, "trace.id:A3CE*": 1,
		} {
			f := filterOf(t, text)
			page, err := s.Search(t.Context(), sources.Request{Filter: f, Start: newestOf(1).Start, Backward: true, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			var records []*logs.Record
			for _, h := range page.Hits {
				records = append(records, h.Record)
			}
			if got := matching(records, f); len(got) != want || !page.Wider || len(page.Notes) > 0 {
				t.Errorf("%s: %d of %d hits are matches, want %d; wider %t, %q", text, len(got), len(records), want, page.Wider, page.Notes)
			}
		}
		for index, hidden := range map[string]string{"b3-trace-fields": "", "b3-trace-texts": "up to 4 records more name one in their message alone"} {
			list, _, err := newSource(t, server, Options{Index: index}).Facets(t.Context(), filterOf(t, "not message:stacktrace"), 10)
			i := slices.IndexFunc(list, func(f summary.Facet) bool { return f.Field == "trace.id" })
			if err != nil || i < 0 || list[i].Records != 1 || list[i].Exact != (hidden == "") || !strings.Contains(list[i].Method, hidden) {
				t.Errorf("%s: %+v, %v", index, list, err)
			}
		}
	})
}

// A field of whole numbers keeps less than documents say: what asks for a number with a point finds their records all the same.
func TestServerFindsCutNumbers(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		var docs []string
		for i, n := range []string{"3", "1", "1.25", "1.75", "-0.5", "0.5", "-1.25", "-2"} {
			docs = append(docs, fmt.Sprintf(`{"@timestamp":"2026-05-01T10:00:0%dZ","n":%s}`, i, n))
		}
		put(t, server, "b3-cut", `{"properties":{"@timestamp":{"type":"date"},"n":{"type":"long"}}}`, docs...)
		s := newSource(t, server, Options{Index: "b3-cut"})
		all := allPages(t, s, sources.Request{Filter: everything, Limit: 50})
		var records []*logs.Record
		for _, h := range all {
			records = append(records, h.Record)
		}
		for text, wider := range map[string]bool{
			"n:1.25": true, "n > 1.25": true, "n >= 1.75": true, "n < 1.25": true, "n <= -1.25": true, "n < -0.5": true, "n > -0.5": true, "1.25": true,
			"n >= 1": false, "n < 1": false, "n < 2": false, "n > -1": false, "n <= -1": false,
		} {
			f := filterOf(t, text)
			hits := allPages(t, s, sources.Request{Filter: f, Limit: 50})
			found := map[string]bool{}
			for _, h := range hits {
				found[string(h.Record.Raw)] = true
			}
			want := 0
			for _, r := range matching(records, f) {
				want++
				if !found[string(r.Raw)] {
					t.Errorf("%s does not find %s", text, r.Raw)
				}
			}
			if a := asks(t, s, f); a.wider != wider || !wider && len(hits) != want {
				t.Errorf("%s: %d hits, %d matches, wider %t", text, len(hits), want, a.wider)
			}
		}
	})
}
