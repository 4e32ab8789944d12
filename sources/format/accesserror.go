package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parseNginxError reads: 2024/01/02 15:04:05 [error] 123#123: *45 text.
// Source: nginx, ngx_log_error_core.
func parseNginxError(line []byte, s *scanner, h *head) bool {
	if len(line) < 30 || line[4] != '/' || line[19] != ' ' || line[20] != '[' {
		return false
	}
	level, rest, ok := cut(line[21:min(len(line), 30)], ']')
	i := 21 + len(level) + 2
	if !ok || len(rest) == 0 || rest[0] != ' ' || !h.leveled(level) {
		return false
	}
	process := digits(line[i:min(len(line), i+12)])
	thread := i + process + 1
	if process == 0 || thread >= len(line) || line[thread-1] != '#' {
		return false
	}
	n := digits(line[thread:min(len(line), thread+12)])
	if n == 0 || thread+n >= len(line) || line[thread+n] != ':' {
		return false
	}
	var end int
	if h.time, end = s.stampAt(line, 0); !h.time.ok || end != 19 {
		return false
	}
	h.addNumber("process.pid", line[i:i+process])
	h.addNumber("process.thread.id", line[thread:thread+n])
	i = skipBlanks(line, thread+n+1)
	if i < len(line) && line[i] == '*' {
		if n := digits(line[i+1 : min(len(line), i+21)]); n > 0 && i+1+n < len(line) && line[i+1+n] == ' ' {
			h.addNumber("nginx.error.connection_id", line[i+1:i+1+n])
			i += n + 2
		}
	}
	h.body = i
	return true
}

// nginxErrorFields adds the client and the request that stand at the end of the text, and stay in it.
func nginxErrorFields(line []byte, h *head, r *logs.Record) {
	text := line[h.body:]
	if i := bytes.Index(text, []byte(", client: ")); i >= 0 {
		client, _, _ := cut(text[i+len(", client: "):], ',')
		addAddress(r, "source", client)
	}
	if i := bytes.Index(text, []byte(`, request: "`)); i >= 0 {
		request, _, _ := cut(text[i+len(`, request: "`):], '"')
		addRequest(r, request)
	}
}

// parseApacheError reads: [Tue Apr 04 06:18:29.712806 2017] [core:error] [pid 1:tid 2] [client 10.0.0.1:80] text,
// and what Apache before 2.4 writes: [Sun Dec 04 04:47:44 2005] [error] [client 10.0.0.1] text.
func parseApacheError(line []byte, s *scanner, h *head) bool {
	if len(line) < 30 || line[4] != ' ' || line[8] != ' ' || !isUpper(line[1]) {
		return false
	}
	i := h.bracketed(line, 0, s)
	if i == 0 || i+2 >= len(line) || line[i] != ' ' || line[i+1] != '[' {
		return false
	}
	name, _, ok := cut(line[i+2:min(len(line), i+66)], ']')
	if !ok {
		return false
	}
	level := name
	module, after, modern := cut(name, ':')
	if modern {
		h.add("log.logger", module)
		level = after
	}
	if !h.leveled(level) && !h.traced(level) {
		return false
	}
	i += len(name) + 3
	h.body = skipBlanks(line, i)
	for i+2 < len(line) && line[i] == ' ' && line[i+1] == '[' {
		inside, _, ok := cut(line[i+2:], ']')
		if !ok || !h.apachePart(inside) {
			break
		}
		if i += len(inside) + 3; modern { // before, the client is the message's
			h.body = skipBlanks(line, i)
		}
	}
	return true
}

// traced takes the levels below debug, trace1 to trace8.
func (h *head) traced(level []byte) bool {
	if len(level) != 6 || !hasPrefix(level, "trace") || !isDigit(level[5]) {
		return false
	}
	h.severity, h.level = logs.Trace, level
	return true
}

// apachePart reads what stands in a bracket behind the level; false where it belongs to the text.
func (h *head) apachePart(b []byte) bool {
	switch {
	case hasPrefix(b, "pid "):
		process, thread, _ := cut(b[4:], ':')
		h.addNumber("process.pid", process)
		if hasPrefix(thread, "tid ") {
			h.addNumber("process.thread.id", thread[4:])
		}
	case hasPrefix(b, "client ") || hasPrefix(b, "remote "):
		host, port := splitLastPort(b[7:])
		key := "source.address"
		if isAddress(host) {
			key = "source.ip"
		}
		h.add(key, host)
		h.addNumber("source.port", port)
	default:
		return false
	}
	return true
}

// splitLastPort splits as splitPort does, and takes what stands behind the last colon of an IPv6 address as a port where
// it has five digits or the address does without it: Apache writes ::1:58619.
func splitLastPort(b []byte) (host, port []byte) {
	if host, port = splitPort(b); port != nil {
		return host, port
	}
	if i := bytes.LastIndexByte(b, ':'); i > 1 && numeric(b[i+1:]) && (len(b)-i-1 == 5 || !isAddress(b)) && isAddress(b[:i]) {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// parseCUPS reads: E [08/Jun/2013:11:28:58 -0700] text.
func parseCUPS(line []byte, s *scanner, h *head) bool {
	if len(line) < 24 || line[1] != ' ' || line[2] != '[' || line[5] != '/' {
		return false
	}
	i := h.bracketed(line, 2, s)
	if i == 0 {
		return false
	}
	h.severity, _ = logs.LetterSeverity(line[0])
	h.level = line[:1]
	h.body = skipBlanks(line, i)
	return true
}
