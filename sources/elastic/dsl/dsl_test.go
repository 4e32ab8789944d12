package dsl

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

func parse(t testing.TB, text string) query.Node {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

// decoded is a body as a server reads it.
func decoded(t testing.TB, body any) (out any) {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, query string, body any, want string) {
	t.Helper()
	var w any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatalf("%s: %v", want, err)
	}
	if got := decoded(t, body); !reflect.DeepEqual(got, w) {
		b, _ := json.Marshal(got)
		t.Errorf("%s:\n got %s\nwant %s", query, b, want)
	}
}

func TestWithoutMapping(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		same(t, text, DSL(parse(t, text), Mapping{}).Body, want)
	}
	f(``, `{"match_all":{}}`)
	f(`late`, `{"multi_match":{"type":"best_fields","query":"late","lenient":true}}`)
	f(`"too late"`, `{"multi_match":{"type":"phrase","query":"too late","lenient":true}}`)
	f(`lat*-1`, `{"query_string":{"query":"lat*\\-1"}}`)
	f(`pod:null`, `{"bool":{"should":[{"match":{"pod":null}}],"minimum_should_match":1}}`)
	f(`not a:{ b >= 1 }`, `{"bool":{"must_not":{"nested":{"path":"a","score_mode":"none","query":{"bool":{"should":[{"range":{"a.b":{"gte":"1"}}}],"minimum_should_match":1}}}}}}`)
	f(`level >= WARN`, `{"bool":{"should":[{"range":{"level":{"gte":"WARN"}}}],"minimum_should_match":1}}`)
	f(`pod:/web-[0-9]+$/`, `{"bool":{"should":[{"regexp":{"pod":".*web\\-([0-9])+"}}],"minimum_should_match":1}}`)
	f(`/a\/b/`, `{"query_string":{"query":"/.*a\\/b.*/"}}`)
}

// testMapping is an index as a shipper makes it.
var testMapping = Mapping{
	Fields: map[string]Field{
		"@timestamp": {Type: "date"}, "message": {Type: "text"},
		"log.level": {Type: "keyword"}, "level": {Type: "keyword"},
		"host.name": {Type: "keyword"}, "hostname": {Type: "keyword"}, "service.name": {Type: "keyword"}, "service.version": {Type: "keyword"},
		"pod": {Type: "text"}, "pod.keyword": {Type: "keyword", IgnoreAbove: 256},
		"remark": {Type: "text"}, "reason": {Type: "keyword"},
		"status": {Type: "short"}, "ms": {Type: "float"}, "up": {Type: "boolean"}, "peer": {Type: "ip"}, "due": {Type: "date_nanos"},
		"trace.id": {Type: "keyword"}, "items": {Type: "nested"}, "items.sku": {Type: "long"}, "items.name": {Type: "keyword"},
		"tags.k": {Type: "keyword"}, "tags.v": {Type: "keyword"}, "labels": {Type: "flattened"},
	},
	Env: query.Env{Now: time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)},
}

func TestWithMapping(t *testing.T) {
	f := func(text, quality, want string) {
		t.Helper()
		q := DSL(parse(t, text), testMapping)
		same(t, text, q.Body, want)
		got := "exact"
		switch {
		case q.Wider:
			got = "wider"
		case len(q.Missed) > 0:
			got = "misses " + strings.Join(q.Missed, " ")
		}
		if got != quality {
			t.Errorf("%s is %s, not %s", text, got, quality)
		}
	}
	f(`*`, "exact", `{"match_all":{}}`)
	f(`message:a b`, "exact", `{"match":{"message":"a b"}}`)
	f(`msg:"a b"`, "exact", `{"match_phrase":{"message":"a b"}}`)
	f(`message:--`, "exact", `{"match_none":{}}`)
	f(`message:*Out*`, "exact", `{"wildcard":{"message":{"value":"*out*"}}}`)
	f(`message:ti*ut`, "wider", `{"bool":{"filter":[{"wildcard":{"message":{"value":"ti*"}}},{"wildcard":{"message":{"value":"*ut"}}}]}}`)
	f(`message:/x/`, "wider", `{"exists":{"field":"message"}}`)
	f(`host:a`, "exact", `{"bool":{"should":[{"terms":{"host.name":["a"]}},{"bool":{"filter":[{"terms":{"hostname":["a"]}}],"must_not":[{"bool":{"filter":[{"exists":{"field":"host.name"}}],"must_not":[{"term":{"host.name":""}}]}}]}}],"minimum_should_match":1}}`)
	f(`service:pay`, "exact", `{"terms":{"service.name":["pay"]}}`)
	f(`pod:a b`, "exact", `{"terms":{"pod.keyword":["a b","a","b"]}}`)
	f(`pod:a*`, "wider", `{"bool":{"should":[{"wildcard":{"pod.keyword":{"value":"a*"}}},{"term":{"_ignored":"pod.keyword"}}],"minimum_should_match":1}}`)
	f(`service.version:/^1\.2/`, "exact", `{"regexp":{"service.version":"1\\.2.*"}}`)
	f(`service.version:/\b1/`, "wider", `{"regexp":{"service.version":".*()1.*"}}`)
	f(`remark:a-b`, "wider", `{"match_phrase":{"remark":"a-b"}}`)
	f(`reason:Out`, "wider", `{"wildcard":{"reason":{"value":"*out*","case_insensitive":true}}}`)
	f(`status:500.0`, "exact", `{"terms":{"status":[500]}}`)
	f(`status:70000`, "exact", `{"match_none":{}}`)
	f(`status < 70000`, "exact", `{"exists":{"field":"status"}}`)
	f(`status > 70000`, "exact", `{"match_none":{}}`)
	f(`status >= 5e2`, "exact", `{"range":{"status":{"gte":500}}}`)
	f(`status:1.25`, "wider", `{"terms":{"status":[1]}}`)
	f(`status > 1.25`, "wider", `{"range":{"status":{"gte":1}}}`)
	f(`status < -1.25`, "wider", `{"range":{"status":{"lte":-1}}}`)
	f(`status < 32767.5`, "wider", `{"range":{"status":{"lte":32767}}}`)
	f(`ms:1.25`, "exact", `{"terms":{"ms":[1.25]}}`)
	f(`status > abc`, "exact", `{"match_none":{}}`)
	f(`up:true`, "exact", `{"terms":{"up":[true]}}`)
	f(`up:yes`, "exact", `{"match_none":{}}`)
	f(`peer:10.0.0.1`, "exact", `{"terms":{"peer":["10.0.0.1"]}}`)
	f(`@timestamp >= now-15m`, "exact", `{"range":{"@timestamp":{"gte":"2026-03-14T11:45:00.000Z","format":"strict_date_optional_time"}}}`)
	f(`time <= 2026-03-13`, "exact", `{"range":{"@timestamp":{"lt":"2026-03-14T00:00:00.000Z","format":"strict_date_optional_time"}}}`)
	f(`time < "2026-03-13T08:00:00.0001Z"`, "wider", `{"range":{"@timestamp":{"lt":"2026-03-13T08:00:00.001Z","format":"strict_date_optional_time"}}}`)
	f(`due > 1960-01-01`, "exact", `{"exists":{"field":"due"}}`)
	f(`due < 1970-01-01`, "exact", `{"range":{"due":{"lt":"1970-01-01T00:00:00.000000000Z","format":"strict_date_optional_time_nanos"}}}`)
	f(`due < 1969-12-31`, "exact", `{"match_none":{}}`)
	f(`due > 2026-03-13`, "exact", `{"range":{"due":{"gte":"2026-03-14T00:00:00.000000000Z","format":"strict_date_optional_time_nanos"}}}`)
	f(`user:*`, "misses user", `{"match_none":{}}`)
	f(`service:*`, "exact", `{"bool":{"should":[{"bool":{"filter":[{"exists":{"field":"service.name"}}],"must_not":[{"term":{"service.name":""}}]}},{"exists":{"field":"service"}}],"minimum_should_match":1}}`)
	f(`hostname:""`, "exact", `{"bool":{"minimum_should_match":1,"should":[
		{"terms":{"hostname":[""]}},
		{"bool":{"filter":[{"bool":{"filter":[{"terms":{"host.name":[""]}}],"must_not":[{"term":{"host.name":""}}]}}],"must_not":[{"exists":{"field":"hostname"}}]}}]}}`)
	f(`labels.app:x`, "exact", `{"terms":{"labels.app":["x"]}}`)
	f(`items:{ sku:7 and name:a }`, "exact", `{"nested":{"path":"items","score_mode":"none","query":{"bool":{"filter":[{"terms":{"items.sku":[7]}},{"terms":{"items.name":["a"]}}]}}}}`)
	f(`items.sku:7`, "exact", `{"nested":{"path":"items","score_mode":"none","query":{"terms":{"items.sku":[7]}}}}`)
	f(`tags:{ k:a and v:b }`, "wider", `{"bool":{"filter":[{"terms":{"tags.k":["a"]}},{"terms":{"tags.v":["b"]}}]}}`)
	f(`tags:{ not k:a }`, "wider", `{"match_all":{}}`)
	f(`not remark:x`, "wider", `{"match_all":{}}`)
	f(`not (remark:x or message:y)`, "wider", `{"bool":{"filter":[{"match_all":{}},{"bool":{"must_not":{"match":{"message":"y"}}}}]}}`)
	f(`not user:x`, "wider", `{"bool":{"must_not":{"match_none":{}}}}`)
	f(`s*.v*:1`, "exact", `{"terms":{"service.version":["1"]}}`)
}

// OpenSearch does not say of which records it left out a long value.
func TestUnmarked(t *testing.T) {
	m := Mapping{Unmarked: true, Fields: map[string]Field{
		"pod": {Type: "text"}, "pod.keyword": {Type: "keyword", IgnoreAbove: 9}, "zone": {Type: "keyword", IgnoreAbove: 9}}}
	q := DSL(parse(t, `pod:a*`), m)
	same(t, `pod:a*`, q.Body, `{"bool":{"should":[{"wildcard":{"pod.keyword":{"value":"a*"}}},
		{"bool":{"filter":[{"exists":{"field":"pod"}}],"must_not":[{"exists":{"field":"pod.keyword"}}]}}],"minimum_should_match":1}}`)
	if !q.Wider || len(q.Missed) > 0 {
		t.Errorf("wider %t, missed %q", q.Wider, q.Missed)
	}
	if q := DSL(parse(t, `zone:a*`), m); q.Wider || len(q.Missed) != 1 {
		t.Errorf("wider %t, missed %q", q.Wider, q.Missed)
	}
}

// A level is asked for by its spellings, in each of its fields.
func TestLevel(t *testing.T) {
	m := Mapping{Fields: map[string]Field{"lvl": {Type: "keyword"}}}
	f := func(text string, wider bool, want string) {
		t.Helper()
		q := DSL(parse(t, text), m)
		if q.Wider != wider {
			t.Errorf("%s: wider %t", text, q.Wider)
		}
		same(t, text, q.Body, want)
	}
	// Beside the spellings: letters, brackets, colours, names with a dot before, and syslog's and Bunyan's numbers.
	in := func(words, others string) string {
		around := `([ \t\\[\\]\\<\\>\\(\\):]|\u001b\\[[0-9;]*m)*`
		return `{"regexp":{"lvl":{"case_insensitive":true,"value":"` + around + "(((log)?(level|severity)[._])?(" + words + ")" + around + others + `"}}}`
	}
	f(`level >= fatal2`, false, in("alert|emerg|emergency|fatal2|fatal3|fatal4|pani|panic|pnc)", "|[0-1]|6[3-9]"))
	f(`level:notice`, false, in("info2|note|notice|ntc|success)|[nN]", "|5|3[3-4]"))
	f(`level:e-1`, false, `{"regexp":{"lvl":{"case_insensitive":true,"value":"e\\-1"}}}`)
	f(`level:z*`, false, `{"wildcard":{"lvl":{"case_insensitive":true,"value":"z*"}}}`)
	f(`level > loud`, true, `{"exists":{"field":"lvl"}}`)
	m.Fields["severity"] = Field{Type: "keyword"}
	if q := DSL(parse(t, `level:odd`), m); !q.Wider {
		t.Error("of two levels that cannot be read only the first is asked for")
	}
	if q := DSL(parse(t, `level:ERROR`), m); q.Wider {
		t.Error("the first level that can be read is not known")
	}
}

func TestTrace(t *testing.T) {
	m := testMapping
	m.Fields = maps.Clone(m.Fields)
	delete(m.Fields, "labels")  // may hold labels.trace_id, which cannot be asked for in every spelling
	delete(m.Fields, "message") // may name the id
	f := func(text string, exact bool, want ...string) {
		t.Helper()
		q := DSL(parse(t, text), m)
		if q.Exact() != exact {
			t.Errorf("%s: exact %t", text, q.Exact())
		}
		body, _ := json.Marshal(q.Body)
		for _, s := range want {
			if !strings.Contains(string(body), `"`+s+`"`) {
				t.Errorf("%s: no %s in %s", text, s, body)
			}
		}
	}
	f(`trace_id:"11803532876627986230"`, true, `a3ce929d0e0e4736`, `11803532876627986230`, `[0-9a-f]{16}a3ce929d0e0e4736`)
	f(`trace_id:4bf92f3577b34da6a3ce929d0e0e4736`, true, `a3ce929d0e0e4736`, `4bf92f35-77b3-4da6-a3ce-929d0e0e4736`, `0000000000000000a3ce929d0e0e4736`)
	f(`trace_id:order-x`, false, `order-x`)
}

// An id that stands in the message alone is found, among others.
func TestTraceInMessages(t *testing.T) {
	f := func(m Mapping, text string, want ...string) {
		t.Helper()
		q := DSL(parse(t, text), m)
		body, _ := json.Marshal(q.Body)
		for _, s := range want {
			if !strings.Contains(string(body), s) {
				t.Errorf("%s: no %s in %s", text, s, body)
			}
		}
		if q.Wider != (len(want) > 0) {
			t.Errorf("%s: wider %t: %s", text, q.Wider, body)
		}
	}
	m := Mapping{Fields: map[string]Field{"msg": {Type: "text"}, "trace.id": {Type: "keyword"}}}
	f(m, `trace_id:A3CE929D0E0E4736`, `{"prefix":{"msg":{"value":"a3ce929d0e0e4736"}}}`, `.*(id|parent):a3ce929d0e0e4736.*`, `{"prefix":{"msg":{"value":"11803532876627986230"}}}`, `"trace.id"`)
	f(m, `trace_id:4bf92f35-77b3-4da6-a3ce-929d0e0e4736`, `{"term":{"msg":{"value":"77b3"}}}`)
	f(m, `trace_id:*`, `{"wildcard":{"msg":{"value":"*trace*"}}}`)
	f(m, `tr*:order-17`, `{"prefix":{"msg":{"value":"17"}}}`)
	f(m, `span_id:a3ce929d0e0e4736`)
	delete(m.Fields, "trace.id")
	f(m, `trace_id:a3ce929d0e0e4736`, `"msg"`)
	if q := DSL(parse(t, `trace_id:a3ce929d0e0e4736`), m); len(q.Missed) > 0 {
		t.Errorf("missed: %v", q.Missed)
	}
	m.Fields["msg"] = Field{Type: "keyword"}
	f(m, `trace_id:a3ce929d0e0e4736`, `{"wildcard":{"msg":{"case_insensitive":true,"value":"*a3ce929d0e0e4736*"}}}`, `*a3ce-929d0e0e4736*`)
	m.Fields["msg"] = Field{Type: "conflict"}
	if q := DSL(parse(t, `trace_id:a3ce929d0e0e4736`), m); !reflect.DeepEqual(q.Missed, []string{"msg", "trace_id"}) {
		t.Errorf("missed: %v", q.Missed)
	}
}

func TestFreeText(t *testing.T) {
	q := DSL(parse(t, `late`), testMapping)
	if q.Wider || !reflect.DeepEqual(q.Missed, []string{"host.name", "hostname", "items.name", "labels", "level", "log.level", "reason", "service.name", "service.version", "tags.k", "tags.v", "trace.id"}) {
		t.Errorf("wider %t, missed %q", q.Wider, q.Missed)
	}
	body, _ := json.Marshal(q.Body)
	for _, want := range []string{`"fields":["message","pod","remark"]`, `{"term":{"log.level":{"case_insensitive":true,"value":"late"}}}`,
		`{"nested":{"path":"items"`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if !DSL(parse(t, `not late`), testMapping).Wider {
		t.Error("what is missed is found by its negation")
	}
}

func TestLuceneRegexp(t *testing.T) {
	f := func(pattern, want string, exact bool) {
		t.Helper()
		if got, ok := luceneRegexp(pattern); got != want || ok != exact {
			t.Errorf("%s: %s %t", pattern, got, ok)
		}
	}
	f(`abc`, `.*abc.*`, true)
	f(`^a.c$`, "a[^\n]c", true)
	f(`^(a|bc)+$`, `(((a|bc)))+`, true)
	f(`a{2,}`, `.*(a){2,}.*`, true)
	f(`a{2}`, `.*(a){2,2}.*`, true)
	f(`[^0-9]`, `.*[^0-9].*`, true)
	f(`(?i)k`, ".*[Kk\u212a].*", true)
	f(`a#"b`, `.*a\#\"b.*`, true)
	f(`a\bb`, `.*a()b.*`, false)
	f(`(^a|b$)`, `.*((()a|b())).*`, false)
}

// What the query asks of the source, and what a server would refuse, is asked wider.
func TestWider(t *testing.T) {
	f := func(text string, m Mapping) {
		t.Helper()
		q := DSL(parse(t, text), m)
		if !q.Wider || depth(q.Body) > 18 || clauses(q.Body) > maxClauses {
			t.Errorf("%.80s: wider %t, depth %d, %d clauses", text, q.Wider, depth(q.Body), clauses(q.Body))
		}
	}
	f(`@source:a`, testMapping)
	f(`not @source:a`, testMapping)
	f(`@source:*`, testMapping)
	f(`level:ERROR or not @source >= a`, testMapping)
	deep := "status:1"
	for i := range 60 {
		deep = fmt.Sprintf("status:%d and (pod:b or (%s))", i, deep)
	}
	f(deep, testMapping)
	f("not ("+deep+")", testMapping)
	f(strings.Repeat("not (items:{ not (status:1 and (sku:7 or ", 15)+"name:a"+strings.Repeat(")) })", 15), testMapping)
	f("message:("+strings.Repeat("word ", 2000)+")", testMapping)
	f(strings.Repeat("a ", 600), testMapping)
	f("pod:a"+strings.Join(many(1100), ""), testMapping)
}

// many are so many conditions, each another one.
func many(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf(" or status:%d", i))
	}
	return out
}

// depth is how many query objects stand within each other.
func depth(body any) (n int) {
	switch b := body.(type) {
	case list:
		for _, item := range b {
			n = max(n, depth(item))
		}
	case object:
		for kind, of := range b {
			d := depth(of)
			if kind == "bool" || kind == "nested" {
				d++
			}
			n = max(n, d)
		}
	}
	return n
}

// What is indexed in another spelling than documents have is asked wider: whatever may match is found.
func TestNormalizedKeyword(t *testing.T) {
	m := Mapping{Fields: map[string]Field{"tag": {Type: "keyword", Normalized: true}, "error.message": {Type: "keyword", Normalized: true}}}
	f := func(text, want string) {
		t.Helper()
		q := DSL(parse(t, text), m)
		if same(t, text, q.Body, want); !q.Wider {
			t.Errorf("%s is exact", text)
		}
	}
	f(`tag:Web`, `{"terms":{"tag":["Web"]}}`)
	f(`tag:W*`, `{"exists":{"field":"tag"}}`)
	f(`tag:/^W/`, `{"exists":{"field":"tag"}}`)
	f(`tag > Web`, `{"exists":{"field":"tag"}}`)
	f(`not tag:Web`, `{"match_all":{}}`)
	f(`error.message:Out`, `{"exists":{"field":"error.message"}}`)
	if q := DSL(parse(t, "Web"), m); !q.Wider {
		t.Error("free text is exact")
	}
	if q := DSL(parse(t, "tag:*"), m); !q.Exact() {
		t.Error("whether it is there is not exact")
	}
	if f := m.Forms(logs.CoreService); len(f) > 0 {
		t.Errorf("forms %v", f)
	}
	m.Fields["service"] = Field{Type: "keyword", Normalized: true}
	if f := m.Forms(logs.CoreService); len(f) != 1 || !f[0].Normalized {
		t.Errorf("forms %+v", f)
	}
}

// An empty text is found by the field's very name, and is no level.
func TestEmptyLevel(t *testing.T) {
	m := Mapping{Fields: map[string]Field{"level": {Type: "keyword"}}}
	f := func(text, want string) {
		t.Helper()
		q := DSL(parse(t, text), m)
		if same(t, text, q.Body, want); !q.Exact() {
			t.Errorf("%s is not exact", text)
		}
	}
	f(`level:""`, `{"term":{"level":""}}`)
	f(`level:*`, `{"exists":{"field":"level"}}`)
	f(`severity:*`, `{"bool":{"filter":[{"exists":{"field":"level"}}],"must_not":[{"term":{"level":""}}]}}`)
}

// A record's service stands under every name that decoding reads.
func TestNamesOfDecoding(t *testing.T) {
	m := Mapping{Fields: map[string]Field{"svc.id": {Type: "keyword"}, "serviceName": {Type: "keyword"}, "logger": {Type: "keyword"}, "app": {Type: "long"}, "Level": {Type: "keyword"}}}
	same(t, `service:pay`, DSL(parse(t, `service:pay`), m).Body, `{"bool":{"minimum_should_match":1,"should":[{"terms":{"serviceName":["pay"]}},
		{"bool":{"filter":[{"bool":{"filter":[{"terms":{"logger":["pay"]}},{"regexp":{"logger":"[a-zA-Z_][a-zA-Z0-9_\\-]{0,63}"}}]}}],"must_not":[{"bool":{"filter":[{"exists":{"field":"serviceName"}}],"must_not":[{"term":{"serviceName":""}}]}}]}}]}}`)
	m.Core = map[logs.Core]string{logs.CoreService: "svc.id"}
	q := DSL(parse(t, `service:pay`), m)
	if body, _ := json.Marshal(q.Body); !strings.HasPrefix(string(body), `{"bool":{"minimum_should_match":1,"should":[{"terms":{"svc.id":["pay"]}}`) || q.Wider {
		t.Errorf("wider %t: %s", q.Wider, body)
	}
	if q := DSL(parse(t, `Level:ERROR`), m); !q.Wider {
		t.Error("Level is the record's level, and no field of its own")
	}
	if q := DSL(parse(t, `level:ERROR`), m); !q.Exact() {
		t.Error("Level is not known as the level")
	}
}

// A pattern that an index would refuse, as it makes too large an automaton, is asked wider.
func TestTooComplex(t *testing.T) {
	f := func(pattern string, want bool) {
		t.Helper()
		if got := tooComplex(pattern); got != want {
			t.Errorf("%s: %t", pattern, got)
		}
	}
	f(`timed? out after [0-9]{1,5} ?ms`, false)
	f(`^(a|bc)+$`, false)
	f(`(?i)timeout|refused|[0-9a-f]{8}-[0-9a-f]{4}`, false)
	f(`(a|b)*a(a|b){20}`, true)
	f(`a.{900}`, true)
	f(`[a-q][^u-z]{13}x`, true)
	if q := DSL(parse(t, `service:/(a|b)*a(a|b){20}/`), testMapping); !q.Wider {
		t.Error("it is asked exactly")
	}
}
