package logs

import "testing"

func TestNormalTrace(t *testing.T) {
	same := func(ids ...string) {
		t.Helper()
		for _, id := range ids[1:] {
			if NormalTrace(ids[0]) != NormalTrace(id) || NormalTrace(id) == 0 || TraceHash(ids[0]) != TraceHash(id) {
				t.Errorf("%q is not the trace %q", id, ids[0])
			}
		}
	}
	same("4bf92f3577b34da6a3ce929d0e0e4736", "4BF92F3577B34DA6A3CE929D0E0E4736", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
		"a3ce929d0e0e4736", "11803532876627986230", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	same("1234567890123456", "1234567890123456") // sixteen digits are hex
	same("req-17/b", "req-17/b")
	differ := func(a, b string) {
		t.Helper()
		if NormalTrace(a) == NormalTrace(b) {
			t.Errorf("%q and %q are one trace", a, b)
		}
	}
	differ("req-17/b", "req-17/B")
	differ("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4737")
	for _, none := range []string{"", "0", "0000000000000000", "00000000000000000000000000000000"} {
		if NormalTrace(none) != 0 || TraceHash(none) != 0 {
			t.Errorf("%q is a trace", none)
		}
	}
	if TraceHash("1") <= ManyTraces {
		t.Error("a hash means many traces")
	}
	if got := NormalTrace("99999999999999999999"); got == 0 { // more than 64 bits: a text
		t.Error("a long decimal is no trace")
	}
}

func TestFindTrace(t *testing.T) {
	f := func(text string, want ...string) {
		t.Helper()
		rest := []byte(text)
		for _, w := range want {
			var id []byte
			if id, rest = FindTrace(rest); string(id) != w {
				t.Errorf("%q: %q, not %q", text, id, w)
			}
		}
		if id, _ := FindTrace(rest); id != nil {
			t.Errorf("%q: also %q", text, id)
		}
	}
	f("paid trace_id=4bf92f3577b34da6 in 3 ms", "4bf92f3577b34da6")
	f(`{"traceId":"4bf92f35-77b3"} and {\"trace_id\": \"aaaa1111bbbb\"}`, "4bf92f35-77b3", "aaaa1111bbbb")
	f("TraceID: 4bf92f3577b34da6, otelTraceID=aaaabbbb1111", "4bf92f3577b34da6", "aaaabbbb1111")
	f("X-B3-TraceId: 80f198ee56343ba8", "80f198ee56343ba8")
	f("traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	f("dd.trace_id=11803532876627986230 dd.span_id=1", "11803532876627986230")
	f("traceroute to host, trace_id of none, trace_id= , tracebacks: 12345678, trace_id=short1")
	f("")
}

func FuzzFindTrace(f *testing.F) {
	f.Add([]byte("trace_id=4bf92f3577b34da6 traceparent"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for rest := text; ; {
			id, next := FindTrace(rest)
			if id == nil {
				return
			}
			if len(next) >= len(rest) || len(id) < 8 {
				t.Fatalf("%q: %q, then %d bytes", text, id, len(next))
			}
			NormalTrace(Borrow(id))
			rest = next
		}
	})
}
