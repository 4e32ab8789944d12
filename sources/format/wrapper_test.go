package format

import (
	"bytes"
	"testing"
)

func TestInnerJSON(t *testing.T) {
	if builtin[innerJSON-1] != layout(jsonLayout) {
		t.Errorf("number %d is %s", innerJSON, builtin[innerJSON-1].Name())
	}
}

func TestWrapped(t *testing.T) {
	f := func(raw, format, want string) { t.Helper(); shows(t, raw, format, want) }
	f(`{"log":"{\"level\":\"warn\",\"msg\":\"hi\",\"n\":1}\n","stream":"stdout","time":"2021-02-01T16:45:03.01231z"}`+"\n", "docker+json",
		`time=2021-02-01T16:45:03.01231Z severity=WARN text=warn body="hi" n=1 stream="stdout"`)
	f(`{"time":"2021-02-01T16:45:03Z","attrs":{"tag":"web","env":{"a":1}},"stream":"stderr","log":"plain trace_id=4bf92f3577b34da6\r\n"}`, "docker",
		`time=2021-02-01T16:45:03Z trace=4bf92f3577b34da6 body="plain trace_id=4bf92f3577b34da6" stream="stderr" attrs.tag="web" attrs.env.a=1`)
	f(`{"time":"2021-02-01T16:45:03Z","stream":"stderr","_p":"F","log":"x"}`, "docker", `time=2021-02-01T16:45:03Z body="x" stream="stderr"`)
	f(`{"log":"a\n","stream":"stdout","time":"2021-02-01T16:45:03Z","k":1}`, "json", `time=2021-02-01T16:45:03Z body="a\n" stream="stdout" k=1`)
	f(`{"log":"a\n","stream":"stdin","time":"2021-02-01T16:45:03Z"}`, "json", `time=2021-02-01T16:45:03Z body="a\n" stream="stdin"`)
	f("2019-05-07T18:57:50.904275087+00:00 stderr F {\"level\":\"error\"}\r\n", "cri+json",
		`time=2019-05-07T18:57:50.904275087Z severity=ERROR text=error body="" stream="stderr"`)
	f(`2019-05-07T18:57:50Z stdout F:x:y  two `, "cri", `time=2019-05-07T18:57:50Z body=" two " stream="stdout"`)
	f(`2019-05-07T18:57:50Z stdout F`, "cri", `time=2019-05-07T18:57:50Z body="" stream="stdout"`)
	// The time inside stays.
	f(`2019-05-07T18:57:50Z stdout F {"ts":"2019-05-07T18:57:49Z","msg":"m"}`, "cri+json", `time=2019-05-07T18:57:50Z body="m" ts="2019-05-07T18:57:49Z" stream="stdout"`)
	f(`2019-05-07T18:57:50Z stdout F 2019-05-07 18:57:49,500 INFO [shop] m`, "cri+python",
		`time=2019-05-07T18:57:50Z severity=INFO text=INFO service=shop body="m" event.created="2019-05-07T18:57:49.5" stream="stdout"`)
	f(`{"time":"2021-02-01T16:45:03Z","stream":"stderr","log":"10:11:12 WARN m\n"}`, "docker+stamped",
		`time=2021-02-01T16:45:03Z severity=WARN text=WARN body="m" event.created="10:11:12" stream="stderr"`)
	// So does what a header says that the JSON behind it names too.
	f(`<12>May  7 18:57:50 web1 shopd[7]: {"level":"error","service":"cart","host":"pod-1","msg":"m"}`, "rfc3164+json",
		`severity=ERROR text=error service=cart host=pod-1 body="m" log.syslog.facility.code=1 log.syslog.facility.name="user" log.syslog.severity.code=4 process.pid=7 log.syslog.appname="shopd" log.syslog.hostname="web1" log.syslog.severity.name="warning"`)
	f(`2019-05-07 18:57:50,123 WARN [shop] {"level":"error","service":"cart","msg":"m"}`, "python+json",
		`time=2019-05-07T18:57:50.123Z severity=ERROR text=error service=cart body="m" header.service="shop" header.level="WARN"`)
	// A line that was cut is one record, of the format that its pieces make together; the other stream's stand between them.
	f("2019-05-07T18:57:50Z stdout P {\"level\":\"in\n2019-05-07T18:57:51Z stdout P fo\",\n2019-05-07T18:57:52Z stdout F \"msg\":\"m\"}\n", "cri+json",
		`time=2019-05-07T18:57:50Z severity=INFO text=info body="m" stream="stdout"`)
	records := decodeAll(t, "2019-05-07T18:57:50Z stdout P a\n2019-05-07T18:57:51Z stderr F e\n2019-05-07T18:57:52Z stdout F b\n2019-05-07T18:57:53Z stdout F   at x\n")
	if len(records) != 2 || records[0].Body != "ab\n  at x" || records[1].Body != "e" {
		t.Errorf("%d records, %s", len(records), show(records[0]))
	}
}

func TestNamedScanAllocatesNothing(t *testing.T) {
	ix, _ := New(Options{})
	for _, shape := range shopShapes {
		lines := shopLines(shape.line)
		line := lines[:bytes.IndexByte(lines, '\n')+1]
		chunk := bytes.Repeat(line, 10)
		facts := ix.Scan(chunk, nil)
		if n := testing.AllocsPerRun(10, func() { facts = ix.Scan(chunk, facts) }); n > 1 { // the service's name in the dictionary
			t.Errorf("%s: %v allocations for ten records", shape.name, n)
		}
	}
}
