//go:build servers

package elastic_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/elastic/servertest"
)

func onEachKind(t *testing.T, f func(t *testing.T, s *servertest.Server)) {
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) { f(t, servertest.Shared(t, kind)) })
	}
}

func ofIndex(t *testing.T, s *servertest.Server, index string) *elastic.Source {
	t.Helper()
	out, err := elastic.New(elastic.Options{Name: "prod", URLs: []string{s.URL}, Index: index})
	must(t, err)
	return out
}

// numbers are which documents a query finds, of all pages of that many hits, the oldest first.
func numbers(t *testing.T, s *elastic.Source, text string, limit int) (out []int, notes []string) {
	t.Helper()
	f := anyTime(parsed(t, text))
	r := sources.Request{Filter: f, Start: sources.Position{Time: math.MinInt64, Sequence: math.MinInt64}, Limit: limit}
	for {
		p, err := s.Search(t.Context(), r)
		must(t, err)
		for _, h := range p.Hits {
			out = append(out, number(t, h.Record))
			r.Start = h.Position
		}
		if p.End {
			return out, p.Notes
		}
	}
}

// Documents of a thousand fields are searched and counted by each of them.
func TestThousandFields(t *testing.T) {
	onEachKind(t, func(t *testing.T, s *servertest.Server) {
		const index = "odd-wide"
		s.Do(t, http.MethodPut, "/"+index, object{"settings": object{"index.mapping.total_fields.limit": 5000}})
		var docs [][]byte
		for n := range 20 {
			var b bytes.Buffer
			fmt.Fprintf(&b, `{"@timestamp":"2026-03-14T08:00:%02dZ","n":%d`, n, n)
			for i := range 1000 {
				fmt.Fprintf(&b, `,"f%d":"v%d"`, i, (n+i)%7)
			}
			b.WriteString("}")
			docs = append(docs, b.Bytes())
		}
		s.Bulk(t, index, 0, docs)
		source := ofIndex(t, s, index)
		if got, _ := numbers(t, source, "f999:v5", 10); fmt.Sprint(got) != "[0 7 14]" {
			t.Errorf("f999:v5 finds %v", got)
		}
		if got, _ := numbers(t, source, "v3 and n < 2", 10); fmt.Sprint(got) != "[0 1]" {
			t.Errorf("free text finds %v", got)
		}
		list, notes, err := source.Facets(t.Context(), anyTime(nil), 3)
		must(t, err)
		if len(list) != 1002 && len(list) != 1001 { // with the time, or without
			t.Errorf("%d fields, notes %v", len(list), notes)
		}
	})
}

// Times of an index of nanoseconds beside one of milliseconds, whose fields have
// other types and half of which lack one, are searched in one order.
func TestIndicesThatDiffer(t *testing.T) {
	onEachKind(t, func(t *testing.T, s *servertest.Server) {
		s.Do(t, http.MethodPut, "/odd-two-a", object{"mappings": object{"properties": object{
			"@timestamp": object{"type": "date_nanos"}, "code": object{"type": "long"}, "only": object{"type": "keyword"}}}})
		s.Do(t, http.MethodPut, "/odd-two-b", object{"mappings": object{"properties": object{
			"@timestamp": object{"type": "date"}, "code": object{"type": "keyword"}}}})
		var a, b [][]byte
		for n := range 60 {
			if n%2 == 0 {
				a = append(a, fmt.Appendf(nil, `{"@timestamp":"2026-03-14T08:00:00.%03d000%03dZ","n":%d,"code":%d,"only":"x"}`, n, n, n, n%5))
			} else {
				b = append(b, fmt.Appendf(nil, `{"@timestamp":"2026-03-14T08:00:00.%03dZ","n":%d,"code":"%d"}`, n, n, n%5))
			}
		}
		s.Bulk(t, "odd-two-a", 0, a)
		s.Bulk(t, "odd-two-b", 0, b)
		s.Do(t, http.MethodPost, "/_aliases", object{"actions": []object{{"add": object{"indices": []string{"odd-two-a", "odd-two-b"}, "alias": "odd-both"}}}})
		f := func(index, text string, is func(n int) bool) {
			t.Helper()
			var want []int
			for n := range 60 {
				if is(n) {
					want = append(want, n)
				}
			}
			if got, notes := numbers(t, ofIndex(t, s, index), text, 7); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s %s finds %v, want %v; %v", index, text, got, want, notes)
			}
		}
		for _, index := range []string{"odd-two-*", "odd-both", "odd-two-a,odd-two-b,odd-none"} {
			f(index, "", func(int) bool { return true })
			f(index, "code:3", func(n int) bool { return n%5 == 3 })
			f(index, "not code:3", func(n int) bool { return n%5 != 3 })
			f(index, "only:x", func(n int) bool { return n%2 == 0 })
			f(index, "not only:x", func(n int) bool { return n%2 == 1 })
			f(index, "not only:* and code:3", func(n int) bool { return n%2 == 1 && n%5 == 3 })
			f(index, `@timestamp >= "2026-03-14T08:00:00.030000031Z"`, func(n int) bool { return n >= 31 })
		}
	})
}

// A pattern that means nothing is told; a closed index is passed over or told, and
// so is one that is deleted while its pages are asked for.
func TestIndicesThatAreNotThere(t *testing.T) {
	onEachKind(t, func(t *testing.T, s *servertest.Server) {
		if _, err := ofIndex(t, s, "odd-nothing-*").Search(t.Context(), sources.Request{Filter: anyTime(nil), Limit: 5}); err == nil || !strings.Contains(err.Error(), "odd-nothing-*") {
			t.Errorf("no index matches, and it says %v", err)
		}
		var docs [][]byte
		for n := range 100 {
			docs = append(docs, fmt.Appendf(nil, `{"@timestamp":"2026-03-14T08:00:%02dZ","n":%d}`, n%60, n))
		}
		s.Bulk(t, "odd-open", 0, docs)
		s.Bulk(t, "odd-shut", 0, docs)
		s.Do(t, http.MethodPost, "/odd-shut/_close", nil)
		if got, notes := numbers(t, ofIndex(t, s, "odd-open,odd-shut"), "", 30); len(got) != 100 {
			t.Errorf("beside a closed index %d are found, %v", len(got), notes)
		}
		source := ofIndex(t, s, "odd-open")
		r := sources.Request{Filter: anyTime(nil), Start: sources.Position{Time: math.MinInt64, Sequence: math.MinInt64}, Limit: 30}
		p, err := source.Search(t.Context(), r)
		must(t, err)
		r.Start = p.Hits[len(p.Hits)-1].Position
		s.Do(t, http.MethodDelete, "/odd-open", nil)
		if p, err = source.Search(t.Context(), r); err == nil || !strings.Contains(err.Error(), "odd-open") {
			t.Errorf("of an index that is gone: %d hits, end %t, notes %v, %v", len(p.Hits), p.End, p.Notes, err)
		}
	})
}

// Where a server allows few buckets, everything is counted all the same.
func TestFewBuckets(t *testing.T) {
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			s := servertest.Start(t, kind, "search.max_buckets=100")
			var docs [][]byte
			for n := range 600 {
				docs = append(docs, fmt.Appendf(nil, `{"@timestamp":"%s","n":%d,"level":"error","service":"s%d"}`, time.Unix(1_773_475_200+int64(n)*60, 0).UTC().Format(time.RFC3339), n, n%10))
			}
			s.Bulk(t, "odd-buckets", 0, docs)
			d := inFile(t, "buckets", docs)
			got, err := ofIndex(t, s, "odd-buckets").Totals(t.Context(), anyTime(nil))
			must(t, err)
			if diff := differ(got, d.of(t, "").totals); diff != "" {
				t.Errorf("%s, notes %v", diff, got.Notes)
			}
		})
	}
}

// Quitting leaves no search and no context behind.
func TestNothingIsLeft(t *testing.T) {
	onEachKind(t, func(t *testing.T, s *servertest.Server) {
		d := shopDocuments(t, "json", servertest.Sized(t, 100_000))
		s.Bulk(t, "odd-left", 0, d.lines)
		ctx, cancel := context.WithCancel(t.Context())
		v := viewOf(t, d.session(t, ofIndex(t, s, "odd-left")), anyTime(parsed(t, "not /x{3}[a-z]*y/")))
		n := 0
		err := v.Each(ctx, func(session.Key, *logs.Record) bool {
			if n++; n == 600 {
				cancel()
			}
			return true
		})
		cancel()
		if n < 600 {
			t.Fatalf("%d records, %v", n, err)
		}
		s.Rests(t)
	})
}
