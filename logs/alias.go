package logs

import "slices"

// Core is one of the fields that every record has a place for, whatever its source calls them.
type Core uint8

const (
	CoreNone Core = iota
	CoreTime
	CoreMessage
	CoreLevel
	CoreService
	CoreHost
	CoreTrace
	CoreSpan
)

// Aliases are the names, in order of preference, that sources use for a core
// field. The first is the ECS key, under which the field is listed. Where a
// record has several of them, the first in this order is the core field, and the others stay attributes.
var Aliases = [...][]string{
	CoreNone:    {""},
	CoreTime:    {"@timestamp", "timestamp", "time", "ts", "date", "t"},
	CoreMessage: {"message", "msg", "log", "body", "event.original", "MESSAGE", "short_message"},
	CoreLevel:   {"log.level", "level", "severity", "severity_text", "levelname", "lvl", "PRIORITY"},
	CoreService: {"service.name", "service", "app", "application", "kubernetes.labels.app", "container_name"},
	CoreHost:    {"host.name", "host", "hostname"},
	CoreTrace:   {"trace.id", "trace_id", "traceId", "traceid", "otelTraceID", "dd.trace_id", "X-B3-TraceId", "traceparent"},
	CoreSpan:    {"span.id", "span_id", "spanId", "spanid", "otelSpanID", "dd.span_id", "X-B3-SpanId"},
}

var coreOf = func() map[string]Core {
	m := map[string]Core{}
	for c, names := range Aliases {
		for _, n := range names {
			m[n] = Core(c)
		}
	}
	return m
}()

// CoreOf returns the core field that name is an alias of, CoreNone for any other name.
func CoreOf(name string) Core { return coreOf[name] }

// Key is the field's ECS key: "log.level".
func (c Core) Key() string { return Aliases[c][0] }

// CoreOfKey is the core field whose Key a name is, CoreNone for any other name, aliases among them.
func CoreOfKey(name string) Core {
	if c := CoreOf(name); c != CoreNone && c.Key() == name {
		return c
	}
	return CoreNone
}

// WordFields match by words, in any case, beside the message; all other fields match whole.
// Configuration adds to them (text_fields).
var WordFields = []string{"error", "error.message", "err", "exception", "exception.message", "error.stack_trace",
	"stack", "stack_trace", "stacktrace", "exc_info", "reason", "detail", "details", "description", "cause", "event.original"}

// IsWordField reports whether the field matches by words without being configured to.
func IsWordField(name string) bool {
	return CoreOf(name) == CoreMessage || slices.Contains(WordFields, name)
}
