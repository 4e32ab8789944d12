package format

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

// The short way reads a header as the general reader does, whatever was read before.
func TestQuickHeaders(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	quick, plain := newScanner(time.UTC, everything), newScanner(time.UTC, oneByOne)
	taken := 0
	for range 200000 {
		line := []byte(pick1(r, "2026-03-14 08:00:00,123", "2026-03-14 08:00:00.123", "2026-03-14T08:00:00.123456Z", "2026-03-14 08:00:00", "2026-03-14T08:00:00+02:00", "2026-03-14 8:00:00,123", "2026-03-14 08:00:00,123456") +
			pick1(r, " ", " ", " ", "  ", "\t") +
			pick1(r, "INFO ", "DEBUG ", "WARN  ", "ERROR ", "INFO  ", "info ", "WARNING ", "INFO: ", "INFO\t") +
			pick1(r, "", "", "[main] ", "[payment] ", "[http-nio-8080-exec-6] ", "[worker] ", "[order service] ", "[4bf92f35] ", "[x=1] ", "[req-1] ", "[main]", "[pool-1-thread-2]  ", "[MY-1] ", "[a] [b] ") +
			pick1(r, "", "com.shop.Handler - ", "Handler - ", "handler - ", "java.io.IOException - ", "a.b.C : ", "main.go:12 - ", "x::y - ", "a/b - ", "trailing. - ", "com.shop.Handler -- ", "com.shop.Handler  - ", "com.shop.Handler -\t", "- ", "pid=1 ") +
			pick1(r, "card accepted", "request completed in 35 ms", `{"level":"warn","msg":"x","service":"cart"}`, "x", "", "see trace_id=4bf92f3577b34da6", "retry: 3", "a | b | c", "text (kafka.server.Broker)", " two", "{} "))
		for range r.IntN(3) - 1 {
			line[r.IntN(len(line))] = " []-.:,|aZ0\t{"[r.IntN(13)]
		}
		var got, want, short fields
		n, m := everything.scan(line, quick, &got), oneByOne.scan(line, plain, &want)
		if n != m || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is %s %+v, one by one %s %+v", line, everything.list[n].Name(), got, oneByOne.list[m].Name(), want)
		}
		quick.forget()
		if len(line) >= 30 && isProgram(line, quick) && quick.quick(line, &short) != kindNone {
			taken++
		}
		quick.forget()
		plain.forget()
	}
	if taken < 5000 {
		t.Errorf("only %d lines were read the short way", taken)
	}
}
