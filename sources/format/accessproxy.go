package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parseEnvoy reads: [2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "agent" "id" "host" "tcp://10.0.2.1:80".
// Source: Envoy, "Default format string"; Istio, "Default access log format".
func parseEnvoy(line []byte, s *scanner, h *head) bool {
	if len(line) < 30 || line[11] != 'T' || !isDigit(line[1]) {
		return false
	}
	i := h.bracketed(line, 0, s)
	if i == 0 || i+1 >= len(line) || line[i+1] != '"' {
		return false
	}
	return h.requested(line, i+1)
}

func envoyFields(line []byte, h *head, r *logs.Record) {
	addRequest(r, line[h.body:h.end])
	w := words{b: line[h.end+1:]}
	addCount(r, "http.response.status_code", w.text())
	addField(r, "envoy.response_flags", w.text())
	received, _, _ := w.next()
	if !numeric(received) { // Istio
		addField(r, "envoy.response_code_details", received)
		addField(r, "envoy.connection_termination_details", w.text())
		addField(r, "envoy.upstream.failure", w.quoted())
		received = w.text()
	}
	addCount(r, "http.request.body.bytes", received)
	addCount(r, "http.response.body.bytes", w.text())
	addDuration(r, "event.duration", w.text(), 3)
	addDuration(r, "envoy.upstream.duration", w.text(), 3)
	addField(r, "network.forwarded_ip", w.quoted())
	addField(r, "user_agent.original", w.quoted())
	addField(r, "http.request.id", w.quoted())
	addField(r, "url.domain", w.quoted())
	addField(r, "envoy.upstream.address", w.quoted())
	addField(r, "extra", w.rest())
}

// parseHAProxy reads HTTP requests as HAProxy writes them to a file:
//
//	client:port [time] frontend backend/server times status bytes - - ---- connections queues {headers} "request"
//
// Source: HAProxy configuration manual, 8.2.3 HTTP log format.
func parseHAProxy(line []byte, s *scanner, h *head) bool {
	if len(line) < 60 || line[4] == '-' && line[7] == '-' {
		return false
	}
	open := token(line[:64-4], 0) + 1
	if open+1 >= len(line) || line[open] != '[' || datePlace(line[:min(len(line), open+16)]) != open {
		return false
	}
	i := h.bracketed(line, open, s)
	if i == 0 {
		return false
	}
	w := words{b: line, i: i}
	w.text()
	server, times := w.text(), w.text()
	status, ok := statusAt(line, w.i)
	if !ok || bytes.IndexByte(server, '/') < 0 || bytes.Count(times, []byte{'/'}) != 4 || line[len(line)-1] != '"' {
		return false
	}
	from := bytes.IndexByte(line[w.i:], '"') + w.i + 1
	if from >= len(line) {
		return false
	}
	h.body, h.end = from, len(line)-1
	h.answered(status)
	return true
}

func haproxyFields(line []byte, h *head, r *logs.Record) {
	client, rest := word(line)
	addAddress(r, "source", client)
	addRequest(r, line[h.body:h.end])
	_, after, _ := cut(rest, ']')
	w := words{b: after[:len(after)-(len(line)-h.body)-1]}
	addField(r, "haproxy.frontend_name", w.text())
	backend, server, _ := cut(w.text(), '/')
	addField(r, "haproxy.backend_name", backend)
	addField(r, "haproxy.server_name", server)
	times := w.text()
	total := bytes.TrimPrefix(times[bytes.LastIndexByte(times, '/')+1:], []byte{'+'})
	addDuration(r, "event.duration", total, 3)
	addField(r, "haproxy.timers", times)
	addCount(r, "http.response.status_code", w.text())
	addCount(r, "http.response.bytes", bytes.TrimPrefix(w.text(), []byte{'+'}))
	addField(r, "haproxy.request_cookie", w.text())
	addField(r, "haproxy.response_cookie", w.text())
	addField(r, "haproxy.termination_state", w.text())
	addField(r, "haproxy.connections", w.text())
	addField(r, "haproxy.queues", w.text())
	addField(r, "haproxy.headers", w.rest())
}

// parseSquid reads Squid's native format: time duration client result/status bytes method URL user hierarchy/host type.
// Source: Squid wiki, "Log file formats".
func parseSquid(line []byte, s *scanner, h *head) bool {
	if len(line) < 40 || line[10] != '.' || line[14] != ' ' {
		return false
	}
	w := words{b: line, i: 14}
	took := w.text()
	client, result := w.text(), w.text()
	_, status, ok := cut(result, '/')
	if !ok || len(status) != 3 || !numeric(status) || !numeric(bytes.TrimPrefix(took, []byte{'-'})) || !isAddress(client) && hostKind(client) == noHost {
		return false
	}
	w.text()
	from := skipBlanks(line, w.i)
	method := w.text()
	target := w.text()
	if len(target) == 0 || !isMethod(method) {
		return false
	}
	h.time, _ = s.stampAt(line, 0)
	h.body, h.end = from, w.i
	h.answered(int(status[0]-'0')*100 + int(status[1]-'0')*10 + int(status[2]-'0'))
	return h.time.ok
}

func squidFields(line []byte, h *head, r *logs.Record) {
	w := words{b: line, i: 14}
	addDuration(r, "event.duration", w.text(), 3)
	addAddress(r, "source", w.text())
	result, status, _ := cut(w.text(), '/')
	addField(r, "squid.result", result)
	addCount(r, "http.response.status_code", status)
	addCount(r, "http.response.bytes", w.text())
	addRequest(r, line[h.body:h.end])
	w.i = h.end
	addField(r, "user.name", w.text())
	addField(r, "squid.hierarchy", w.text())
	addField(r, "http.response.mime_type", w.text())
	addField(r, "extra", w.rest())
}

// parseGin reads: [GIN] 2024/01/02 - 15:04:05 | 200 |     1.234ms |       127.0.0.1 | GET      "/ping".
func parseGin(line []byte, s *scanner, h *head) bool {
	if len(line) < 40 || !hasPrefix(line, "[GIN] ") || string(line[16:19]) != " - " {
		return false
	}
	s.scratch = append(append(append(s.scratch[:0], line[6:16]...), ' '), line[19:27]...)
	t, n := s.when.Stamp(s.scratch)
	status, ok := statusAt(line, 29)
	if n != len(s.scratch) || !ok || line[28] != '|' {
		return false
	}
	last := bytes.LastIndexByte(line, '|')
	if last < 34 {
		return false
	}
	h.time = stamp{t, true}
	h.body = skipBlanks(line, last+1)
	h.answered(status)
	return true
}

func ginFields(line []byte, h *head, r *logs.Record) {
	addCount(r, "http.response.status_code", line[30:33])
	w := words{b: line[34:h.body], i: 0}
	w.text()
	addLength(r, "event.duration", w.text())
	w.text()
	addAddress(r, "source", w.text())
	method, target := word(line[h.body:])
	addField(r, "http.request.method", method)
	addURL(r, bytes.Trim(target, `"`))
}

// addLength adds a duration as Go prints it, of one unit: 1.234ms, 56.7µs, 2s.
func addLength(r *logs.Record, key string, text []byte) {
	for _, u := range [...]struct {
		suffix string
		places int
	}{{"ns", 9}, {"µs", 6}, {"ms", 3}, {"s", 0}} {
		if number, ok := bytes.CutSuffix(text, []byte(u.suffix)); ok && isNumber(number) {
			addDuration(r, key, number, u.places)
			return
		}
	}
	addField(r, key, text)
}

// parseUvicorn reads: INFO:     127.0.0.1:52344 - "GET / HTTP/1.1" 200 OK.
func parseUvicorn(line []byte, _ *scanner, h *head) bool {
	if !hasPrefix(line, "INFO:     ") {
		return false
	}
	end := token(line, 10)
	if end+4 >= len(line) || string(line[end:end+3]) != " - " || !isClient(line[10:end]) {
		return false
	}
	h.level = line[:4]
	return h.requested(line, end+3)
}

func uvicornFields(line []byte, h *head, r *logs.Record) {
	addAddress(r, "source", line[10:token(line, 10)])
	addRequest(r, line[h.body:h.end])
	w := words{b: line[h.end+1:]}
	addCount(r, "http.response.status_code", w.text())
	addField(r, "http.response.reason", w.rest())
}
