//go:build servers

package elastic_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/summary"
)

// The same query finds the same records in a file and in an index of the same
// documents, however the index maps their fields. Where the index is asked for
// more, no total claims to be exact that is not; where it cannot look, it finds
// fewer, all others match in such fields alone, and the answer says so.
func TestFileEqualsIndex(t *testing.T) {
	const full = 200_000
	n := servertest.Sized(t, full)
	docs := []*documents{shopDocuments(t, "json", n), shopDocuments(t, "ecs", n), oddDocuments(t, n/10+1000)}
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			server := servertest.Shared(t, kind)
			for _, d := range docs {
				for i, mapping := range []string{"dynamic", "ecs", "stream"} {
					if mapping == "stream" && (d.name != "ecs" || !server.DataStreams()) {
						continue // of documents that all have the time under the name of data streams
					}
					t.Run(d.name+"/"+mapping, func(t *testing.T) {
						t.Parallel()
						c := newComparison(t, server, d, mapping)
						if n < full {
							c.part, c.parts = i, 3
						}
						c.run(t)
					})
				}
			}
		})
	}
}

// asked is how a query can be put to an index.
type asked struct {
	wider  bool
	missed []string
}

// A comparison is of a file and an index.
type comparison struct {
	*documents
	kind, mapping string
	source        *elastic.Source
	session       *session.Session
	ask           func(text string) asked
	part, parts   int // which of so many parts of the queries are asked: each mapping its own, where not all

	exact, wider, missed, atLeast int             // queries, and those of the wider ones that are not counted exactly
	records                       int             // that were fetched and compared
	faults                        map[string]bool // the queries of which one was told
}

func newComparison(t *testing.T, server *servertest.Server, d *documents, mapping string) *comparison {
	t.Helper()
	return comparisonOf(t, server, d, mapping, fill(t, server, d, mapping))
}

// comparisonOf is one of documents that stand in that index already.
func comparisonOf(t *testing.T, server *servertest.Server, d *documents, mapping, index string) *comparison {
	t.Helper()
	c := &comparison{documents: d, kind: server.Kind, mapping: mapping, parts: 1, faults: map[string]bool{}}
	var err error
	c.source, err = elastic.New(elastic.Options{Name: "prod", URLs: []string{server.URL}, Index: index})
	must(t, err)
	c.session = d.session(t, c.source)
	c.ask = func(text string) asked {
		f := anyTime(parsed(t, text))
		f.Now = d.now
		_, wider, missed, err := c.source.Explain(t.Context(), f)
		must(t, err)
		return asked{wider, missed}
	}
	return c
}

func (c *comparison) run(t *testing.T) {
	began := time.Now()
	c.sameRecords(t)
	list := queriesFor(c.documents)
	var slowest time.Duration
	var slow string
	for i, text := range list {
		if i%c.parts != c.part {
			continue
		}
		at := time.Now()
		c.query(t, text, i%totalsOf == 0)
		if d := time.Since(at); d > slowest {
			slowest, slow = d, text
		}
	}
	t.Logf("%-4s %-4s %-7s %6d documents %4d queries: %4d exact %4d wider (%d not counted to the end) %4d missed, %7d records compared in %.1f s, the slowest in %.1f s: %s",
		c.kind, c.name, c.mapping, len(c.lines), c.exact+c.wider+c.missed, c.exact, c.wider, c.atLeast, c.missed, c.records, time.Since(began).Seconds(), slowest.Seconds(), slow)
}

// totalsOf is of how many queries one has its totals compared, not only its records and their number.
const totalsOf = 5

// most is how many records of one query are fetched and compared; of a query that finds more, as many out of its middle.
const most = 1000

// query compares what both find and count.
func (c *comparison) query(t *testing.T, text string, andTotals bool) {
	t.Helper()
	want := c.of(t, text)
	a := c.ask(text)
	f := anyTime(parsed(t, text))
	if timed := len(want.times); len(want.ns) > most && timed > most {
		at := (timed - most) / 2
		f.From, f.To = want.times[at], want.times[at+most-1]
	}
	found := c.find(t, text, f)
	lacking := 0
	for i, n := range want.ns {
		if f.From != logs.NoTime && (i >= len(want.times) || want.times[i] < f.From || want.times[i] >= f.To) {
			continue
		}
		if found[n] {
			delete(found, n)
			continue
		}
		lacking++
		if len(a.missed) == 0 || !c.mayLack(t, text, c.lines[n], a.missed) {
			c.fault(t, text, a, "%s is not found", c.lines[n])
		}
	}
	for n := range found {
		c.fault(t, text, a, "%s is found", c.lines[n])
		break
	}
	switch {
	case len(a.missed) > 0:
		c.missed++
	case a.wider:
		c.wider++
	default:
		c.exact++
	}
	c.counts(t, text, a, want, lacking)
	if andTotals {
		c.totals(t, text, a, want)
	}
}

// find returns which documents the index has for a filter, all of them fetched.
func (c *comparison) find(t *testing.T, text string, f sources.Filter) map[int]bool {
	t.Helper()
	found := map[int]bool{}
	last := int64(math.MinInt64)
	eachOf(t.Context(), t, viewOf(t, c.session, f), func(k session.Key, r *logs.Record) {
		n := number(t, r)
		if found[n] || k.Time < last {
			c.fault(t, text, asked{}, "%s comes twice, or out of order", c.lines[n])
		}
		found[n], last = true, k.Time
	})
	c.records += len(found)
	return found
}

// counts compares how many both count.
func (c *comparison) counts(t *testing.T, text string, a asked, want *truth, lacking int) {
	t.Helper()
	if a.wider && len(want.ns) > most {
		return // its records are fetched to be counted, and all that can be said of the first 10,000 is
	}
	v := viewOf(t, c.session, anyTime(parsed(t, text)))
	n, err := v.Count(t.Context())
	must(t, err)
	c.countOf(t, text, a, n, want, fmt.Sprint(v.Unread()))
	if lacking > 0 {
		f := anyTime(parsed(t, text))
		f.Now = c.now
		p, err := c.source.Search(t.Context(), sources.Request{Filter: f, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Backward: true, Limit: 10})
		must(t, err)
		if len(p.Notes) == 0 {
			c.fault(t, text, a, "%d records are not found, and no note says so", lacking)
		}
	}
}

// countOf holds a count to the truth: it is that, or says that it is not.
func (c *comparison) countOf(t *testing.T, text string, a asked, got summary.Count, want *truth, why string) {
	t.Helper()
	is := int64(len(want.ns))
	switch {
	case got.Certainty == summary.Exact && got.N != is:
		c.fault(t, text, a, "it is counted as %d, exactly, and is %d", got.N, is)
	case !a.wider && len(a.missed) == 0 && got.Certainty != summary.Exact:
		c.fault(t, text, a, "it is not counted exactly: %d, %s", got.N, why)
	case got.N > is:
		c.fault(t, text, a, "%d are counted, more than %d", got.N, is)
	}
}

// totals compares what both count by level, service and minute.
func (c *comparison) totals(t *testing.T, text string, a asked, want *truth) {
	t.Helper()
	if a.wider && len(want.ns) > most {
		return
	}
	v := viewOf(t, c.session, anyTime(parsed(t, text)))
	totals, err := v.Totals(t.Context())
	must(t, err)
	c.countOf(t, text, a, totals.Records, want, fmt.Sprint(totals.Notes))
	if totals.Records.Certainty != summary.Exact {
		c.atLeast++
		if len(totals.Notes) == 0 {
			c.fault(t, text, a, "no note says why it is not counted exactly")
		}
		return
	}
	if diff := differ(totals, want.totals); diff != "" {
		c.fault(t, text, a, "totals: %s", diff)
	}
}

// differ says in what an index's totals differ from a file's; "" where they are the same.
func differ(got, want *summary.Totals) string {
	var out []string
	put := func(what string, a, b any) {
		if fmt.Sprint(a) != fmt.Sprint(b) {
			out = append(out, fmt.Sprintf("%s %.300s, in the file %.300s", what, fmt.Sprint(a), fmt.Sprint(b)))
		}
	}
	levels := func(m map[int64]*summary.ByLevel) map[int64]summary.ByLevel {
		out := map[int64]summary.ByLevel{}
		for k, v := range m {
			out[k] = *v
		}
		return out
	}
	put("records", got.Records.N, want.Records.N)
	put("levels", got.Levels, want.Levels)
	put("services", got.Services, want.Services)
	put("minutes", levels(got.Minutes), levels(want.Minutes))
	put("first", got.First, want.First)
	put("last", got.Last, want.Last)
	put("unparsed", got.Unparsed, 0)
	put("lines and bytes", fmt.Sprint(got.Lines, got.Bytes), "-1 -1")
	return strings.Join(out, "; ")
}

// mayLack reports whether a document does not match a query where the missed fields
// cannot be looked at: by free text alone, or by anything.
func (c *comparison) mayLack(t *testing.T, text string, line []byte, missed []string) bool {
	t.Helper()
	n, whole, less := parsed(t, text), c.decoded(t, line), c.decoded(t, without(t, line, missed))
	return !c.holds(n, less, whole) || !c.holds(n, less, less)
}

// holds reports whether a query matches where free text looks at one record, and what names a field at another.
func (c *comparison) holds(n query.Node, free, named *logs.Record) bool {
	holds := func(of query.Node) bool { return c.holds(of, free, named) }
	switch n := n.(type) {
	case *query.And:
		return !slices.ContainsFunc(n.Nodes, func(of query.Node) bool { return !holds(of) })
	case *query.Or:
		return slices.ContainsFunc(n.Nodes, holds)
	case *query.Not:
		return !holds(n.Node)
	case *query.Text:
		return query.Compile(n, query.Env{Now: c.now}).Match(free)
	}
	return query.Compile(n, query.Env{Now: c.now}).Match(named)
}

// maxFaults is of how many queries of one comparison a fault is told.
const maxFaults = 25

func (c *comparison) fault(t *testing.T, text string, a asked, format string, args ...any) {
	t.Helper()
	if !c.faults[text] && len(c.faults) < maxFaults {
		c.faults[text] = true
		t.Errorf("%s %s %s: %s (wider %t, missed %v): %.500s", c.kind, c.name, c.mapping, text, a.wider, a.missed, fmt.Sprintf(format, args...))
	}
}

// sameRecords compares records, all that they have.
func (c *comparison) sameRecords(t *testing.T) {
	t.Helper()
	f := anyTime(nil)
	if all := c.of(t, ""); len(all.ns) > most {
		f.From, f.To = all.times[0], all.times[most-1]
	}
	n := 0
	eachOf(t.Context(), t, viewOf(t, c.session, f), func(_ session.Key, r *logs.Record) {
		n++
		line := c.lines[number(t, r)]
		if diff := differRecords(r, c.decoded(t, line)); diff != "" {
			c.fault(t, "", asked{}, "%s: %s", line, diff)
		}
	})
	if n == 0 {
		t.Errorf("%s %s %s: no records", c.kind, c.name, c.mapping)
	}
}

func differRecords(got, want *logs.Record) string {
	var out []string
	put := func(what string, a, b any) {
		if a != b {
			out = append(out, fmt.Sprintf("%s %.100s, in the file %.100s", what, fmt.Sprint(a), fmt.Sprint(b)))
		}
	}
	put("time", got.Time, want.Time)
	put("severity", got.Severity, want.Severity)
	put("severity text", got.SeverityText, want.SeverityText)
	put("body", got.Body, want.Body)
	put("service", got.Service, want.Service)
	put("host", got.Host, want.Host)
	put("trace", got.TraceID, want.TraceID)
	put("span", got.SpanID, want.SpanID)
	put("marks", got.Marks, want.Marks)
	if !reflect.DeepEqual(got.Attrs, want.Attrs) {
		out = append(out, fmt.Sprintf("attributes %.200s, in the file %.200s", fmt.Sprint(got.Attrs), fmt.Sprint(want.Attrs)))
	}
	return strings.Join(out, "; ")
}
