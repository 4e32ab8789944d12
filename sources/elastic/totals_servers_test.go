//go:build servers

package elastic

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/summary"
)

// What a server counts is what is counted of the same records one by one.
func TestTotalsEqualTheRecords(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, c := range []struct {
			name, timeType string
			years          int
		}{{"lx-totals-minutes", "date", 0}, {"lx-totals-years", "date", 90}, {"lx-totals-nanos", "date_nanos", 0}} {
			t.Run(c.name, func(t *testing.T) {
				var docs []any
				var records []*logs.Record
				for range 300 {
					d := levelled(r, c.years)
					docs = append(docs, d)
					records = append(records, decoded(t, d))
				}
				index(t, server, c.name, c.timeType, docs...)
				s := newSource(t, server, Options{Index: c.name})
				for _, text := range []string{"", "level:ERROR or service:cart", "@timestamp >= 2026-05-01 and not service:* and status:5"} {
					f := filterOf(t, text)
					want := counted(records, f)
					got, err := s.Totals(t.Context(), f)
					if err != nil {
						t.Fatal(err)
					}
					equalTotals(t, text, got, want)
					if n, err := s.Count(t.Context(), f); err != nil || n != want.Records {
						t.Errorf("%q: counted %v, %v", text, n, err)
					}
					equalFacets(t, text, s, records, f)
				}
			})
		}
	})
}

// levelled is a random document: its level, service and time stand in several ways.
func levelled(r *rand.Rand, years int) map[string]any {
	d := map[string]any{"message": fmt.Sprint("number ", r.IntN(50))}
	maybe := func(name string, of ...any) {
		if r.IntN(3) > 0 {
			d[name] = of[r.IntN(len(of))]
		}
	}
	at := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(1_000_000)) * time.Millisecond)
	if years > 0 {
		at = at.AddDate(-r.IntN(years), 0, -r.IntN(365))
	}
	if r.IntN(10) > 0 {
		d["@timestamp"] = at.Format("2006-01-02T15:04:05.000Z")
	}
	maybe("log.level", "ERROR", "warn", "[Info]", "I", "Level.Debug", "SEVERE", "odd")
	maybe("level", 30, 50, 10)
	maybe("severity", "notice", "crit", "e", "\x1b[31mwarn\x1b[0m")
	maybe("service.name", "pay", "orders")
	maybe("application", "pay", "cart")
	maybe("serviceName", "mail")
	maybe("logger", "com.example.Pay", "worker-1")
	maybe("status", 200, 5, 404)
	maybe("ratio", 0.5, 1.25, 3.5)
	maybe("up", true, false)
	maybe("host.name", "a", "b")
	maybe("trace.id", "a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736")
	maybe("tags", "x", []any{"x", "y"}, []any{"y", "y"})
	return d
}

func decoded(t *testing.T, d any) *logs.Record {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	r := &logs.Record{}
	r.Reset()
	jsonFormat().Decode(b, r)
	return r
}

func filterOf(t *testing.T, text string) sources.Filter {
	t.Helper()
	f := sources.Filter{From: logs.NoTime, To: logs.NoTime}
	if text != "" {
		n, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		f.Query = n
	}
	return f
}

func matching(records []*logs.Record, f sources.Filter) (out []*logs.Record) {
	var q *query.Query
	if f.Query != nil {
		q = query.Compile(f.Query, query.Env{})
	}
	for _, r := range records {
		if q == nil || q.Match(r) {
			out = append(out, r)
		}
	}
	return out
}

func counted(records []*logs.Record, f sources.Filter) *summary.Totals {
	out := summary.NewTotals()
	for _, r := range matching(records, f) {
		out.Add(r.Time, r.Severity, r.Service, 0, 0, false)
	}
	out.Lines, out.Bytes = -1, -1
	return out
}

func equalTotals(t *testing.T, text string, got, want *summary.Totals) {
	t.Helper()
	if got.Records != want.Records || got.Levels != want.Levels || got.First != want.First || got.Last != want.Last || got.Lines != -1 || got.Bytes != -1 {
		t.Errorf("%q: %v %v %d %d, not %v %v %d %d (%v)", text, got.Records, got.Levels, got.First, got.Last, want.Records, want.Levels, want.First, want.Last, got.Notes)
	}
	if !reflect.DeepEqual(got.Services, want.Services) {
		t.Errorf("%q: services %v, not %v", text, got.Services, want.Services)
	}
	if !reflect.DeepEqual(got.Minutes, want.Minutes) {
		t.Errorf("%q: %d minutes, not the same as %d", text, len(got.Minutes), len(want.Minutes))
	}
}

func equalFacets(t *testing.T, text string, s *Source, records []*logs.Record, f sources.Filter) {
	t.Helper()
	all := analysis.NewFacets()
	for _, r := range matching(records, f) {
		all.Add(r)
	}
	want := map[string]summary.Facet{}
	for _, facet := range all.List(20) {
		want[facet.Field] = facet
	}
	list, notes, err := s.Facets(t.Context(), f, 20)
	if err != nil || len(notes) > 0 {
		t.Fatal(notes, err)
	}
	for _, got := range list {
		w := want[got.Field]
		delete(want, got.Field)
		switch {
		case got.Exact && !reflect.DeepEqual(got, w):
			t.Errorf("%q: %+v, not %+v", text, got, w)
		case got.Records != w.Records || got.Method == "" && !got.Exact:
			t.Errorf("%q: %+v: %d records are %d", text, got, got.Records, w.Records)
		}
	}
	for _, w := range want {
		t.Errorf("%q: no %+v", text, w)
	}
}

// A server that allows few buckets is asked for less at once.
func TestTotalsWithinFewBuckets(t *testing.T) {
	onServers(t, func(t *testing.T, shared *servertest.Server) {
		server := servertest.Start(t, shared.Kind, "search.max_buckets=200")
		defer server.Stop()
		r := rand.New(rand.NewPCG(3, 4))
		var docs []any
		var records []*logs.Record
		for range 300 {
			d := levelled(r, 3)
			docs = append(docs, d)
			records = append(records, decoded(t, d))
		}
		index(t, server, "lx-totals-few", "date", docs...)
		got, err := newSource(t, server, Options{Index: "lx-totals-few"}).Totals(t.Context(), filterOf(t, ""))
		if err != nil {
			t.Fatal(err)
		}
		equalTotals(t, "few buckets", got, counted(records, filterOf(t, "")))
	})
}

// Fields that two indices map differently are counted in each.
func TestFacetsOfConflicts(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		for i, kind := range []string{"keyword", "long", "text"} {
			name := fmt.Sprint("lx-totals-conflict-", i)
			server.Delete(t, name)
			server.Do(t, http.MethodPut, "/"+name, map[string]any{"mappings": map[string]any{"properties": map[string]any{
				"@timestamp": map[string]any{"type": "date"}, "code": map[string]any{"type": kind}, "service": map[string]any{"properties": map[string]any{"name": map[string]any{"type": []string{"keyword", "long", "keyword"}[i]}}}}}})
			server.Bulk(t, name, 0, [][]byte{[]byte(`{"@timestamp":"2026-05-01T10:00:00Z","code":7,"service.name":"7"}`), []byte(`{"@timestamp":"2026-05-01T10:00:01Z","code":8}`)})
		}
		s := newSource(t, server, Options{Index: "lx-totals-conflict-*"})
		list, _, err := s.Facets(t.Context(), filterOf(t, ""), 5)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range list {
			if f.Field == "code" {
				found = true
				if f.Type != "mixed" || f.Records != 6 || f.Exact || !reflect.DeepEqual(f.Top, []summary.ValueCount{{Value: "7", Count: 2}, {Value: "8", Count: 2}}) {
					t.Errorf("%+v", f)
				}
			}
		}
		got, err := s.Totals(t.Context(), filterOf(t, ""))
		if err != nil || !found || got.Services["7"] < 2 || got.Records.N != 6 {
			t.Errorf("found %t, %v, %v", found, err, got)
		}
	})
}
