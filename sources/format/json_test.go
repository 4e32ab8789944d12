package format

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// show prints a decoded record on one line, what is empty left out.
func show(r *logs.Record) string {
	var b strings.Builder
	if r.Time != logs.NoTime {
		fmt.Fprintf(&b, "time=%s ", time.Unix(0, r.Time).UTC().Format(time.RFC3339Nano))
	}
	for _, f := range [...]struct{ key, text string }{{"severity", r.Severity.String()}, {"text", r.SeverityText}, {"service", r.Service},
		{"host", r.Host}, {"trace", r.TraceID}, {"span", r.SpanID}} {
		if f.text != "" {
			fmt.Fprintf(&b, "%s=%s ", f.key, f.text)
		}
	}
	fmt.Fprintf(&b, "body=%q", r.Body)
	for _, a := range r.Attrs {
		fmt.Fprintf(&b, " %s=%s", a.Key, showValue(a.Value))
	}
	return b.String()
}

func showValue(v logs.Value) string {
	switch v.Kind {
	case logs.Text:
		return fmt.Sprintf("%q", v.Str)
	case logs.Null:
		return "null"
	case logs.Array, logs.Object:
		var parts []string
		for _, item := range v.Items {
			text := showValue(item.Value)
			if v.Kind == logs.Object {
				text = item.Key + ":" + text
			}
			parts = append(parts, text)
		}
		if v.Kind == logs.Object {
			return "{" + strings.Join(parts, ",") + "}"
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return v.Str
}

// decodeAll indexes raw and returns the records with their formats.
func decodeAll(t testing.TB, raw string) []*logs.Record {
	t.Helper()
	ix, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := agree(t, ix, []byte(raw))
	var out []*logs.Record
	for i := range rows.List {
		row := &rows.List[i]
		f, _ := ix.Format(rows.Formats[row.Format])
		var r logs.Record
		r.Reset()
		f.Decode([]byte(raw)[row.Offset:row.Offset+row.Length], &r)
		out = append(out, r.Clone())
	}
	return out
}

// shows checks a record alone: its format and what it decodes to.
func shows(t *testing.T, raw, format, want string) {
	t.Helper()
	records := decodeAll(t, raw)
	if len(records) != 1 {
		t.Errorf("%q: %d records", raw, len(records))
		return
	}
	if r := records[0]; r.Format != format || show(r) != want {
		t.Errorf("%q\n got %s %s\nwant %s %s", raw, r.Format, show(r), format, want)
	}
}

func TestJSON(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "json", want) }
	f(`{}`, `body=""`)
	f(`{"a":1}  `, `body="" a=1`)
	f("{\"msg\":\"hi\"}\r\n", `body="hi"`)
	f(`{"a":{"b":{"c":"x"}},"d.e":[1,"y",null,{"k":{"l":true}},[]],"f":{},"g":null,"":0}`,
		`body="" a.b.c="x" d.e=[1,"y",null,{k.l:true},[]] f={} g=null =0`)
	f(`{"n":1e400,"m":18446744073709551616,"o":-0.10}`, `body="" n=1e400 m=18446744073709551616 o=-0.10`)
	f(`{"k\u0065y":"a\"b\\c\/d\n\u00e9\ud83d\ude00\ud83dx\udE00"}`, `body="" key="a\"b\\c/d\né😀`+"\uFFFDx\uFFFD"+`"`)
	f("{\"a\":\"\xff\"}", `body="" a="\xff"`)
	f(`{"a":1,"a":2}`, `body="" a=1 a=2`)
	// Order of preference, nested and dotted; empty and null are no values.
	f(`{"msg":"b","message":"a","severity":"ERROR","level":"info","ts":"2024-01-02T03:04:05Z"}`,
		`time=2024-01-02T03:04:05Z severity=INFO text=info body="a" msg="b" severity="ERROR"`)
	f(`{"message":"","msg":null,"log":"c","level":""}`, `body="c" message="" msg=null level=""`)
	f(`{"service":{"name":"web"},"host.name":"h1","trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"span":{"id":"00f067aa0ba902b7"}}`,
		`service=web host=h1 trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7 body=""`)
	f(`{"kubernetes":{"labels":{"app":"cart"},"pod_name":"cart-1"},"log":"x"}`, `service=cart body="x" kubernetes.pod_name="cart-1"`)
	f(`{"level":"info","level":"warn","time":"3 apples","ts":1700000000.5}`,
		`time=2023-11-14T22:13:20.5Z severity=WARN text=warn body="" level="info" time="3 apples"`)
	f(`{"message":{"a":1},"msg":7}`, `body="7" message.a=1`)
	f(`{"level":"audit","msg":"x"}`, `text=audit body="x"`)
	f(`{"msg":"see trace_id=4bf92f3577b34da6a3ce929d0e0e4736"}`, `trace=4bf92f3577b34da6a3ce929d0e0e4736 body="see trace_id=4bf92f3577b34da6a3ce929d0e0e4736"`)
	f(`{"msg":"\u0074race_id=4bf92f3577b34da6 \n"}`, `trace=4bf92f3577b34da6 body="trace_id=4bf92f3577b34da6 \n"`)
	f(`{"trace_id":"00000000000000000000000000000000","msg":"m"}`, `body="m" trace_id="00000000000000000000000000000000"`)
	f(`{"trace_id":"","dd.trace_id":"5208512171318403364","dd":{"service":"pay"}}`,
		`service=pay trace=5208512171318403364 body="" trace_id="" dd.service="pay"`)
	f(`{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}`,
		`trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7 body="" traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"`)
	f("{\"level\":\"error\",\"msg\":\"boom\"}\n\tat x\r\n", `severity=ERROR text=error body="boom\n\tat x"`)
	f("{\"level\":\"error\"}\n  trace_id=4bf92f3577b34da6\n", `severity=ERROR text=error trace=4bf92f3577b34da6 body="trace_id=4bf92f3577b34da6"`)
}

func TestJSONLibraries(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "json", want) }
	// Bunyan, pino
	f(`{"name":"myapp","hostname":"h","pid":34,"level":30,"msg":"start","time":"2012-03-28T17:39:44.880Z","v":0}`,
		`time=2012-03-28T17:39:44.88Z severity=INFO text=30 service=myapp host=h body="start" name="myapp" pid=34 v=0`)
	f(`{"level":50,"time":1531171074631,"pid":657,"hostname":"h","msg":"hello"}`,
		`time=2018-07-09T21:17:54.631Z severity=ERROR text=50 host=h body="hello" pid=657`)
	// zap, zerolog, logrus, slog
	f(`{"level":"dpanic","ts":1531171074.6311,"logger":"http","caller":"a/b.go:12","msg":"m"}`,
		`time=2018-07-09T21:17:54.6311Z severity=FATAL text=dpanic service=http body="m" logger="http" caller="a/b.go:12"`)
	f(`{"time":"2024-05-01T10:00:00.5+02:00","level":"WARN","source":{"function":"main.f","file":"x.go","line":3},"msg":"m","n":1}`,
		`time=2024-05-01T08:00:00.5Z severity=WARN text=WARN body="m" source.function="main.f" source.file="x.go" source.line=3 n=1`)
	// OpenTelemetry
	f(`{"timeUnixNano":"1700000000000000001","severityNumber":17,"severityText":"Error","body":{"stringValue":"m"},"attributes":[{"key":"a","value":{"intValue":"5"}},{"key":"b","value":{"doubleValue":1.5}},{"key":"c","value":{"boolValue":true}},{"key":"d","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":1}]}}},{"key":"e","value":{"kvlistValue":{"values":[{"key":"f","value":{"stringValue":"y"}}]}}},{"key":"g","value":{"bytesValue":"AQ=="}},{"key":"h","value":{}}],"resource":{"service.name":"s","host.name":"h","k":"v"},"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7"}`,
		`time=2023-11-14T22:13:20.000000001Z severity=ERROR text=Error service=s host=h trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7 body="m" a=5 b=1.5 c=true d=["x",1] e.f="y" g="AQ==" h=null resource.k="v"`)
	f(`{"timeUnixNano":1700000000000000001,"severityNumber":9,"body":{"kvlistValue":{"values":[{"key":"message","value":{"stringValue":"m"}},{"key":"k","value":{"intValue":"1"}}]}},"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}},{"key":"k8s.pod.name","value":{"stringValue":"p"}}]}}`,
		`time=2023-11-14T22:13:20.000000001Z severity=INFO text=9 service=s body="m" body.k=1 k8s.pod.name="p"`)
	f(`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeLogs":[{"scope":{"name":"lib"},"logRecords":[{"timeUnixNano":"1700000000000000001","severityText":"INFO","body":{"stringValue":"m"},"attributes":[{"key":"a","value":{"stringValue":"b"}}],"traceId":"","spanId":""}]}]}]}`,
		`time=2023-11-14T22:13:20.000000001Z severity=INFO text=INFO service=s body="m" scope.name="lib" a="b" traceId="" spanId=""`)
	// GELF
	f(`{"version":"1.1","host":"example.org","short_message":"A short","full_message":"Backtrace","timestamp":1385053862.3072,"level":1,"_user_id":9001}`,
		`time=2013-11-21T17:11:02.3072Z severity=FATAL text=1 host=example.org body="A short" version="1.1" full_message="Backtrace" _user_id=9001`)
	f(`{"version":"1.1","short_message":"m","_service":"search","_trace_id":"4bf92f3577b34da6","_span_id":"00f067aa0ba902b7"}`,
		`service=search trace=4bf92f3577b34da6 span=00f067aa0ba902b7 body="m" version="1.1" _service="search" _trace_id="4bf92f3577b34da6" _span_id="00f067aa0ba902b7"`)
	// journald
	f(`{"__REALTIME_TIMESTAMP":"1700000000000001","PRIORITY":"4","_HOSTNAME":"h","SYSLOG_IDENTIFIER":"sshd","_PID":"812","MESSAGE":[104,105]}`,
		`time=2023-11-14T22:13:20.000001Z severity=WARN text=4 service=sshd host=h body="hi" process.pid=812`)
	f(`{"PRIORITY":"6","MESSAGE":null}`, `severity=INFO text=6 body="" MESSAGE=null`)
	// MongoDB
	f(`{"t":{"$date":"2020-05-01T15:16:17.180+00:00"},"s":"W","c":"NETWORK","id":12345,"ctx":"listener","msg":"Listening","attr":{"address":"127.0.0.1"}}`,
		`time=2020-05-01T15:16:17.18Z severity=WARN text=W body="Listening" c="NETWORK" id=12345 ctx="listener" attr.address="127.0.0.1"`)
	// Python, logback, Serilog
	f(`{"asctime":"2024-05-01 10:00:00,123","levelname":"WARNING","levelno":30,"name":"shop.cart","message":"m"}`,
		`time=2024-05-01T10:00:00.123Z severity=WARN text=WARNING body="m" levelno=30 name="shop.cart"`)
	f(`{"@timestamp":"2024-05-01T10:00:00.123Z","message":"m","logger_name":"com.shop.Cart","thread_name":"main","level_value":40000}`,
		`time=2024-05-01T10:00:00.123Z severity=ERROR text=40000 body="m" logger_name="com.shop.Cart" thread_name="main"`)
	f(`{"@t":"2024-05-01T10:00:00.1234567Z","@mt":"Hello {User}","User":"u"}`, `time=2024-05-01T10:00:00.1234567Z severity=INFO body="Hello {User}" User="u"`)
	f(`{"@t":"2024-05-01T10:00:00Z","@m":"m","@mt":"t","@l":"Fatal","@x":"e"}`, `time=2024-05-01T10:00:00Z severity=FATAL text=Fatal body="m" @mt="t" @x="e"`)
	// Google Cloud, log4j2
	f(`{"severity":"NOTICE","timestamp":{"seconds":1700000000,"nanos":5},"jsonPayload":{"message":"m","k":1},"logging.googleapis.com/trace":"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736"}`,
		`time=2023-11-14T22:13:20.000000005Z severity=INFO text=NOTICE trace=4bf92f3577b34da6a3ce929d0e0e4736 body="m" jsonPayload.k=1 logging.googleapis.com/trace="projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736"`)
	f(`{"instant":{"epochSecond":1700000000,"nanoOfSecond":7},"level":"ERROR","loggerName":"a.B","message":"m"}`,
		`time=2023-11-14T22:13:20.000000007Z severity=ERROR text=ERROR body="m" loggerName="a.B"`)
}

func TestNotJSON(t *testing.T) {
	for _, raw := range []string{`{"a"}`, `{"a":1,}`, `{"a":1}}`, `{"a":1} x`, `{'a':1}`, `{"a":01}`, `{"a":"\x"}`, `{"a":tru}`, `{"a":1 "b":2}`,
		"{\"a\":\"\t\"}", `[1]`, `"x"`, `{"a":[1,]}`, `{"a":"b`, `{"a":-}`, `{"a":1.}`, `{"a":{]}}`} {
		shows(t, raw, "plain", fmt.Sprintf("body=%q", raw))
	}
}

// Values nested deeper than maxDepth are text, checked all the same.
func TestJSONDepth(t *testing.T) {
	deep := strings.Repeat("[", 100000) + strings.Repeat("]", 100000)
	r := decodeAll(t, `{"a":`+deep+`,"level":"info"}`)[0]
	if r.Format != "json" || r.Severity != logs.Info {
		t.Fatal(r.Format, r.Severity)
	}
	v := r.Attrs[0].Value
	for v.Kind == logs.Array {
		v = v.Items[0].Value
	}
	if v.Kind != logs.Text || len(v.Str) < 199000 {
		t.Errorf("the deepest value is %s of %d bytes", v.Kind, len(v.Str))
	}
	if r := decodeAll(t, `{"a":`+deep[1:]+`}`)[0]; r.Format != "plain" {
		t.Errorf("a bracket too many is %s", r.Format)
	}
}

func TestJSONBounds(t *testing.T) {
	var b strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&b, `,"k%d":%d`, i, i)
	}
	r := decodeAll(t, `{"level":"warn"`+b.String()+`,"msg":"m"}`)[0]
	last := r.Attrs[len(r.Attrs)-1]
	if len(r.Attrs) != maxFields+1 || last.Key != moreFields || !strings.HasPrefix(last.Value.Str, `"k1000":1000,`) || r.Body != "m" {
		t.Errorf("%d attributes, the last is %s %.40s", len(r.Attrs), last.Key, last.Value.Str)
	}
	many := "[" + strings.Repeat("1,", 20000) + "1]"
	if v := decodeAll(t, `{"a":`+many+`}`)[0].Attrs[0].Value; v.Kind != logs.Text || v.Str != many {
		t.Errorf("an array of 20001 is %s", v.Kind)
	}
	long := strings.Repeat("k", 300)
	r = decodeAll(t, `{"`+long+`":{"a":{"b":1}},"x":{"`+long+`":2}}`)[0]
	if got := show(r); got != `body="" `+long+`="{\"a\":{\"b\":1}}" x.`+long+`=2` {
		t.Errorf("long keys: %s", got)
	}
}
