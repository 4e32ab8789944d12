package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parseCommon reads the common and the combined log format, with what servers add before and behind:
//
//	[vhost] client ident user [time] "request" status bytes ["referrer" "user agent"] [more]
//
// Source: Apache HTTP Server, mod_log_config; nginx, ngx_http_log_module.
func parseCommon(line []byte, s *scanner, h *head) bool {
	if len(line) < 30 || line[4] == '-' && line[7] == '-' {
		return false
	}
	open := datePlace(line)
	if open < 0 || open > 0 && line[open-1] != ' ' { // Django's server has no client
		return false
	}
	i := h.bracketed(line, open, s)
	if i == 0 || i >= len(line) || line[i] != ' ' {
		return false
	}
	return h.requested(line, skipBlanks(line, i))
}

func commonFields(line []byte, h *head, r *logs.Record) {
	addClient(r, line[:datePlace(line)])
	addRequest(r, line[h.body:h.end])
	w := words{b: line[h.end+1:]}
	addCount(r, "http.response.status_code", w.text())
	addCount(r, "http.response.body.bytes", w.text())
	if referrer := w.quoted(); referrer != nil {
		addField(r, "http.request.referrer", referrer)
		addField(r, "user_agent.original", w.quoted())
	}
	addExtras(r, &w)
}

// addClient adds what stands before the time: client, identity and user, perhaps a virtual host before them.
func addClient(r *logs.Record, before []byte) {
	client, rest := word(before)
	if second, after := word(rest); !isClient(client) && isClient(second) && len(after) > 0 {
		addAddress(r, "url", client)
		client, rest = second, after
	}
	for bytes.HasSuffix(client, []byte{','}) { // the addresses that the request came along
		addAddress(r, "source", bytes.TrimSuffix(client, []byte{','}))
		if client, rest = word(rest); !bytes.HasSuffix(client, []byte{','}) {
			addField(r, "network.forwarded_ip", client)
			client = nil
		}
	}
	addAddress(r, "source", client)
	identity, rest := word(rest)
	addField(r, "user.id", identity)
	addField(r, "user.name", bytes.TrimRight(rest, " \t"))
}

// word cuts the first word off b, which blanks may precede.
func word(b []byte) (first, rest []byte) {
	i := skipBlanks(b, 0)
	end := token(b, i)
	return b[i:end], b[skipBlanks(b, end):]
}

func isClient(b []byte) bool {
	host, _ := splitPort(bytes.TrimSuffix(b, []byte{','}))
	return isAddress(host)
}

// addExtras adds what a server writes behind the user agent: what Traefik and
// Kubernetes' ingress write, key=value, a time with a point in seconds, the
// addresses that a request came along. From the first word that says nothing of itself, all is "extra".
func addExtras(r *logs.Record, w *words) {
	if addTraefik(r, *w) || addIngress(r, *w) {
		return
	}
	for {
		at := *w
		text, opener, ok := w.next()
		switch {
		case !ok:
			return
		case len(text) == 0 || string(text) == "-":
		case opener == '"' && isAddressList(text):
			addField(r, "network.forwarded_ip", text)
		case opener == 0 && isNumber(text) && bytes.IndexByte(text, '.') > 0:
			if _, seen := r.Attr("event.duration"); seen {
				addField(r, "extra", at.rest())
				return
			}
			addDuration(r, "event.duration", text, 0)
		case opener == 0 && addPair(r, text, &at, w):
		default:
			addField(r, "extra", at.rest())
			return
		}
	}
}

// addPair adds key=value, where the value may stand in quotes that hold blanks.
func addPair(r *logs.Record, text []byte, at, w *words) bool {
	key, value, ok := cut(text, '=')
	if !ok || !isKey(key) {
		return false
	}
	if len(value) > 0 && value[0] == '"' {
		at.i = skipBlanks(at.b, at.i) + len(key) + 1
		value = at.quoted()
		w.i = at.i
		if value == nil {
			return false
		}
	}
	addCount(r, logs.Borrow(key), value)
	return true
}

func isKey(b []byte) bool {
	for _, c := range b {
		if !isLetter(c) && !isDigit(c) && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return len(b) > 0 && isLetter(b[0])
}

// isAddressList reports whether b is addresses between commas.
func isAddressList(b []byte) bool {
	for {
		first, rest, more := cut(b, ',')
		if !isAddress(bytes.TrimSpace(first)) {
			return false
		}
		if !more {
			return true
		}
		b = rest
	}
}

// addTraefik adds: requests so far, router, server, duration. Source: Traefik, "CLF - Common Log Format".
func addTraefik(r *logs.Record, w words) bool {
	count, _, _ := w.next()
	router := w.quoted()
	server := w.quoted()
	took, _, _ := w.next()
	if !numeric(count) || router == nil || server == nil || !bytes.HasSuffix(took, []byte("ms")) || len(w.rest()) > 0 {
		return false
	}
	addCount(r, "traefik.request_count", count)
	addField(r, "traefik.router.name", router)
	addField(r, "traefik.server.url", server)
	addDuration(r, "event.duration", took[:len(took)-2], 3)
	return true
}

// addIngress adds what the default format of Kubernetes' ingress-nginx has behind the user agent.
func addIngress(r *logs.Record, w words) bool {
	length, _, _ := w.next()
	took, _, _ := w.next()
	upstream, opener, _ := w.next()
	if !numeric(length) || !isNumber(took) || opener != '[' {
		return false
	}
	addCount(r, "http.request.bytes", length)
	addDuration(r, "event.duration", took, 0)
	addField(r, "nginx.upstream.name", upstream)
	if _, opener, _ := (&words{w.b, w.i}).next(); opener == '[' {
		addField(r, "nginx.upstream.alternative_name", w.text())
	}
	addAddress(r, "destination", w.text())
	addCount(r, "nginx.upstream.response.bytes", w.text())
	addDuration(r, "nginx.upstream.response.duration", w.text(), 0)
	addCount(r, "nginx.upstream.response.status_code", w.text())
	addField(r, "http.request.id", w.text())
	addField(r, "extra", w.rest())
	return true
}
