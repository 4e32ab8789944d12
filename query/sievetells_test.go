package query

import (
	"strings"
	"testing"
)

// What one record tells of a query: holds, fails, or mayHold where it must be decoded.
func TestSieveTells(t *testing.T) {
	f := func(text, raw string, want verdict) {
		t.Helper()
		n, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		s := newSieved(t, []byte(raw+"\n"))
		if len(s.records) != 1 {
			t.Fatalf("%d records", len(s.records))
		}
		s.sifts(t, n, nil)
		got := mayHold
		if sieve := Compile(n, sieveEnv).Sieve(s.formats[s.rows.List[0].Format]); sieve != nil {
			b, asked, sure, maybe := s.batch(int(s.rows.List[0].Format)), NewBits(1), NewBits(1), NewBits(1)
			asked.Set(0)
			switch sieve.Sift(b, asked, sure, maybe); {
			case sure.Has(0):
				got = holds
			case !maybe.Has(0):
				got = fails
			}
		}
		if got != want {
			t.Errorf("%s of %s: %d, want %d", text, raw, got, want)
		}
	}
	f(`duration_ms > 1000`, `{"duration_ms":1001}`, holds)
	f(`duration_ms > 1000`, `{"a":{"b":[{}]},"duration_ms" : 1.001e3}`, holds)
	f(`duration_ms > 1000`, `{"duration_ms":1000}`, fails)
	f(`duration_ms > 1000`, `{"x":1}`, fails)
	f(`duration_ms > 1000`, `{"x":{"duration_ms":1001}}`, fails)
	f(`duration_ms > 1000`, `{"x":"\"duration_ms\":1001"}`, fails)
	f(`duration_ms > 1000`, `{"x":[{"duration_ms":1001}]}`, mayHold)
	f(`duration_ms > 1000`, `{"dur\u0061tion_ms":1001}`, mayHold)
	f(`duration_ms > 1000`, `{"duration_ms":[1001]}`, mayHold)
	f(`duration_ms > 1000`, `{"duration_ms":7,"duration_ms":"1001"}`, holds)
	f(`duration_ms > 1000`, `{"x\"duration_ms":1001}`, fails)
	f(`duration_ms > 1000`, "{\"message\":\"x\"}\n  at x.Y(\"duration_ms\":1001)", fails)
	f(`x.a > 1`, `{"x":{"a":2}}`, holds)
	f(`x.a > 1`, `{"x.a":2}`, holds)
	f(`x.a > 1`, `{"x":[{"a":2}]}`, mayHold)
	f(`x.a > 1`, `{"y":{"x.a":2}}`, fails)
	f(`x.a > 1`, `{"attributes":[{"key":"x.a","value":{"intValue":"2"}}]}`, mayHold)
	f(`event:a`, `{"event":"a"}`, mayHold) // the message
	f(`process.pid:7`, `{"_PID":"7"}`, mayHold)
	f(`service:a`, `{"service":"a"}`, holds)
	f(`service:a`, `{"service":"b"}`, fails)
	f(`service:a`, `{"app":"a"}`, holds)
	f(`service:a`, `{"service.name":"a","service":"b"}`, fails)
	f(`service:a`, `{"service":"a","s\u0065rvice":"b"}`, mayHold)
	f(`service:a`, `{"service":null,"app":"a"}`, mayHold)
	f(`service:""`, `{"service":"","app":"a"}`, holds)
	f(`service:5`, `{"service":5.0}`, mayHold)
	f(`level:ERROR`, `{"level":"error"}`, holds)
	f(`level:ERROR`, `{"level":"info"}`, fails)
	f(`level:ERROR`, `{"log.level":"error"}`, holds)
	f(`level:ERROR`, `{"log.level":"info","message":"x"}`, fails)
	f(`level:ERROR`, `{"log.level":"info","message":"an error"}`, mayHold)
	f(`level:notice`, `{"severityText":"noti\u0063e","severityNumber":9}`, mayHold)
	f(`level:success`, `{"severityText":"\u017fucce\u017f\u017f","severityNumber":9}`, mayHold)
	f(`level:"success"`, "{\"severityText\":\"\u017fucce\u017f\u017f\",\"severityNumber\":9}", mayHold)
	f(`level:error`, `{"level":"error","severityNumber":9}`, holds)
	f(`level:info`, `{"level":"error","severityNumber":9}`, mayHold)
	f(`level >= WARN`, `{"level":"info","log.level":"error"}`, mayHold)
	f(`level >= WARN`, `{"log.level":"error"}`, holds)
	f(`lvl:ERROR`, `{"severity":"17"}`, mayHold)
	f(`lvl:error`, `{"severityNumber":17}`, mayHold)
	f(`ts:2026*`, `{"ts":"2026-03-14T08:00:00Z"}`, mayHold)
	f(`ts:2026*`, `{"time":"2026-03-14T08:00:00Z","ts":"2026"}`, mayHold)
	f(`@timestamp > "2026-03-14"`, `{"time":"2026-03-15T08:00:00Z"}`, holds)
	f(`time < "2026-03-14"`, `{"time":"2026-03-15T08:00:00Z"}`, fails)
	f(`time < "2026-03-14"`, `{"@timestamp":"2026-03-15T08:00:00Z","time":"2026-03-13T08:00:00Z"}`, mayHold)
	f(`trace.id:4bf92f3577b34da6a3ce929d0e0e4736`, `{"traceId":"4bf92f3577b34da6a3ce929d0e0e4737"}`, fails)
	f(`trace_id:"0"`, `{"traceId":"0"}`, mayHold)
	f(`message:timed`, `{"msg":"timed out"}`, mayHold)
	f(`message:timed`, `{"message":"timed out"}`, holds)
	f(`message:timed`, `{"message":"out"}`, fails)
	f(`message:/out$/`, "{\"message\":\"timed out\"}\n  at x.Y(z:1)", mayHold)
	f(`timed`, `{"message":"timed out"}`, holds)
	f(`timed`, `{"timed":"out"}`, fails)
	f(`timed`, `{"message":"untimed"}`, fails)
	f(`timed`, `{"message":"`+strings.Repeat("x", 255)+`timed"}`, mayHold)
	f(`timed`, `{"time":"timed"}`, mayHold)
	f(`timed`, `{"message":"\u0074imed"}`, mayHold)
	f(`hi`, `{"MESSAGE":[104,105]}`, mayHold)
	f(`"timed out"`, `{"message":"timed, out"}`, holds)
	f(`"timed out"`, `{"message":"timed"}`, fails)
	f(`"timed out"`, "{\"message\":\"timed\"}\n  out.of(x)", mayHold)
	f(`full`, "{\"message\":\"x\"}\n  full.of(x)", mayHold)
	f(`key`, "{\"message\":\"\u212aey\"}", holds)
	f(`disk`, "{\"message\":\"d\u0130sk\"}", holds)
	f(`1000`, `{"n":1e3}`, mayHold)
	f(`1000`, `{"n":1001,"id":"5b20e9aa"}`, fails)
	f(`1000`, `{"n":999.99999999999999999999}`, mayHold)
	f(`1000`, `{"n":999.99999999999999}`, mayHold)
	f(`1000`, `{"n":1e+3}`, mayHold)
	f(`1e3`, `{"message":"1000"}`, fails)
	f(`foo`, `{"message":"\foo bar"}`, mayHold)
	f(`full`, `{"message":"full.\u0061"}`, mayHold)
	f(`true`, `{"n":true}`, mayHold)
	f(`not x and not y`, `{"message":"z"}`, holds)
	f(`x or /y+z?/`, `{"message":"z"}`, fails)
	f(`1000 or timed`, `{"n":1e3,"message":"timed"}`, holds)
	f(strings.Repeat("long", 50), `{"message":"`+strings.Repeat("long", 50)+`"}`, holds)
	f(strings.Repeat("long", 50), `{"message":"`+strings.Repeat("long", 49)+`"}`, mayHold)
	f(`x and /(y|q)/`, `{"message":"x"}`, mayHold)

	f(`null`, `{"x":"y",":":null,"z":"q"}`, mayHold)
	f(`timed`, `{"message":"\"timed\" out"}`, mayHold)
	f(`level:ERROR`, `{"log.level":"E","level":null}`, mayHold)
	f(`x > 1`, `{"y":{"a":"q\\"},"x":2}`, holds)

	// Objects that are too large to be taken apart are texts.
	many := `{"a":0` + strings.Repeat(`,"a":0`, 1100)
	f(`timed`, many+`,"timed":2}`, mayHold)
	f(`timed > 1`, many+`,"timed":2}`, mayHold)
	f(`timed`, strings.Repeat(`{"a":`, 33)+`{"timed":2}`+strings.Repeat(`}`, 33), mayHold)
	f(`timed`, `{"`+strings.Repeat("k", 300)+`":{"timed":2}}`, mayHold)
	f(`/^timed/`, `{"`+strings.Repeat("k", 300)+`":{"x":"timed"}}`, mayHold)
	f(`timed`, `level=info`+strings.Repeat(" a=0", 1100)+` timed=2`, mayHold)
	f(`timed > 1`, `level=info`+strings.Repeat(" a=0", 1100)+` timed=2`, mayHold)

	f(`n > 5`, `level=info n=7`, holds)
	f(`n > 5`, `level=info n=5`, fails)
	f(`n > 5`, `level=info msg="n=7"`, fails)
	f(`n > 5`, `level=info msg="a"n=7`, holds)
	f(`n > 5`, `level=info msg="a \" n=7"`, fails)
	f(`n:true`, `level=info n`, mayHold)
	f(`timed`, `level=info msg="timed out"`, holds)
	f(`timed`, `level=info timed=out`, fails)
	f(`time`, `time=2026-03-14T08:00:00Z level=info x=time`, holds)
	f(`"08"`, `time=2026-03-14T08:00:00Z level=info`, mayHold)
	f(`true`, `level=info cached`, mayHold)

	f(`declined`, `2026-03-14 08:00:00,123 ERROR [main] shop.Pay: declined`, mayHold)
	f(`accepted`, `2026-03-14 08:00:00,123 ERROR [main] shop.Pay: declined`, fails)
	f(`level:ERROR`, `2026-03-14 08:00:00,123 ERROR [main] shop.Pay: declined`, holds)
	f(`level >= ERROR`, `2026-03-14 08:00:00,123 INFO [main] shop.Pay: declined`, fails)
	f(`err`, `<11>1 2026-03-14T08:00:00Z h app 7 ID - x`, mayHold)
	f(`250000000`, `127.0.0.1 - - [14/Mar/2026:08:00:00 +0000] "GET / HTTP/1.1" 200 7 "-" "x" 0.250`, mayHold)
}
