package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parse5424 reads <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG. Each part may be "-"; what is
// missing at the end is taken as absent, and structured data that is none as the message.
// Source: RFC 5424 section 6.
func parse5424(line []byte, s *scanner, h *head) bool {
	pri, i := priority(line)
	if i == 0 {
		return false
	}
	n := digits(line[i:min(len(line), i+4)])
	if n == 0 || n > 3 || line[i] == '0' || i+n >= len(line) || line[i+n] != ' ' {
		return false
	}
	if i += n + 1; i >= len(line) {
		return false
	}
	if line[i] == '-' {
		i++
	} else if isDigit(line[i]) {
		var end int
		if h.time, end = s.stampAt(line, i); !h.time.ok || end-i < len("2003-10-11T22:14:15") || line[i+10] != 'T' {
			return false
		}
		i = end
	} else {
		return false
	}
	if i < len(line) && line[i] != ' ' {
		return false
	}
	h.ranked(pri/8, pri%8)
	var app, process, id []byte
	h.host, i = nextPart(line, i)
	app, i = nextPart(line, i)
	process, i = nextPart(line, i)
	id, i = nextPart(line, i)
	if n := len(app); process == nil && n > 0 && app[n-1] == ']' { // prg[1234]
		if name, rest, ok := cut(app, '['); ok && len(name) > 0 {
			app, process = name, rest[:len(rest)-1]
		}
	}
	h.program(app, process)
	h.add("log.syslog.msgid", id)
	i = skipBlanks(line, i)
	if i < len(line) {
		switch {
		case line[i] == '[':
			i = h.structured(line, i)
		case line[i] == '-' && (i+1 == len(line) || line[i+1] == ' '):
			i++
		}
	}
	h.syslogBody(line, i)
	return true
}

// nextPart returns the part of a header behind the blank at line[i]; nil for "-".
func nextPart(line []byte, i int) (part []byte, next int) {
	i = skipBlanks(line, i)
	end := token(line, i)
	if part = line[i:end]; len(part) == 0 || len(part) == 1 && part[0] == '-' {
		return nil, end
	}
	return part, end
}

// structured finds the end of the structured data at line[i:] and the core fields
// that it names and the header does not. Where it is malformed, it is the message's: the end is i.
func (h *head) structured(line []byte, i int) (end int) {
	d := elements{line: line, i: i}
	var core [logs.CoreSpan + 1][]byte
	for d.next() {
		if c := d.core(); c != logs.CoreNone && core[c] == nil {
			core[c] = d.value
		}
	}
	if d.bad {
		return i
	}
	if len(h.host) == 0 {
		h.host = core[logs.CoreHost]
	}
	if len(h.service) == 0 {
		h.service = core[logs.CoreService]
	}
	h.trace, h.span = core[logs.CoreTrace], core[logs.CoreSpan]
	h.extra = i
	return d.i
}

// structuredData adds the parameters that are not core fields.
func structuredData(line []byte, h *head, r *logs.Record) {
	if h.extra == 0 {
		return
	}
	d := elements{line: line, i: h.extra}
	for d.next() {
		if c := d.core(); c != logs.CoreNone && h.holds(c, d.value) {
			continue
		}
		b := r.Scratch()
		from := len(b)
		b = append(append(b, "log.syslog.structured_data."...), d.id...)
		if len(d.name) > 0 {
			b = append(append(b, '.'), d.name...)
		}
		key := logs.Borrow(b[from:])
		value := logs.Borrow(d.value)
		if d.escaped {
			from = len(b)
			b = unescapeParam(b, d.value)
			value = logs.Borrow(b[from:])
		}
		r.SetScratch(b)
		r.Add(key, logs.TextValue(value))
	}
}

// holds reports whether value, as it stands in the line, is what became the core field.
func (h *head) holds(c logs.Core, value []byte) bool {
	var field []byte
	switch c {
	case logs.CoreHost:
		field = h.host
	case logs.CoreService:
		field = h.service
	case logs.CoreTrace:
		field = h.trace
	case logs.CoreSpan:
		field = h.span
	}
	return len(field) > 0 && len(value) > 0 && &field[0] == &value[0]
}

// elements walks over structured data: [id name="value" name="value"][id ...].
type elements struct {
	line    []byte
	i       int // where to go on; at the end, behind the last element
	inside  bool
	bad     bool // it is no structured data
	id      []byte
	name    []byte // nil: the element has no parameters
	value   []byte // as it stands in the line
	escaped bool   // value has backslashes
}

// next finds the next parameter, or the next element without any; false at the end.
func (d *elements) next() bool {
	for {
		if !d.inside {
			if d.i >= len(d.line) || d.line[d.i] != '[' {
				return false
			}
			end := d.word(d.i + 1)
			if d.id = d.line[d.i+1 : end]; len(d.id) == 0 || end >= len(d.line) {
				d.bad = true
				return false
			}
			d.i, d.inside = end, true
			if d.line[end] == ']' {
				d.i, d.inside = end+1, false
				d.name, d.value, d.escaped = nil, nil, false
				return true
			}
		}
		d.i = skipBlanks(d.line, d.i)
		if d.i < len(d.line) && d.line[d.i] == ']' {
			d.i, d.inside = d.i+1, false
			continue
		}
		return d.param()
	}
}

// word returns the end of a name: blanks, = ] and " end it.
func (d *elements) word(i int) int {
	for i < len(d.line) && d.line[i] > ' ' && d.line[i] != '=' && d.line[i] != ']' && d.line[i] != '"' {
		i++
	}
	return i
}

func (d *elements) param() bool {
	d.bad = true
	end := d.word(d.i)
	d.name = d.line[d.i:end]
	i := skipBlanks(d.line, end)
	if len(d.name) == 0 || i >= len(d.line) || d.line[i] != '=' {
		return false
	}
	if i = skipBlanks(d.line, i+1); i >= len(d.line) || d.line[i] != '"' {
		return false
	}
	i++
	from := i
	n := bytes.IndexByte(d.line[i:], '"')
	if n < 0 {
		return false
	}
	if d.escaped = bytes.IndexByte(d.line[i:i+n], '\\') >= 0; !d.escaped {
		i += n
	} else if i = d.closing(i); i >= len(d.line) {
		return false
	}
	d.value, d.i, d.bad = d.line[from:i], i+1, false
	return true
}

// closing returns the offset of the quote that ends the value at line[i:], and that no backslash precedes.
func (d *elements) closing(i int) int {
	for ; i < len(d.line) && d.line[i] != '"'; i++ {
		if d.line[i] == '\\' {
			i++
		}
	}
	return i
}

// core is the core field that the parameter may stand for.
func (d *elements) core() logs.Core {
	if d.escaped || len(d.value) == 0 || len(d.name) < 3 {
		return logs.CoreNone
	}
	switch c := logs.CoreOf(logs.Borrow(d.name)); c {
	case logs.CoreHost, logs.CoreService, logs.CoreSpan:
		return c
	case logs.CoreTrace:
		if logs.NormalTrace(logs.Borrow(d.value)) != 0 {
			return c
		}
	}
	return logs.CoreNone
}

// unescapeParam appends a value without the backslashes before quotes, backslashes
// and closing brackets; any other backslash is one. Source: RFC 5424 6.3.3.
func unescapeParam(dst, value []byte) []byte {
	for i := 0; i < len(value); i++ {
		if value[i] == '\\' && i+1 < len(value) && contains(`"\]`, value[i+1]) {
			i++
		}
		dst = append(dst, value[i])
	}
	return dst
}
