//go:build servers

package elastic_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/summary"
)

// What lx stats and lx fields say of an index is what they say of a file of the
// same documents, and the server counts it: its documents do not go over the wire.
func TestTotalsEqualFile(t *testing.T) {
	n := servertest.Sized(t, 200_000)
	docs := []*documents{shopDocuments(t, "json", n), shopDocuments(t, "ecs", n)}
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			server := servertest.Shared(t, kind)
			for i, d := range docs {
				index := "totals-" + d.name
				if i == 1 {
					server.Template(t, index, index, ecsMapping("date"), nil, false)
				}
				server.Bulk(t, index, 0, d.lines)
				t.Run(d.name, func(t *testing.T) { totalsEqualFile(t, server, d, index) })
			}
		})
	}
}

func totalsEqualFile(t *testing.T, server *servertest.Server, d *documents, index string) {
	meter := servertest.Measure(t, server)
	source, err := elastic.New(elastic.Options{Name: "prod", URLs: []string{meter.URL}, Index: index})
	must(t, err)
	s := d.session(t, source)
	size := 0
	for _, l := range d.lines {
		size += len(l) + 1
	}
	for _, text := range []string{"", "level >= WARN", "service:payment and message:declined"} {
		meter.Reset()
		began := time.Now()
		got, err := viewOf(t, s, anyTime(parsed(t, text))).Totals(t.Context())
		must(t, err)
		t.Logf("%s %s stats %q: %s records, %d bytes in %d answers, of %d of documents, %.2f s", server.Kind, d.name, text,
			got.Records, meter.Received(), meter.Requests(), size, time.Since(began).Seconds())
		if diff := differ(got, d.of(t, text).totals); diff != "" || got.Records.Certainty != summary.Exact || len(got.Notes) > 0 {
			t.Errorf("%s: %s %v", text, diff, got.Notes)
		}
		if most := int64(200_000); meter.Received() > most {
			t.Errorf("%s: %d bytes came over the wire, more than %d", text, meter.Received(), most)
		}
	}
	sameFacets(t, server, d, s, meter)
}

// sameFacets compares the values of fields.
func sameFacets(t *testing.T, server *servertest.Server, d *documents, s *session.Session, meter *servertest.Meter) {
	t.Helper()
	want := analysis.NewFacets()
	eachOf(t.Context(), t, viewOf(t, d.file, anyTime(nil)), func(_ session.Key, r *logs.Record) { want.Add(r) })
	meter.Reset()
	began := time.Now()
	list, notes, err := viewOf(t, s, anyTime(nil)).Facets(t.Context(), 5)
	must(t, err)
	exact := 0
	got := map[string]summary.Facet{}
	for _, f := range list {
		got[f.Field] = f
	}
	for _, w := range want.List(5) {
		g, ok := got[w.Field]
		if !ok || g.Records != w.Records || g.Type != w.Type {
			t.Errorf("%s: %d records of type %q, in the file %d of %q", w.Field, g.Records, g.Type, w.Records, w.Type)
		}
		delete(got, w.Field)
		if g.Exact && (g.Distinct != w.Distinct || w.Exact && fmt.Sprint(g.Top) != fmt.Sprint(w.Top)) {
			t.Errorf("%s: %d values, %v; in the file %d, %v", w.Field, g.Distinct, g.Top, w.Distinct, w.Top)
		}
		if g.Exact {
			exact++
		} else if g.Method == "" {
			t.Errorf("%s is not counted exactly, and nothing says why", w.Field)
		}
	}
	for field := range got {
		t.Errorf("%s is no field in the file", field)
	}
	t.Logf("%s %s fields: %d, of which %d exactly, %d bytes in %d answers, %.2f s, notes %v", server.Kind, d.name, len(list), exact, meter.Received(), meter.Requests(), time.Since(began).Seconds(), notes)
}
