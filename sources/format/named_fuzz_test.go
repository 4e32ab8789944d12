package format

import (
	"bytes"
	"testing"
)

// FuzzNamed: whatever the bytes, rows and decoded records agree, also in pieces that a container runtime cut.
func FuzzNamed(f *testing.F) {
	for _, line := range []string{
		`{"time":"2024-05-01T10:00:00.5+02:00","level":"WARN","msg":"trace_id=4bf92f3577b34da6 \u0074","n":[1,{"a":null}],"service":{"name":"x"}}`,
		`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[{"key":"a","value":{}}]}},"severityNumber":5}]}]}]}`,
		`{"log":"{\"level\":\"warn\"}\n","stream":"stdout","time":"2021-02-01T16:45:03.01231z"}`,
		`{"MESSAGE":[104,105],"PRIORITY":"4","__REALTIME_TIMESTAMP":"1700000000000001","_PID":"1"}`,
		"2019-05-07T18:57:50Z stdout P a=1 \n2019-05-07T18:57:51Z stdout F b=2",
		`ts=2024-03-10T14:13:06.698Z level=info msg="Starting \"x\"\tnow" n=1.50 ok traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`,
		"{\n  \"level\": \"error\",\n  \"message\": \"m\"\n}\n",
		"time:2024-03-10T14:13:06.698Z\tstatus:200\treq:GET / HTTP/1.0",
		"web_1  | {\"level\":\"info\",\"msg\":\"m\"}",
		"__CURSOR=s=1;t=5d8e0f\nPRIORITY=3\nMESSAGE\n\x03\x00\x00\x00\x00\x00\x00\x00a\nb\n\n",
	} {
		f.Add([]byte(line))
	}
	ix, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		agree(t, ix, raw)
		var cut []byte
		for line := range bytes.SplitSeq(raw, []byte{'\n'}) {
			half := len(line) / 2
			cut = append(append(append(cut, "2019-05-07T18:57:50Z stdout P "...), line[:half]...), '\n')
			cut = append(append(append(cut, "2019-05-07T18:57:50Z stdout F "...), line[half:]...), '\n')
		}
		agree(t, ix, cut)
	})
}
