package format

import "testing"

func TestLTSV(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "ltsv", want) }
	f("time:2024-03-10T14:13:06.698Z\tlevel:warn\tapp:cart\tmsg:a: b\tn:5\n", `time=2024-03-10T14:13:06.698Z severity=WARN text=warn service=cart body="a: b" n=5`)
	f("host:127.0.0.1\tident:-\ttime:[10/Oct/2000:13:55:36 -0700]\treq:GET /a HTTP/1.0\tstatus:503\tsize:12\t\r\n",
		`time=2000-10-10T20:55:36Z severity=ERROR body="" host="127.0.0.1" ident="-" req="GET /a HTTP/1.0" status=503 size=12`)
	f("a:1\tb:\tc:x", `body="" a=1 b="" c="x"`)
	shows(t, "a:1\tb:2", "plain", `body="a:1\tb:2"`)
	shows(t, "note: one\ttwo: b\tc: d", "plain", `body="note: one\ttwo: b\tc: d"`)
}

func TestPrefixed(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "prefixed+json", want) }
	f(`web_1  | {"level":"info","msg":"m","n":1} `, `severity=INFO text=info service=web_1 body="m" n=1`)
	f(`web_1  | {"level":"info","service":"shop"}`, `severity=INFO text=info service=shop body="" log.prefix="web_1"`)
	f(`[pod/cart-1/app] {"time":"2024-05-01T10:00:00Z","msg":"m"}`, `time=2024-05-01T10:00:00Z body="m" log.prefix="[pod/cart-1/app]"`)
	for _, raw := range []string{`response {"message":"not found"}`, `  web | {"level":"info"}`, `a {"level":"info"} b`, `a{"level":"info"}`, `see {"level":"info"`} {
		if r := decodeAll(t, raw)[0]; r.Format != "plain" {
			t.Errorf("%s is %s", raw, r.Format)
		}
	}
}

func TestPrettyJSON(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "json-lines", want) }
	f("{\r\n  \"timestamp\": \"2024-01-01T00:00:02Z\",\r\n  \"level\": \"error\",\r\n  \"message\": \"th\\nird\",\r\n  \"http\": {\r\n    \"status\": 500\r\n  },\r\n  \"tags\": [\r\n    1,\r\n    2\r\n  ]\r\n}\r\n",
		`time=2024-01-01T00:00:02Z severity=ERROR text=error body="th\nird" http.status=500 tags=[1,2]`)
	f("{\"timestamp\":\"2024-01-01T00:00:00Z\",\"level\":\"info\",\n  \"message\":\"first\"}\n", `time=2024-01-01T00:00:00Z severity=INFO text=info body="first"`)
	// The first line that tells a core field decides.
	f("{\n\t\"severity\": \"warn\",\n\t\"level\": \"info\",\n\t\"service\": {\n\t\t\"name\": \"web\"\n\t},\n\t\"trace_id\": \"4bf92f3577b34da6\"\n}", `severity=WARN text=warn service=web trace=4bf92f3577b34da6 body="" level="info" service.name="web"`)
	f("{\n  \"level\": \"error\",\n  \"message\": \"cut", `severity=ERROR text=error body="{\n  \"level\": \"error\",\n  \"message\": \"cut"`)
	if r := decodeAll(t, "{\n  \"level\": \"warn\"\n}\nstarting\n"); len(r) != 2 || r[1].Body != "starting" || r[1].Format != "plain" {
		t.Errorf("%d records", len(r))
	}
	// Lines like its fields change no other record.
	if r := decodeAll(t, "starting\n  \"level\": \"error\"\nPRIORITY=3\n"); r[0].Severity != 0 || r[1].Severity != 0 {
		t.Errorf("severities %d %d", r[0].Severity, r[1].Severity)
	}
}

func TestJournalExport(t *testing.T) {
	shows(t, "__CURSOR=s=1;i=1;t=55d4a8e3c1cc1;x=2\n__REALTIME_TIMESTAMP=1509999999999999\nPRIORITY=3\n_HOSTNAME=h\nSYSLOG_IDENTIFIER=sshd\n_PID=812\nMESSAGE=took x=1 y=2\n\n", "journal-export",
		`time=2017-11-06T06:27:58.820545Z severity=ERROR text=3 service=sshd host=h body="took x=1 y=2" __CURSOR="s=1;i=1;t=55d4a8e3c1cc1;x=2" __REALTIME_TIMESTAMP="1509999999999999" process.pid=812`)
	shows(t, "__CURSOR=s=1;t=0\nMESSAGE\n\x03\x00\x00\x00\x00\x00\x00\x00a\nb\nPRIORITY=6\n", "journal-export",
		`severity=INFO text=6 body="a\nb" __CURSOR="s=1;t=0"`)
	if r := decodeAll(t, "__CURSOR=s=1;t=1\nMESSAGE=a\n\n__CURSOR=s=2;t=2\nMESSAGE=b\n"); len(r) != 2 || r[1].Body != "b" {
		t.Errorf("%d records", len(r))
	}
}
