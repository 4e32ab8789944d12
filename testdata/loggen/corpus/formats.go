package corpus

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Formats are the names of what a corpus can be written as.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// formats write one event and return how many physical lines it took.
var formats = map[string]func(w *bufio.Writer, e *event) int{
	"json":    json,
	"ecs":     ecs,
	"otel":    otel,
	"logfmt":  logfmt,
	"python":  python,
	"nginx":   nginx,
	"rfc3164": rfc3164,
	"rfc5424": rfc5424,
	"log4j":   log4j,
	"plain":   plain,
}

const toMillis = "2006-01-02T15:04:05.000Z"

func json(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, `{"timestamp":%q,"level":%q,"service":%q,"host":%q,"trace_id":%q,"span_id":%q,"duration_ms":%d,"http":{"status_code":%d,"endpoint":%q},"message":%q}`+"\n",
		e.at.Format(toMillis), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.endpoint, e.message)
	return 1
}

func ecs(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, `{"@timestamp":%q,"log.level":%q,"message":%q,"service.name":%q,"host":{"name":%q},"trace":{"id":%q},"span":{"id":%q},"event":{"duration":%d},"http":{"response":{"status_code":%d}},"url":{"path":%q},"ecs.version":"1.6.0"}`+"\n",
		e.at.Format(toMillis), e.level, e.message, e.service, e.host, e.trace, e.span, e.duration*1_000_000, e.status, e.endpoint)
	return 1
}

var otelSeverity = map[string]int{"DEBUG": 5, "INFO": 9, "WARN": 13, "ERROR": 17, "FATAL": 21}

func otel(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, `{"timeUnixNano":"%d","severityNumber":%d,"severityText":%q,"body":{"stringValue":%q},"attributes":[{"key":"http.route","value":{"stringValue":%q}},{"key":"duration_ms","value":{"intValue":"%d"}}],"resource":{"service.name":%q,"host.name":%q},"traceId":%q,"spanId":%q}`+"\n",
		e.at.UnixNano(), otelSeverity[e.level], e.level, e.message, e.endpoint, e.duration, e.service, e.host, e.trace, e.span)
	return 1
}

func logfmt(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "ts=%s level=%s service=%s host=%s trace_id=%s span_id=%s duration_ms=%d status=%d endpoint=%s msg=%q\n",
		e.at.Format(toMillis), e.level, e.service, e.host, e.trace, e.span, e.duration, e.status, e.endpoint, e.message)
	return 1
}

func python(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "%s %s [%s] %s trace_id=%s\n", e.at.Format("2006-01-02 15:04:05,000"), e.level, e.service, e.message, e.trace)
	return 1
}

func nginx(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "10.1.%d.%d - - [%s] \"GET %s HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n",
		e.duration%256, e.status%256, e.at.Format("02/Jan/2006:15:04:05 -0700"), e.endpoint, e.status, 100+e.duration*7)
	return 1
}

var syslogSeverity = map[string]int{"FATAL": 2, "ERROR": 3, "WARN": 4, "INFO": 6, "DEBUG": 7}

// facility is syslog's local0.
const facility = 16 * 8

func rfc3164(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "<%d>%s %s %s[%d]: %s trace_id=%s\n", facility+syslogSeverity[e.level], e.at.Format(time.Stamp), e.host, e.service, 1000+e.duration, e.message, e.trace)
	return 1
}

func rfc5424(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "<%d>1 %s %s %s %d - [ctx@32473 trace_id=%q span_id=%q] %s\n",
		facility+syslogSeverity[e.level], e.at.Format("2006-01-02T15:04:05.000000Z"), e.host, e.service, 1000+e.duration, e.trace, e.span, e.message)
	return 1
}

// log4j has a stack trace behind each error.
func log4j(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "%s %-5s [http-nio-8080-exec-%d] com.shop.%s.Handler - %s trace_id=%s\n",
		e.at.Format("2006-01-02 15:04:05.000"), e.level, e.duration%40, e.service, e.message, e.trace)
	if e.level != "ERROR" {
		return 1
	}
	fmt.Fprintf(w, "java.net.SocketTimeoutException: Read timed out\n\tat com.shop.%s.Client.call(Client.java:%d)\n\tat com.shop.%s.Handler.handle(Handler.java:%d)\nCaused by: java.io.IOException: broken pipe\n\t... 23 more\n",
		e.service, 10+e.duration%400, e.service, 10+e.duration%90)
	return 6
}

// plain is prose that no format takes: it has neither time nor level.
func plain(w *bufio.Writer, e *event) int {
	fmt.Fprintf(w, "While it served %s for %s, the %s service noted: %s. That took %d ms in all, answer %d, span %s\n",
		e.endpoint, e.trace, e.service, e.message, e.duration, e.status, e.span)
	return 1
}
