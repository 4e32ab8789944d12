package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// accessFamily are the formats that servers write of requests and their errors.
// The body of a request's record is the request line; all else is in fields.
var accessFamily = []layout{
	&header{id: "nginx-error", first: "12", join: joinAll, reason: "it begins with date, level and process as nginx writes its errors", parse: parseNginxError, more: nginxErrorFields},
	&header{id: "apache-error", first: "[", reason: "it begins with time and level in brackets as Apache writes its errors", parse: parseApacheError},
	&header{id: "cups-error", clock: true, first: "ACDEINWXd", reason: "it begins with a letter for the level and a time in brackets as CUPS writes", parse: parseCUPS},
	&header{id: "envoy", first: "[", reason: "it begins with a time in brackets, a request and a status as Envoy writes", parse: parseEnvoy, more: envoyFields},
	&header{id: "gin", first: "[", reason: "it begins with [GIN], time and status", parse: parseGin, more: ginFields},
	&header{id: "s3", clock: true, first: "0123456789abcdef", reason: "it begins with an owner, a bucket and a time as S3 writes of requests", parse: parseS3, more: s3Fields},
	&header{id: "haproxy", clock: true, reason: "client, time, proxies, timers and status stand as HAProxy writes them", parse: parseHAProxy, more: haproxyFields},
	&header{id: "access", clock: true, reason: "client, time, request and status stand as in the common log format", parse: parseCommon, more: commonFields},
	&header{id: "cloudfront", first: "2", reason: "time, place, client and request stand between tabs as CloudFront writes them", parse: parseCloudFront, more: cloudFrontFields},
	&header{id: "elb", first: "2hwg", reason: "time, balancer, client, target and timers stand as AWS load balancers write them", parse: parseELB, more: elbFields},
	&header{id: "w3c", first: "12", reason: "time, server, method and path stand as in W3C's extended log format", parse: parseW3C, more: w3cFields},
	&header{id: "squid", first: "1", reason: "time, duration, client and result stand as Squid writes them", parse: parseSquid, more: squidFields},
	&header{id: "uvicorn", first: "I", reason: "level, client, request and status stand as uvicorn writes them", parse: parseUvicorn, more: uvicornFields},
}

// datePlace finds the bracket before a date as the common log format has it, [02/Jan/2006; -1 where there is none.
func datePlace(line []byte) int {
	b := line[:min(len(line), 512)]
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '[')
		if i < 0 {
			return -1
		}
		i += from
		if i+7 < len(b) && b[i+3] == '/' && b[i+7] == '/' && isDigit(b[i+1]) && isDigit(b[i+2]) && isLetter(b[i+4]) {
			return i
		}
		from = i + 1
	}
}

// quotedRequest finds the request in quotes at line[i:], and the status behind it, 0 for "-". to is 0 where they do not
// stand there. A quote within the request may be escaped or not.
func quotedRequest(line []byte, i int) (from, to, status int) {
	if i >= len(line) || line[i] != '"' {
		return 0, 0, 0
	}
	from = i + 1
	for j := from; ; {
		n := bytes.IndexByte(line[j:], '"')
		if n < 0 {
			return 0, 0, 0
		}
		j += n
		if status, ok := statusAt(line, j+1); ok {
			return from, j, status
		}
		j++
	}
}

// requested makes the request quoted at line[i:] the message, and its status the
// severity; false where there is none.
func (h *head) requested(line []byte, i int) bool {
	from, to, status := quotedRequest(line, i)
	if to == 0 {
		return false
	}
	h.body, h.end = from, to
	h.answered(status)
	return true
}

// statusAt reads a blank and a status of three digits, or "-", at line[i:].
func statusAt(line []byte, i int) (status int, ok bool) {
	if i+1 >= len(line) || line[i] != ' ' {
		return 0, false
	}
	i++
	if line[i] == '-' {
		return 0, i+1 < len(line) && line[i+1] == ' '
	}
	if i+3 > len(line) || !isDigit(line[i]) || !isDigit(line[i+1]) || !isDigit(line[i+2]) || i+3 < len(line) && !isBlank(line[i+3]) {
		return 0, false
	}
	return int(line[i]-'0')*100 + int(line[i+1]-'0')*10 + int(line[i+2]-'0'), true
}

// answered sets the severity by the status of an answer.
func (h *head) answered(status int) {
	h.severity, _ = logs.StatusSeverity(status)
}

// bracketed reads the time in the brackets that open at line[open]; next is the offset behind them, 0 where there is none.
func (h *head) bracketed(line []byte, open int, s *scanner) (next int) {
	st, end := s.stampAt(line, open+1)
	if !st.ok || end >= len(line) || line[end] != ']' {
		return 0
	}
	h.time = st
	return end + 1
}

// words walks over what blanks separate; quotes and brackets hold blanks together.
type words struct {
	b []byte
	i int
}

// next is the next word without its quotes or brackets; opener is what they were, or 0.
func (w *words) next() (word []byte, opener byte, ok bool) {
	w.i = skipBlanks(w.b, w.i)
	if w.i >= len(w.b) {
		return nil, 0, false
	}
	closer := byte(0)
	switch opener = w.b[w.i]; opener {
	case '"':
		closer = '"'
	case '[':
		closer = ']'
	case '{':
		closer = '}'
	}
	if closer != 0 {
		for j := w.i + 1; j < len(w.b); j++ {
			if w.b[j] == '\\' {
				j++
			} else if w.b[j] == closer && (j+1 == len(w.b) || isBlank(w.b[j+1])) {
				word = w.b[w.i+1 : j]
				w.i = j + 1
				return word, opener, true
			}
		}
	}
	end := token(w.b, w.i)
	word = w.b[w.i:end]
	w.i = end
	return word, 0, true
}

// text is the next word, empty at the end.
func (w *words) text() []byte {
	word, _, _ := w.next()
	return word
}

// quoted is the next word if it stands in quotes; else it stays.
func (w *words) quoted() []byte {
	at := w.i
	word, opener, _ := w.next()
	if opener != '"' {
		w.i = at
		return nil
	}
	return word
}

// rest is all that was not read.
func (w *words) rest() []byte { return bytes.TrimRight(w.b[skipBlanks(w.b, w.i):], " \t") }

// The fields of servers' logs. "-" stands for what there is not.

func addField(r *logs.Record, key string, text []byte) {
	if len(text) > 0 && !(len(text) == 1 && text[0] == '-') {
		r.Add(key, logs.TextValue(logs.Borrow(text)))
	}
}

func addCount(r *logs.Record, key string, text []byte) {
	if isNumber(text) {
		r.Add(key, logs.NumberValue(logs.Borrow(text)))
	} else {
		addField(r, key, text)
	}
}

// addDuration adds a decimal number of units of 10^-places s as whole nanoseconds; -1 stands for none.
func addDuration(r *logs.Record, key string, text []byte, places int) {
	if !isNumber(text) || text[0] == '-' || bytes.ContainsAny(text, "eE") || len(text) > 10 {
		if string(text) != "-1" {
			addField(r, key, text)
		}
		return
	}
	whole, fraction, _ := cut(text, '.')
	b := r.Scratch()
	from := len(b)
	if string(whole) != "0" {
		b = append(b, whole...)
	}
	for k := range 9 - places {
		c := byte('0')
		if k < len(fraction) {
			c = fraction[k]
		}
		if c != '0' || len(b) > from {
			b = append(b, c)
		}
	}
	if len(b) == from {
		b = append(b, '0')
	}
	r.SetScratch(b)
	r.Add(key, logs.NumberValue(logs.Borrow(b[from:])))
}

// addAddress adds an address, which a port may follow: key.ip, key.port; of a name key.address.
func addAddress(r *logs.Record, key string, text []byte) {
	keys := addressKeys[key]
	if len(text) == 0 || string(text) == "-" {
		return
	}
	host, port := splitPort(text)
	if isAddress(host) {
		addField(r, keys[0], host)
	} else {
		addField(r, keys[1], host)
	}
	addCount(r, keys[2], port)
}

var addressKeys = map[string][3]string{
	"source":      {"source.ip", "source.address", "source.port"},
	"destination": {"destination.ip", "destination.address", "destination.port"},
	"url":         {"url.domain", "url.domain", "url.port"},
}

// splitPort splits 10.0.0.1:80, [::1]:80 and name:80.
func splitPort(b []byte) (host, port []byte) {
	if len(b) > 0 && b[0] == '[' {
		if host, rest, ok := cut(b[1:], ']'); ok {
			return host, bytes.TrimPrefix(rest, []byte{':'})
		}
	}
	i := bytes.LastIndexByte(b, ':')
	if i > 0 && numeric(b[i+1:]) && bytes.IndexByte(b[:i], ':') < 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// isMethod reports whether b looks like the method of a request.
func isMethod(b []byte) bool {
	for _, c := range b {
		if !isUpper(c) && c != '-' && c != '_' {
			return false
		}
	}
	return len(b) >= 3 && len(b) <= 20 && isUpper(b[0])
}

// addRequest adds the parts of a request line: GET /path?query HTTP/1.1.
func addRequest(r *logs.Record, request []byte) {
	method, target, ok := cut(request, ' ')
	if !ok || !isMethod(method) {
		return
	}
	addField(r, "http.request.method", method)
	var version []byte
	if i := bytes.LastIndexByte(target, ' '); i >= 0 && hasPrefix(target[i+1:], "HTTP/") {
		target, version = target[:i], target[i+1+len("HTTP/"):]
	}
	addURL(r, target)
	addField(r, "http.version", version)
}

// addURL adds a request's target whole and in its parts.
func addURL(r *logs.Record, target []byte) {
	addField(r, "url.original", target)
	path := target
	if i := bytes.Index(target, []byte("://")); i > 0 && i < 8 {
		rest := target[i+3:]
		end := bytes.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		addAddress(r, "url", rest[:end])
		path = rest[end:]
	}
	if len(path) == 0 || path[0] != '/' {
		return
	}
	path, query, _ := cut(path, '?')
	addField(r, "url.path", path)
	addField(r, "url.query", query)
}
