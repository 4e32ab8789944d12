package demo

import "strconv"

// write holds what makes a line of each stream, without the newline at its end.
var write = [streams]func([]byte, *event, *message) []byte{
	Edge: access, Gateway: json, Orders: ecs, Inventory: logfmt,
	Payment: log4j, Ledger: postgres, Shipping: python, Mail: syslog,
}

// precision is what stamps of a stream count in.
func precision(s Stream) int64 {
	if s == Edge {
		return second
	}
	return milli
}

// access is nginx's combined log with fields of its own behind it.
func access(b []byte, e *event, _ *message) []byte {
	b = appendClient(b, e)
	b = appendStamp(append(b, " - - ["...), e.at, clf)
	b = append(append(append(b, `] "`...), e.order.method()...), ' ')
	b = appendPath(b, e)
	b = strconv.AppendUint(append(b, ` HTTP/2.0" `...), uint64(e.status), 10)
	size := uint64(e.order.id%18000) + 120
	if e.status >= 400 {
		size = 157
	}
	b = strconv.AppendUint(append(b, ' '), size, 10)
	b = append(append(append(b, ` "https://shop.example/" "`...), agents[e.order.client%uint8(len(agents))]...), `" host=`...)
	b = append(appendHost(b, e, Edge), " rt="...)
	b = strconv.AppendInt(b, int64(e.ms/1000), 10)
	b = appendDigits(append(b, '.'), int64(e.ms%1000), 3)
	return appendTrace(b, e, " trace_id=", "")
}

// json is the gateway's own.
func json(b []byte, e *event, m *message) []byte {
	b = appendStamp(append(b, `{"time":"`...), e.at, iso)
	b = append(append(append(b, `Z","level":"`...), lower[m.level]...), `","service":"gateway","host":"`...)
	b = m.text.append(append(appendHost(b, e, Gateway), `","msg":"`...), e)
	b = m.fields.append(append(b, '"'), e)
	b = appendTrace(b, e, `,"trace_id":"`, `"`)
	return append(appendSpan(b, e, Gateway, `,"span_id":"`, `"`), '}')
}

// ecs is JSON with the keys of the Elastic Common Schema.
func ecs(b []byte, e *event, m *message) []byte {
	b = appendStamp(append(b, `{"@timestamp":"`...), e.at, iso)
	b = append(append(append(b, `Z","log.level":"`...), m.level.String()...), `","message":"`...)
	b = append(m.text.append(b, e), `","service.name":"orders","host.name":"`...)
	b = append(m.tag.append(append(appendHost(b, e, Orders), `","log.logger":"`...), e), '"')
	b = appendTrace(m.fields.append(b, e), e, `,"trace.id":"`, `"`)
	return append(appendSpan(b, e, Orders, `,"span.id":"`, `"`), `,"ecs.version":"8.17.0"}`...)
}

func logfmt(b []byte, e *event, m *message) []byte {
	b = appendStamp(append(b, "ts="...), e.at, iso)
	b = append(append(append(b, "Z level="...), lower[m.level]...), " service=inventory host="...)
	b = m.text.append(append(appendHost(b, e, Inventory), ` msg="`...), e)
	b = m.fields.append(append(b, '"'), e)
	return appendTrace(b, e, " trace_id=", "")
}

// log4j has the service, the trace and the span in brackets, as Spring Cloud Sleuth writes them.
func log4j(b []byte, e *event, m *message) []byte {
	b = appendStamp(b, e.at, comma)
	b = append(append(append(b, "Z "...), m.level.String()...), "      "[len(m.level.String()):]...)
	b = appendTrace(append(b, "[payment,"...), e, "", "")
	b = appendSpan(append(b, ','), e, Payment, "", "")
	b = strconv.AppendUint(append(b, "] [http-"...), uint64(e.order.number%16), 10)
	b = append(m.tag.append(append(b, "] "...), e), " - "...)
	return m.text.append(b, e)
}

// postgres has the prefix "%m [%p] %u@%d ", of which the tag is what follows the time.
func postgres(b []byte, e *event, m *message) []byte {
	b = append(appendStamp(b, e.at, dot), " UTC "...)
	return m.text.append(m.tag.append(b, e), e)
}

func python(b []byte, e *event, m *message) []byte {
	b = append(appendStamp(b, e.at, comma), "Z "...)
	b = append(append(b, [...]string{"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}[m.level]...), " shipping[41]: "...)
	b = appendTrace(b, e, "trace_id=", " ")
	return m.text.append(b, e)
}

// syslog is RFC 5424, of the facility local0.
func syslog(b []byte, e *event, m *message) []byte {
	b = append(append(append(b, '<'), [...]string{"135", "134", "132", "131", "130"}[m.level]...), ">1 "...)
	b = append(appendStamp(b, e.at, iso), "Z "...)
	b = append(m.tag.append(append(appendHost(b, e, Mail), " mail 512 "...), e), ' ')
	b = appendTrace(m.fields.append(b, e), e, `[trace@32473 trace_id="`, `"]`)
	return m.text.append(append(b, ' '), e)
}

var lower = [levels]string{"debug", "info", "warn", "error", "fatal"}

func appendHost(b []byte, e *event, s Stream) []byte {
	b = append(append(b, about[s].name...), '-')
	return strconv.AppendUint(b, 1+uint64(e.order.number)%uint64(about[s].hosts), 10)
}

// appendTrace appends the trace id between two texts, nothing where there is none.
func appendTrace(b []byte, e *event, before, behind string) []byte {
	if !e.order.traced {
		return b
	}
	return append(e.order.trace.append(append(b, before...)), behind...)
}

// appendSpan appends the id of the stream's part of a trace.
func appendSpan(b []byte, e *event, s Stream, before, behind string) []byte {
	if !e.order.traced {
		return b
	}
	id := uint64(e.order.id)<<32 | uint64(e.order.number)<<8 | uint64(s)
	return append(appendHex(append(b, before...), id, 16), behind...)
}
