package format

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
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

// shopShapes are formats as a shop's services would write the same events in them.
var shopShapes = []struct {
	name string
	line func(b *strings.Builder, e *shopEvent)
}{
	{"json", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"timestamp":%q,"level":%q,"service":%q,"host":%q,"trace_id":%q,"span_id":%q,"duration_ms":%d,"http":{"status_code":%d,"endpoint":"/api/v1/orders"},"message":%q}`+"\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	}},
	{"ecs", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"@timestamp":%q,"log.level":%q,"message":%q,"service.name":%q,"host":{"name":%q},"trace":{"id":%q},"span":{"id":%q},"event":{"duration":%d},"http":{"response":{"status_code":%d}},"url":{"path":"/login"},"ecs.version":"1.6.0"}`+"\n",
			e.ms(), e.level, e.message, e.service, e.host, e.trace, e.span, e.duration*1000000, e.status)
	}},
	{"otel", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"timeUnixNano":"%d","severityNumber":9,"severityText":%q,"body":{"stringValue":%q},"attributes":[{"key":"http.route","value":{"stringValue":"/login"}},{"key":"duration_ms","value":{"intValue":"%d"}}],"resource":{"service.name":%q,"host.name":%q},"traceId":%q,"spanId":%q}`+"\n",
			e.at.UnixNano(), e.level, e.message, e.duration, e.service, e.host, e.trace, e.span)
	}},
	{"docker", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `{"log":"{\"severity\":\"info\",\"pid\":1,\"hostname\":%s,\"name\":%s,\"message\":%s,\"v\":1}\n","stream":"stdout","time":"%s"}`+"\n",
			`\"`+e.host+`\"`, `\"`+e.service+`\"`, `\"`+e.message+`\"`, e.at.Format(time.RFC3339Nano))
	}},
	{"cri", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `%s stdout F {"severity":"info","pid":1,"hostname":%q,"name":%q,"message":%q,"v":1}`+"\n",
			e.at.Format(time.RFC3339Nano), e.host, e.service, e.message)
	}},
	{"logfmt", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "ts=%s level=%s service=%s host=%s trace_id=%s span_id=%s duration_ms=%d status=%d endpoint=/login msg=%q\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	}},
	{"ltsv", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "time:%s\tlevel:%s\tservice:%s\thost:%s\ttrace_id:%s\tspan_id:%s\tduration_ms:%d\tstatus:%d\tendpoint:/login\tmsg:%s\n",
			e.ms(), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.message)
	}},
	{"prefixed", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, `%s_1  | {"time":%q,"level":%q,"trace_id":%q,"duration_ms":%d,"msg":%q}`+"\n", e.service, e.ms(), e.level, e.trace, e.duration, e.message)
	}},
	{"python", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "%s %s [%s] %s trace_id=%s\n", e.at.Format("2006-01-02 15:04:05,000"), e.level, e.service, e.message, e.trace)
	}},
	{"log4j", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "%s %-5s [http-nio-8080-exec-%d] com.shop.%s.Handler - %s trace_id=%s\n", e.at.Format("2006-01-02 15:04:05.000"), e.level, e.duration%40, e.service, e.message, e.trace)
	}},
	{"rfc5424", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "<134>1 %s %s %s %d - [ctx@32473 trace_id=%q span_id=%q] %s\n", e.at.Format("2006-01-02T15:04:05.000000Z"), e.host, e.service, e.duration, e.trace, e.span, e.message)
	}},
	{"rfc3164", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "<134>%s %s %s[%d]: %s trace_id=%s\n", e.at.Format(time.Stamp), e.host, e.service, e.duration, e.message, e.trace)
	}},
	{"syslog", func(b *strings.Builder, e *shopEvent) {
		fmt.Fprintf(b, "%s %s %s[%d]: %s\n", e.at.Format(time.Stamp), e.host, e.service, e.duration, e.message)
	}},
}

// A benchText is about 1 MiB of records of one format.
type benchText struct {
	name  string
	chunk []byte
}

// benchTexts are the shop's records, and for formats of other programs their samples again and again.
func benchTexts() (out []benchText) {
	have := map[string]bool{}
	add := func(name string, chunk func() []byte) {
		if !have[name] {
			have[name] = true
			out = append(out, benchText{name, chunk()})
		}
	}
	for _, s := range shopShapes {
		add(s.name, func() []byte { return shopLines(s.line) })
	}
	for _, name := range slices.Sorted(maps.Keys(headerSamples)) {
		add(name, func() []byte { return grown(headerSamples[name]) })
	}
	for _, s := range stampedSamples {
		add(s.name, func() []byte { return grown(s.text + "\n") })
	}
	return out
}

func grown(sample string) []byte { return bytes.Repeat([]byte(sample), 1<<20/len(sample)) }

func BenchmarkScanFold(b *testing.B) {
	for _, text := range benchTexts() {
		b.Run(text.name, func(b *testing.B) { benchmarkScanFold(b, newTestIndexer(b, Options{}), text.chunk, len(text.chunk)) })
	}
}

// BenchmarkChunks is ScanFold of a stream in chunks of other sizes.
func BenchmarkChunks(b *testing.B) {
	stream := bytes.Repeat(shopLines(shopShapes[0].line), 8)
	for _, size := range []int{64 << 10, 256 << 10, 1 << 20, 8 << 20} {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) { benchmarkScanFold(b, newTestIndexer(b, Options{}), stream, size) })
	}
}

// benchmarkScanFold indexes a stream in chunks of about size bytes, its core columns.
func benchmarkScanFold(b *testing.B, ix *Indexer, stream []byte, size int) {
	b.SetBytes(int64(len(stream)))
	b.ReportAllocs()
	rows := &logs.Rows{}
	var facts logs.Facts
	for b.Loop() {
		rows.List = rows.List[:0]
		var state []byte
		for offset := 0; offset < len(stream); {
			chunk := stream[offset:min(offset+size, len(stream))]
			chunk = chunk[:bytes.LastIndexByte(chunk, '\n')+1]
			facts = ix.Scan(chunk, facts)
			state = ix.Fold(state, int64(offset), chunk, facts, rows)
			offset += len(chunk)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, text := range benchTexts() {
		ix := newTestIndexer(b, Options{})
		rows := foldChunks(ix, text.chunk, len(text.chunk))
		f, _ := ix.Format(rows.Formats[rows.List[0].Format])
		record := text.chunk[:rows.List[0].Length]
		b.Run(text.name, func(b *testing.B) {
			b.SetBytes(int64(len(record)))
			b.ReportAllocs()
			var r logs.Record
			for b.Loop() {
				r.Reset()
				f.Decode(record, &r)
			}
		})
	}
}

// TestBenchTexts: what the benchmarks measure is of the formats that it is named after.
func TestBenchTexts(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	for _, text := range benchTexts() {
		rows := foldChunks(ix, text.chunk, len(text.chunk))
		for _, name := range rows.Formats {
			if name == "plain" && text.name != "text" && text.name != "dotnet" && text.name != "level" {
				t.Errorf("%s: there are lines of %s", text.name, name)
			}
		}
	}
}

// BenchmarkFold is Fold alone, of facts that were found before.
func BenchmarkFold(b *testing.B) {
	for _, text := range benchTexts() {
		b.Run(text.name, func(b *testing.B) {
			ix := newTestIndexer(b, Options{})
			facts, rows := ix.Scan(text.chunk, nil), &logs.Rows{}
			b.SetBytes(int64(len(text.chunk)))
			b.ReportAllocs()
			for b.Loop() {
				rows.List = rows.List[:0]
				ix.Fold(nil, 0, text.chunk, facts, rows)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*facts.Lines()), "ns/line")
		})
	}
}
