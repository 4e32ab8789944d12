package format

import (
	"github.com/lxlog/lx/logs"
)

// parseW3C reads what IIS writes by default, and with site and server before it:
//
//	time server method path query port user client agent [referrer] status substatus win32 [sent received] [ms]
//
// and a form without server and port: time client user method path query status bytes "referrer" "agent".
// A file's own #Fields line is not looked at: each line is read by itself.
// Source: IIS, "W3C Extended Log File Format".
func parseW3C(line []byte, s *scanner, h *head) bool {
	if len(line) < 40 || line[4] != '-' || line[13] != ':' {
		return false
	}
	st, end := s.stampAt(line, 0)
	if !st.ok || end != 19 || line[end] != ' ' {
		return false
	}
	w := words{b: line, i: end}
	address := false
	for range 4 {
		from := skipBlanks(line, w.i)
		word, opener, ok := w.next()
		switch {
		case !ok || opener != 0:
			return false
		case address && isMethod(word):
			h.time = st
			return h.w3cTail(line, from, w)
		case isAddress(word):
			address = true
		case !address && !isWord(word):
			return false
		}
	}
	return false
}

// isWord reports whether b can be a site's or a server's name, or a user's.
func isWord(b []byte) bool { return hostKind(b) != noHost && !isLevel(b) }

// w3cTail reads what follows the method, which stands at line[from:].
func (h *head) w3cTail(line []byte, from int, w words) bool {
	path, _, ok := w.next()
	if !ok || len(path) == 0 || path[0] != '/' && path[0] != '*' && path[0] != '-' && path[0] != 'h' {
		return false
	}
	h.body, h.end = from, w.i
	at := w.i
	query, _, _ := w.next()
	if len(query) > 0 && string(query) != "-" && string(query) != "-1" {
		h.end = w.i
	}
	if status, ok := statusAt(line, w.i); ok && status > 0 { // client user method path query status
		h.extra = w.i
		h.answered(status)
		return true
	}
	for w.i = at; w.i < len(line); {
		status, ok := statusAt(line, w.i)
		next := words{line, w.i + 4}
		if ok && status >= 100 && status < 600 && numeric(next.text()) && numeric(next.text()) {
			h.extra = w.i
			h.answered(status)
			return true
		}
		w.text()
	}
	return false
}

func w3cFields(line []byte, h *head, r *logs.Record) {
	w := words{b: line[:h.body], i: 19}
	before := [3][]byte{}
	n := 0
	for ; n < 3; n++ {
		word, _, ok := w.next()
		if !ok {
			break
		}
		before[n] = word
	}
	w = words{b: line[:h.extra], i: h.body}
	addField(r, "http.request.method", w.text())
	path := w.text()
	query := w.text()
	addField(r, "url.original", path)
	addField(r, "url.path", path)
	if string(query) != "-1" {
		addField(r, "url.query", query)
	}
	tail := words{b: line, i: h.extra}
	status := tail.text()
	addCount(r, "http.response.status_code", status)
	if len(w.rest()) == 0 {
		addAddress(r, "source", before[0])
		addField(r, "user.name", before[1])
		addCount(r, "http.response.body.bytes", tail.text())
		addField(r, "http.request.referrer", tail.quoted())
		addField(r, "user_agent.original", tail.quoted())
		addField(r, "extra", tail.rest())
		return
	}
	if n > 1 {
		addField(r, "iis.access.site_name", before[0])
	}
	if n > 2 {
		addField(r, "iis.access.server_name", before[1])
	}
	addAddress(r, "destination", before[n-1])
	addCount(r, "destination.port", w.text())
	addField(r, "user.name", w.text())
	addAddress(r, "source", w.text())
	agent := w.text()
	if hasPrefix(agent, "HTTP/") {
		addField(r, "http.version", agent[len("HTTP/"):])
		agent = w.text()
	}
	addField(r, "user_agent.original", agent)
	addField(r, "http.request.referrer", w.text())
	addField(r, "iis.access.more", w.rest())
	addCount(r, "iis.access.sub_status", tail.text())
	addCount(r, "iis.access.win32_status", tail.text())
	more := words{b: tail.b, i: tail.i}
	more.text()
	if len(more.rest()) > 0 {
		addCount(r, "http.response.bytes", tail.text())
		addCount(r, "http.request.bytes", tail.text())
	}
	addDuration(r, "event.duration", tail.text(), 3)
	addField(r, "extra", tail.rest())
}
