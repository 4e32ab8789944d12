package query

import (
	"testing"

	"github.com/lxlog/lx/logs"
)

// benchRecord has 12 attributes.
func benchRecord(tb testing.TB) *logs.Record {
	return decode(tb, `{"@timestamp": "2026-03-14T11:30:00.123Z", "level": "ERROR", "service": "payment", "host": "node-17.example",
		"message": "order 5b20e9aa: declined: read timed out after 2646 ms, retry 3 of 5 in 0.5 s", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
		"http.method": "POST", "http.path": "/api/v1/orders/5b20e9aa/pay", "http.status": 502, "duration_ms": 2646.25, "user.id": "u-194812",
		"user.plan": "standard", "order.id": "5b20e9aa", "order.total": 129.9, "region": "eu-central-1", "retry": 3, "cached": false,
		"logger": "com.example.payment.Gateway"}`)
}

func BenchmarkMatch(b *testing.B) {
	r := benchRecord(b)
	if len(r.Attrs) != 12 {
		b.Fatalf("%d attributes", len(r.Attrs))
	}
	for _, c := range []struct {
		name, query string
		want        bool
	}{
		{"word", `refused`, false},
		{"word in body", `declined`, true},
		{"phrase", `"connection refused"`, false},
		{"phrase in body", `"timed out"`, true},
		{"substring", `*refus*`, false},
		{"any of two words", `refused denied`, false},
		{"number", `2646.5`, false},
		{"whole", `region:eu-west-1`, false},
		{"whole service", `service:payment`, true},
		{"message word", `message:declined`, true},
		{"compare number", `duration_ms > 1000`, true},
		{"compare time", `@timestamp >= now-15m`, false},
		{"level", `level:ERROR`, true},
		{"level order", `level >= WARN`, true},
		{"trace", `trace.id:4bf92f3577b34da6a3ce929d0e0e4737`, false},
		{"regexp", `/timed (in|up)/`, false},
		{"exists", `session:*`, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			q := Compile(parse(b, c.query), testEnv)
			if q.Match(r) != c.want {
				b.Fatal("the answer is wrong")
			}
			b.ReportAllocs()
			for b.Loop() {
				q.Match(r)
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	text := fold(benchRecord(b).Body)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for from, to := nextWord(text, 0); from < len(text); from, to = nextWord(text, to) {
		}
	}
}

func BenchmarkParse(b *testing.B) {
	const text = `level >= WARN and service:(payment or checkout) and not path:/healthz and "read timed out"`
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
