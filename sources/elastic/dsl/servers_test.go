//go:build servers

package dsl

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/sources/format"
)

// A real server finds what the query holds for on the records decoded here: no
// less, but for what is missed, and where the translation is exact no more.
func TestServerFindsWhatMatches(t *testing.T) {
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			findsWhatMatches(t, server{t, servertest.Shared(t, kind)})
		})
	}
}

func findsWhatMatches(t *testing.T, s server) {
	r := rand.New(rand.NewPCG(1, 1))
	var docs []string
	for range 600 {
		docs = append(docs, randomDocument(r))
	}
	s.fill(docs)
	records := decodeAll(t, docs)
	testMapping := testMapping
	testMapping.Unmarked = s.OpenSearch()

	asked, exact, found := 0, 0, 0
	f := func(text string) {
		tree := parse(t, text)
		q := DSL(tree, testMapping)
		got := s.search(q.Body)
		local := query.Compile(tree, testMapping.Env)
		asked++
		if q.Exact() {
			exact++
		}
		for i, record := range records {
			switch want := local.Match(record); {
			case want && !got[i] && len(q.Missed) == 0:
				t.Fatalf("%s does not find %s\n%s", text, docs[i], marshal(t, q.Body))
			case !want && got[i] && !q.Wider:
				t.Fatalf("%s is no match of %s\n%s", docs[i], text, marshal(t, q.Body))
			case want:
				found++
			}
		}
	}
	for _, text := range serverQueries {
		f(text)
		f("not (" + text + ")")
	}
	for range servertest.Sized(t, 1500) {
		f(randomQuery(r, 4))
	}
	t.Logf("%d queries, %d exact, %d matches", asked, exact, found)
}

var serverQueries = []string{
	`*`, `timeout`, `"timed out"`, `*out*`, `time*`, `message:*`, `pod:web-1`, `pod:web*`, `service:pay*`, `level:ERROR`, `host:a`, `hostname:a`, `host:*`, `level >= WARN`,
	`level < info`, `level:w*`, `level:/warn/`, `status:500.0`, `status > 99999`, `status:99999`, `ms >= 1.5`, `up:true`, `peer:10.0.0.1`,
	`@timestamp >= now-15m`, `@timestamp < 2026-03-14`, `@timestamp:2026-03-14`, `trace_id:A3CE929D0E0E4736`, `trace_id:"11803532876627986230"`,
	`trace_id:4bf92f3577b34da6a3ce929d0e0e4736`, `trace_id:other`, `trace_id:*`, `trace_id:a3*`, `trace_id:/^4bf/`, `trace_id:abcd-0efgh42`, `trace_id:order_17`, `tr*:a3ce929d0e0e4736`, `trace_id:(other or abcd-0efgh42)`,
	`items:{ sku:7 and name:a }`, `items.sku:7`, `items:{ not sku:7 }`, `items:{ a }`, `tags:{ k:a and v:b }`, `tags:{ not k:a }`,
	`labels.app:x`, `labels:*`, `service:*`, `user:*`, `s*:pay`, `*:a`, `remark:a-b`, `remark:"timed out"`, `reason:timed`, `service.version:/^1\.[0-9]$/`,
	`service:/^(pay|Pay)(ment)?$/`, `service:/a{1,2}ym/`, `service:/[^a-z]ay/`, `service:/(?i)PAY$/`, `service.version:/\d+\.\d/`, `service:/^.{3}$/`, `service:/^$|x/`,
	`level:(error or odd)`, `level:"odd"`, `level > notice`, `severity:warn error`, `time*:*`, `message:time-out`, `message:*e-o*`, `reason:*`, `s*e.v*:*`,
	`pod:/b-[0-9]/`, `message:/out$/`, `/timed/`, `42`, `"42"`, `4.2e1`, `true`, `due > 2026-03-13`, `status:(200 or 404)`, `pod:web-1 web-2`,
}

func randomQuery(r *rand.Rand, depth int) string {
	q := serverQueries[r.IntN(len(serverQueries))]
	if depth == 0 {
		return q
	}
	switch r.IntN(4) {
	case 0:
		return "(" + q + ") and (" + randomQuery(r, depth-1) + ")"
	case 1:
		return "(" + q + ") or (" + randomQuery(r, depth-1) + ")"
	case 2:
		return "not (" + q + " and not (" + randomQuery(r, depth-1) + "))"
	}
	return q
}

func randomDocument(r *rand.Rand) string {
	pick := func(of ...any) any { return of[r.IntN(len(of))] }
	doc := map[string]any{}
	maybe := func(name string, of ...any) {
		if r.IntN(3) > 0 {
			doc[name] = pick(of...)
		}
	}
	maybe("@timestamp", "2026-03-14T11:50:00.123Z", "2026-03-14T11:00:00Z", "2026-03-13T23:59:59.999Z")
	maybe("message", "Read timed out", "timeout", "SocketTimeoutException at a", "time-out 42", "the out", "",
		"paid, trace_id=A3CE929D0E0E4736,next", "dd.trace_id:a3ce929d0e0e4736.Next", "TraceID: 4bf92f35-77b3-4da6-a3ce-929d0e0e4736", `{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}`,
		"traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "my_trace_id:abcd-0efgh42.also", "trace_id=11803532876627986230:x", "trace id: none", "trace_id=0000000000000000 traceId=order_17")
	maybe("log.level", "ERROR", "warn", "Info", "notice", "SEVERE", "odd")
	maybe("level", "error", "WARNING", "debug", "[Info]", "e", "30")
	maybe("service.name", "pay", "payment", "Pay")
	maybe("service.version", "1.2", "1.10", "2")
	maybe("host.name", "a", "b")
	maybe("hostname", "a", "c")
	maybe("pod", "web-1", "web-2", "db-1", []any{"web-1", "db-1"}, strings.Repeat("web-x ", 60))
	maybe("remark", "a-b", "a b", "it timed out", nil)
	maybe("reason", "Timed out", "none")
	maybe("status", 200, 404, 500, []any{500, 200})
	maybe("ms", 1.5, 42, 0.25)
	maybe("up", true, false)
	maybe("peer", "10.0.0.1", "10.0.0.2")
	maybe("due", "2026-03-13T08:00:00.000000001Z", "2026-03-15T08:00:00Z")
	maybe("trace.id", "a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736", "11803532876627986230", "A3CE929D0E0E4736", "Other",
		"0000000000000000a3ce929d0e0e4736", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	maybe("items", []any{map[string]any{"sku": 7, "name": "b"}, map[string]any{"sku": 8, "name": "a"}}, []any{map[string]any{"sku": 7, "name": "a"}})
	maybe("tags", []any{map[string]any{"k": "a", "v": "c"}, map[string]any{"k": "x", "v": "b"}}, map[string]any{"k": "a", "v": "b"})
	maybe("labels", map[string]any{"app": "x"}, map[string]any{"app": "y", "z": "a"})
	b, _ := json.Marshal(doc)
	return string(b)
}

func decodeAll(t *testing.T, docs []string) []*logs.Record {
	x, err := format.New(format.Options{Format: "json"})
	if err != nil {
		t.Fatal(err)
	}
	jsonLines, _ := x.Format("json")
	var out []*logs.Record
	for _, doc := range docs {
		r := &logs.Record{}
		r.Reset()
		jsonLines.Decode([]byte(doc), r)
		out = append(out, r.Clone())
	}
	return out
}

type server struct {
	t *testing.T
	*servertest.Server
}

const testIndex = "lx-dsl-test"

// fill makes the index anew, mapped as testMapping says.
func (s server) fill(docs []string) {
	properties := map[string]any{}
	for name, f := range testMapping.Fields {
		if name == "pod.keyword" {
			continue
		}
		at := properties
		if strings.HasPrefix(name, "items.") {
			continue
		}
		kind := f.Type
		if kind == "flattened" && s.OpenSearch() {
			kind = "flat_object"
		}
		at[name] = map[string]any{"type": kind}
	}
	properties["pod"] = map[string]any{"type": "text", "fields": map[string]any{"keyword": map[string]any{"type": "keyword", "ignore_above": 256}}}
	properties["items"] = map[string]any{"type": "nested", "properties": map[string]any{"sku": map[string]any{"type": "long"}, "name": map[string]any{"type": "keyword"}}}
	s.Delete(s.t, testIndex)
	s.Do(s.t, http.MethodPut, "/"+testIndex, map[string]any{"mappings": map[string]any{"properties": properties}})
	lines := make([][]byte, len(docs))
	for i, doc := range docs {
		lines[i] = []byte(doc)
	}
	s.Bulk(s.t, testIndex, 0, lines)
}

// search returns which documents a query finds.
func (s server) search(body any) map[int]bool {
	out := s.Do(s.t, http.MethodPost, "/"+testIndex+"/_search", map[string]any{"size": 10000, "_source": false, "query": body})
	found := map[int]bool{}
	for _, hit := range out["hits"].(map[string]any)["hits"].([]any) {
		var n int
		_, _ = fmt.Sscan(hit.(map[string]any)["_id"].(string), &n)
		found[n] = true
	}
	return found
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
