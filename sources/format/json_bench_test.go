package format

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// shopLines are about 1 MiB of a shop's records, as line writes them.
func shopLines(line func(b *strings.Builder, e *shopEvent)) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	at := time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)
	services := []string{"gateway", "auth", "orders", "payment", "inventory", "shipping"}
	messages := []string{"request completed /api/v1/orders in %d ms", "cache lookup key=user:%d hit=true", "payment declined for order %08x: timeout", "User login successful for user=%d from IP=10.2.33.4"}
	levels := []string{"INFO", "DEBUG", "ERROR", "INFO"}
	var b strings.Builder
	for b.Len() < 1<<20 {
		at = at.Add(time.Duration(r.IntN(5_000_000)))
		k := r.IntN(len(messages))
		service := services[r.IntN(len(services))]
		line(&b, &shopEvent{at, levels[k], service, fmt.Sprintf("%s-%d", service, r.IntN(4)), fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()),
			fmt.Sprintf("%016x", r.Uint64()), fmt.Sprintf(messages[k], r.IntN(90000)), r.IntN(2500), 200 + 100*(k&2)})
	}
	return []byte(b.String())
}

type shopEvent struct {
	at                                         time.Time
	level, service, host, trace, span, message string
	duration, status                           int
}

func (e *shopEvent) ms() string { return e.at.Format("2006-01-02T15:04:05.000Z") }

var jsonShapes = map[string]func(b *strings.Builder, e *shopEvent){
	"json": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"timestamp":%q,"level":%q,"service":%q,"host":%q,"trace_id":%q,"span_id":%q,"duration_ms":%d,"http":{"status_code":%d,"endpoint":"/api/v1/orders"},"message":%q}`+"\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	},
	"ecs": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"@timestamp":%q,"log.level":%q,"message":%q,"service.name":%q,"host":{"name":%q},"trace":{"id":%q},"span":{"id":%q},"event":{"duration":%d},"http":{"response":{"status_code":%d}},"url":{"path":"/login"},"ecs.version":"1.6.0"}`+"\n",
			e.ms(), e.level, e.message, e.service, e.host, e.trace, e.span, e.duration*1000000, e.status)
	},
	"otel": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"timeUnixNano":"%d","severityNumber":9,"severityText":%q,"body":{"stringValue":%q},"attributes":[{"key":"http.route","value":{"stringValue":"/login"}},{"key":"duration_ms","value":{"intValue":"%d"}}],"resource":{"service.name":%q,"host.name":%q},"traceId":%q,"spanId":%q}`+"\n",
			e.at.UnixNano(), e.level, e.message, e.duration, e.service, e.host, e.trace, e.span)
	},
	"docker": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"log":"{\"severity\":\"info\",\"pid\":1,\"hostname\":%s,\"name\":%s,\"message\":%s,\"v\":1}\n","stream":"stdout","time":"%s"}`+"\n",
			`\"`+e.host+`\"`, `\"`+e.service+`\"`, `\"`+e.message+`\"`, e.at.Format(time.RFC3339Nano))
	},
	"cri": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `%s stdout F {"severity":"info","pid":1,"hostname":%q,"name":%q,"message":%q,"v":1}`+"\n",
			e.at.Format(time.RFC3339Nano), e.host, e.service, e.message)
	},
	"logfmt": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "ts=%s level=%s service=%s host=%s trace_id=%s span_id=%s duration_ms=%d status=%d endpoint=/login msg=%q\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	},
	"ltsv": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "time:%s\tlevel:%s\tservice:%s\thost:%s\ttrace_id:%s\tspan_id:%s\tduration_ms:%d\tstatus:%d\tendpoint:/login\tmsg:%s\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	},
	"prefixed": func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `%s_1  | {"time":%q,"level":%q,"trace_id":%q,"duration_ms":%d,"msg":%q}`+"\n", e.service, e.ms(), e.level, e.trace, e.duration, e.message)
	},
}

func BenchmarkNamedScanFold(b *testing.B) {
	for _, name := range []string{"json", "ecs", "otel", "docker", "cri", "logfmt", "ltsv", "prefixed"} {
		chunk := shopLines(jsonShapes[name])
		b.Run(name, func(b *testing.B) {
			ix, _ := New(Options{})
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			rows := &logs.Rows{}
			var facts logs.Facts
			for b.Loop() {
				rows.List = rows.List[:0]
				facts = ix.Scan(chunk, facts)
				ix.Fold(nil, 0, chunk, facts, rows)
			}
			for _, row := range rows.List {
				if rows.Formats[row.Format] == "plain" {
					b.Fatal("lines are plain")
				}
			}
		})
	}
}

func BenchmarkNamedDecode(b *testing.B) {
	for _, name := range []string{"json", "ecs", "otel", "docker", "cri", "logfmt", "ltsv", "prefixed"} {
		line := shopLines(jsonShapes[name])
		line = line[:strings.IndexByte(string(line), '\n')]
		b.Run(name, func(b *testing.B) {
			ix, _ := New(Options{})
			rows := foldChunks(ix, line, len(line))
			f, _ := ix.Format(rows.Formats[rows.List[0].Format])
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			var r logs.Record
			for b.Loop() {
				r.Reset()
				f.Decode(line, &r)
			}
		})
	}
}
