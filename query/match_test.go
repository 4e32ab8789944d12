package query

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

func matcherOf(t *testing.T) func(query, record string, want bool) {
	return func(query, record string, want bool) {
		t.Helper()
		if got := Compile(parse(t, query), testEnv).Match(decode(t, record)); got != want {
			t.Errorf("%s on %s: %t", query, record, got)
		}
	}
}

func TestTextMatch(t *testing.T) {
	f := matcherOf(t)
	f(`timeout`, `{"message": "Read TIMEOUT after 3 s"}`, true)
	f(`timeout`, `{"message": "SocketTimeoutException"}`, false)
	f(`timeout`, `{"message": "read timeouts"}`, false)
	f(`timeout`, `{"message": "(timeout)"}`, true)
	f(`timeout`, `{"timeout": 3}`, false) // keys are not looked at
	f(`timeout`, `{"a": {"b": ["x", {"c": "a timeout"}]}}`, true)
	f(`java.net.SocketTimeoutException`, `{"message": "java.net.SocketTimeoutException: Read timed out"}`, true)
	f(`SocketTimeoutException`, `{"message": "java.net.SocketTimeoutException: Read timed out"}`, false)
	f(`disk full`, `{"message": "full moon"}`, true) // any of its words
	f(`"disk full"`, `{"message": "the Disk, full"}`, true)
	f(`"disk full"`, `{"message": "full disk"}`, false)
	f(`"disk full"`, `{"a": ["disk", "full"]}`, false) // not within one text
	f(`"go go stop"`, `{"message": "go go go stop"}`, true)
	f(`checkout`, `{"service": "checkout"}`, true)
	f(`warning`, `{"level": "WARNING"}`, true)
	f(`a7`, `{"host": "a7.example"}`, true) // a point joins letters, and digits, but not one to the other
	f(`a7.example`, `{"host": "a7.example"}`, true)
	f(`4bf92f3577b34da6a3ce929d0e0e4736`, `{"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"}`, true)
	f(`42`, `{"n": 42.0}`, true)
	f(`4.2e1`, `{"n": 42}`, true)
	f(`42`, `{"n": 420}`, false)
	f(`42`, `{"n": "retry 42 of 50"}`, true)
	f(`"42"`, `{"n": [1, 42]}`, true)
	f(`true`, `{"n": true}`, true)
	f(`null`, `{"n": null}`, false)
	f(`null`, `{"n": "null"}`, true)
	f(`---`, `{"message": "---"}`, false) // not a word
	f(`""`, `{"message": "x"}`, false)
	f(`*timeout*`, `{"message": "SocketTimeoutException"}`, true)
	f(`time*`, `{"message": "the Timeouts"}`, true)
	f(`time*`, `{"message": "sometimes"}`, false)
	f(`*out`, `{"message": "a timeout."}`, true)
	f(`ti*ut`, `{"message": "a timeout."}`, true)
	f(`*order-1*`, `{"message": "of order-17 x"}`, true) // within the whole text, though within no word
	f(`*`, `{}`, true)
	f(`"time*"`, `{"message": "timeout"}`, false)
	f(`/time(d )?out/`, `{"message": "read timed out"}`, true)
	f(`/TIME/`, `{"message": "read timed out"}`, false)
	f(`/^read.*out$/`, `{"a": ["x", "read timed out"]}`, true)
	f(`/timed/`, `{"message": "read timed out"}`, true)
	f(`/42/`, `{"n": 42}`, false)
	f(`ÉTÉ`, `{"message": "un été"}`, true)
	f(`straße`, `{"message": "STRASSE"}`, false)
	f(`key`, `{"message": "a \u212aey"}`, true) // the Kelvin sign folds to k
	f(`日`, `{"message": "日本"}`, true)
	f(`"日本"`, `{"message": "日本語"}`, true)
	f(`テスト`, `{"message": "日本テスト語"}`, true)
}

func TestIsMatch(t *testing.T) {
	f := matcherOf(t)
	f(`service:payment`, `{"service": "payment"}`, true)
	f(`service:payment`, `{"service": "payment-db"}`, false)
	f(`service:Payment`, `{"service": "payment"}`, false)
	f(`service:payment*`, `{"service": "payment-db"}`, true)
	f(`service.name:payment`, `{"app": "payment"}`, true)
	f(`app:payment`, `{"service.name": "payment"}`, true)
	f(`app:payment`, `{"service.name": "x", "app": "payment"}`, true)
	f(`app:x`, `{"service.name": "x", "app": "payment"}`, false) // the attribute hides the alias
	f(`pod:a b`, `{"pod": "b"}`, true)
	f(`pod:a b`, `{"pod": "a b"}`, true)
	f(`pod:a b`, `{"pod": "a b c"}`, false)
	f(`pod:"a b"`, `{"pod": "b"}`, false)
	f(`pod:(a or b)`, `{"pod": ["c", "b"]}`, true)
	f(`pod:(a and b)`, `{"pod": ["c", "b"]}`, false)
	f(`not pod:a`, `{}`, true)
	f(`n:42`, `{"n": 4.2e1}`, true)
	f(`n:42.0`, `{"n": 42}`, true)
	f(`n:42.0`, `{"n": "42"}`, false) // a text is compared as text
	f(`n:9223372036854775807`, `{"n": 9223372036854775807}`, true)
	f(`n:9223372036854775807`, `{"n": 9223372036854775808}`, false)
	f(`n:-0`, `{"n": 0}`, true)
	f(`n:5*`, `{"n": 503}`, true)
	f(`up:true`, `{"up": true}`, true)
	f(`up:true`, `{"up": false}`, false)
	f(`n:null`, `{"n": null}`, false)
	f(`n:null`, `{"n": "null"}`, true)
	f(`a.b:x`, `{"a": {"b": "x"}}`, true)
	f(`a.b:x`, `{"a": [{"b": "y"}, {"b": "x"}]}`, true)
	f(`path:/api/*`, `{"path": "/api/v1"}`, true)
	f(`path:/api/*`, `{"path": "/v1/api/"}`, false)
	f(`path:"/api/*"`, `{"path": "/api/v1"}`, false)
	f(`path:/^.api.v[0-9]/`, `{"path": "/api/v1"}`, true)
	f(`path:/v2|v1/`, `{"path": "/api/v1"}`, true)

	f(`message:full`, `{"msg": "Disk FULL"}`, true)
	f(`msg:disk empty`, `{"message": "Disk full"}`, true)
	f(`message:"disk full"`, `{"message": "full disk"}`, false)
	f(`message:di*`, `{"message": "a Disk"}`, true)
	f(`message:42`, `{"message": 42}`, true)
	f(`error.message:refused`, `{"error": {"message": "Connection Refused"}}`, true)
	f(`note:refused`, `{"note": "Connection Refused"}`, true) // configured
	f(`remark:refused`, `{"remark": "Connection Refused"}`, false)

	f(`trace.id:4BF92F3577B34DA6A3CE929D0E0E4736`, `{"trace_id": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"}`, true)
	f(`trace_id:"11803532876627986230"`, `{"dd.trace_id": "a3ce929d0e0e4736"}`, true)
	f(`trace_id:a3*`, `{"trace_id": "a3ce929d0e0e4736"}`, true)
	f(`trace_id:b3`, `{"trace_id": "a3ce929d0e0e4736"}`, false)

	f(`ser*ice:x`, `{"app": "x"}`, true)
	f(`*:x`, `{"a": {"b": [1, "x"]}}`, true)
	f(`*:full`, `{"message": "disk full"}`, true)
	f(`z*:x`, `{"a": "x"}`, false)
	f(`lev*:warning`, `{"level": "WARN"}`, true)
	f(`a.*:x`, `{"a": [{"b": "x"}]}`, true)
}

func TestLevelMatch(t *testing.T) {
	f := matcherOf(t)
	f(`level:ERROR`, `{"level": "error"}`, true)
	f(`level:err`, `{"severity": "SEVERE"}`, true)
	f(`log.level:warning`, `{"lvl": "warn"}`, true)
	f(`level:info`, `{"level": "notice"}`, true) // a level is all of its severities
	f(`level:notice`, `{"level": "info"}`, false)
	f(`level:notice`, `{"level": "NOTICE"}`, true)
	f(`level:(warn or error)`, `{"level": "ERR"}`, true)
	f(`level:warn error`, `{"level": "ERR"}`, true)
	f(`level:"warn error"`, `{"level": "ERR"}`, false)
	f(`level:30`, `{"level": 30}`, true)
	f(`level:ERROR`, `{"message": "ERROR"}`, false)
	f(`level:*`, `{"message": "ERROR"}`, false)
	f(`level:e*`, `{"level": "SEVERE"}`, true) // its name is ERROR
	f(`level:sev*`, `{"level": "SEVERE"}`, true)
	f(`level:/warn|sev/`, `{"level": "SEVERE"}`, true)
	f(`severity:low`, `{"level": "error", "severity": "Low"}`, true)
	f(`severity:error`, `{"level": "error", "severity": "low"}`, false)
	f(`severity:error`, `{"level": "warn", "severity": "Err"}`, true)

	f(`level >= WARN`, `{"level": "error"}`, true)
	f(`level >= WARN`, `{"level": "warning"}`, true)
	f(`level >= WARN`, `{"level": "info"}`, false)
	f(`level < WARN`, `{"level": "notice"}`, true)
	f(`level > INFO`, `{"level": "notice"}`, false)
	f(`level <= INFO`, `{"level": "notice"}`, true)
	f(`level > notice`, `{"level": "info"}`, false)
	f(`level >= WARN`, `{"message": "x"}`, false)
	f(`level < WARN`, `{"message": "x"}`, false)
	f(`level >= 40`, `{"level": 50}`, true)
	f(`level >= loud`, `{"level": "error"}`, false)
	f(`severity > info`, `{"level": "error", "severity": "debug"}`, false)

	severe := &logs.Record{Time: logs.NoTime, Severity: logs.Error + 1} // as OTLP has it, without a text
	for query, want := range map[string]bool{`level:ERROR`: true, `level:error2`: true, `level:err*`: true, `level:error3`: false,
		`level > ERROR`: false, `level:*`: true, `ERROR`: false} {
		if got := Compile(parse(t, query), testEnv).Match(severe); got != want {
			t.Errorf("%s on ERROR2: %t", query, got)
		}
	}
}

func TestCompareMatch(t *testing.T) {
	f := matcherOf(t)
	f(`ms > 1000`, `{"ms": 1001}`, true)
	f(`ms > 1000`, `{"ms": "1001"}`, true) // a number in quotes is one
	f(`ms > "1000"`, `{"ms": 1001}`, true)
	f(`ms > 1000`, `{"ms": [1, 1001]}`, true)
	f(`ms > 1000`, `{"ms": "slow"}`, false)
	f(`ms < 1e3`, `{"ms": 999.5}`, true)
	f(`ms < 1e3`, `{}`, false)
	f(`ms > 9007199254740992`, `{"ms": 9007199254740993}`, true)
	f(`ms >= -1`, `{"ms": -1.0}`, true)
	f(`ms > -1`, `{"ms": -2}`, false)
	f(`ms > 18446744073709551615`, `{"ms": 1e20}`, true)
	f(`zone > b`, `{"zone": "c"}`, true)
	f(`zone > b`, `{"zone": 7}`, false)
	f(`zone >= b`, `{"zone": "B"}`, false)
	f(`up >= a`, `{"up": true}`, false)
	f(`m*s > 5`, `{"mrs": 6}`, true)
}

func TestTimeMatch(t *testing.T) {
	f := matcherOf(t) // it is 2026-03-14T12:00Z
	f(`@timestamp >= "now-15m"`, `{"@timestamp": "2026-03-14T11:45:00Z"}`, true)
	f(`@timestamp >= now-15m`, `{"@timestamp": "2026-03-14T11:44:59.999Z"}`, false)
	f(`timestamp < 2026-03-14`, `{"@timestamp": "2026-03-13T23:59:59Z"}`, true)
	f(`time <= 2026-03-14`, `{"@timestamp": "2026-03-14T23:59:59Z"}`, true)
	f(`time > 2026-03-14`, `{"@timestamp": "2026-03-14T23:59:59Z"}`, false)
	f(`time > 2026`, `{"@timestamp": "2026-03-14T23:59:59Z"}`, false)
	f(`time:2026-03`, `{"ts": "2026-03-14T23:59:59Z"}`, true)
	f(`time:"2026-03-15"`, `{"ts": "2026-03-14T23:59:59Z"}`, false)
	f(`time:2026-03*`, `{"ts": "2026-03-14T23:59:59Z"}`, true)
	f(`time:*`, `{"ts": "2026-03-14T23:59:59Z"}`, true)
	f(`time:*`, `{}`, false)
	f(`time > soon`, `{"ts": "2026-03-14T23:59:59Z"}`, false)
	f(`due > "2026-03-14"`, `{"due": "2026-03-15T00:00:00+00:00"}`, true)
	f(`due > "2026-03-14"`, `{"due": "2026-03-15T00:00:00+02:00"}`, false)
	f(`due > "2026-03-14"`, `{"due": "later"}`, false)
	f(`date:2025-01-01`, `{"@timestamp": "2026-03-14", "date": "2025-01-01T08:00:00Z"}`, true)

	n := parse(t, `time >= now-1m`)
	r := decode(t, `{"time": "2026-03-14T12:00:00Z"}`)
	if !Compile(n, Env{Now: testNow}).Match(r) || Compile(n, Env{Now: testNow.Add(time.Hour)}).Match(r) {
		t.Error("now is bound when the query is compiled")
	}
	east := time.FixedZone("", 3600)
	if !Compile(parse(t, `time:2026-03-15`), Env{Now: testNow, Location: east}).Match(decode(t, `{"time": "2026-03-14T23:30:00Z"}`)) {
		t.Error("a day is one of the location")
	}
}

func TestExistsMatch(t *testing.T) {
	f := matcherOf(t)
	f(`user:*`, `{"user": "x"}`, true)
	f(`user:*`, `{"user": ""}`, true)
	f(`user:*`, `{"user": 0}`, true)
	f(`user:*`, `{"user": null}`, false)
	f(`user:*`, `{"user": [null]}`, false)
	f(`user:*`, `{"user": []}`, false)
	f(`user:*`, `{"user": {"name": "x"}}`, true)
	f(`user:*`, `{"user": {"name": null}}`, false)
	f(`user:*`, `{"username": "x"}`, false)
	f(`user:*`, `{"user": [{"name": "x"}]}`, true)
	f(`user.name:*`, `{"user": [{}, {"name": "x"}]}`, true)
	f(`service:*`, `{"app": "x"}`, true)
	f(`us*:*`, `{"user": "x"}`, true)
	f(`us*:*`, `{"user": null}`, false)
	f(`*:*`, `{}`, true)
}

func TestNestedMatch(t *testing.T) {
	f := matcherOf(t)
	const two = `{"items": [{"sku": 7, "count": 1}, {"sku": 8, "count": 3}]}`
	f(`items:{ sku:7 and count > 2 }`, two, false)
	f(`items:{ sku:8 and count > 2 }`, two, true)
	f(`items.sku:7 and items.count > 2`, two, true)
	f(`items:{ not sku:7 }`, two, true)
	f(`not items:{ sku:7 }`, two, false)
	f(`items:{ x }`, `{"items": [{"name": "x"}], "a": "y"}`, true)
	f(`items:{ y }`, `{"items": [{"name": "x"}], "a": "y"}`, false)
	f(`items:{ sku:7 and count:1 }`, `{"items": {"sku": 7, "count": 1}}`, true)
	f(`items:{ tags:{ a:1 } }`, `{"items": [{"tags": [{"a": 1}]}]}`, true)
	f(`items.tags:{ a:1 and b:2 }`, `{"items": [{"tags": [{"a": 1}, {"b": 2}]}]}`, false)
	f(`items:{ *:* }`, `{"items": 1}`, false)
	f(`items:{ s*:7 }`, two, true)
	f(`error:{ message:refused }`, `{"error": {"message": "Connection refused"}}`, true) // error.message is a word field
	f(`item:{ message:refused }`, `{"item": {"message": "Connection refused"}}`, false)  // item.message is none
}

func TestFields(t *testing.T) {
	f := func(text string, want ...string) {
		t.Helper()
		got := Fields(parse(t, text))
		if len(got) != len(want) {
			t.Fatalf("%s: %q", text, got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %q", text, got)
			}
		}
	}
	f(`b:1 and (a:2 or not b > 3) and c:*`, "a", "b", "c")
	f(`a:{ b:1 or c:{ d:2 } }`, "a.b", "a.c.d")
	f(`x and s*:1`, "*", "s*")
	f(`*:*`)
}

// Records for random queries hold what those ask for, in many shapes.
var randomRecords = []string{
	`{}`,
	`{"message": "Read timed out", "level": "ERROR", "service": "a", "@timestamp": "2026-03-14T11:30:00Z"}`,
	`{"msg": "timeout: cannot go", "lvl": "warn", "items": [{"sku": 42, "n": "b"}, {"sku": "a", "level": "ERROR"}], "n": 42}`,
	`{"body": "a not b", "tags": ["a", "b", 42, null, true], "q:r": "x*y", "trace_id": "a3ce929d0e0e4736", "null": null}`,
	`{"message": "é /tmp/ EaR", "items": {"sku": 9223372036854775807}, "service": "/var", "x and y": "or", "not": "not", "and": 4.2e1}`,
	`{"severity": "notice", "n": 9223372036854775806, "a b": "null", "time": "2024-01-02T08:00:00Z", "tags": [["a"], {"n": 1}]}`,
}

func TestSimplify(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := Simplify(parse(t, text)).String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	f(`a and (b and (c and d))`, `a and b and c and d`)
	f(`a or (b or c) or a`, `a or b or c`)
	f(`not (not a)`, `a`)
	f(`not (not (not a))`, `not a`)
	f(`a and *`, `a`)
	f(`* or a`, `*:*`)
	f(`a or not *`, `a`)
	f(`a and not *:*`, `not *:*`)
	f(`* and *`, `*:*`)
	f(`(a and (b or b)) or not *`, `a and b`)
	f(`i:{ a and * }`, `i:{a}`)
	f(`a and a`, `a`)
	f(`z:(a or (b or a))`, `z:(a or b)`)

	var records []*logs.Record
	for _, text := range randomRecords {
		records = append(records, decode(t, text))
	}
	r := rand.New(rand.NewPCG(3, 4))
	held := 0
	for range 20_000 {
		n := randomNode(r, 4)
		s := Simplify(n)
		roundTrip(t, s)
		q, simple := Compile(n, testEnv), Compile(s, testEnv)
		for i, record := range records {
			want := q.Match(record)
			if want {
				held++
			}
			if simple.Match(record) != want {
				t.Fatalf("%s on %s: %t, but %s", n, randomRecords[i], want, s)
			}
		}
	}
	if held < 10_000 {
		t.Errorf("only %d matches", held)
	}
}

// An index has no order of its conditions, so matching has none either.
func TestDeMorgan(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5_000 {
		a, b := randomNode(r, 2), randomNode(r, 2)
		both := Compile(&And{Nodes: []Node{a, b}}, testEnv)
		neither := Compile(&Not{Node: &Or{Nodes: []Node{&Not{Node: b}, &Not{Node: a}}}}, testEnv)
		for _, text := range randomRecords {
			if record := decode(t, text); both.Match(record) != neither.Match(record) {
				t.Fatalf("%s and %s on %s", a, b, text)
			}
		}
	}
}
