package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// Records of joinFields have a field a line. What a line says is read by itself,
// so that the first line that tells a core field decides, whatever comes after it.

// fieldLine reads the core fields that a line names: members of an object that is
// printed over several lines, or FIELD=value. false: it names none.
func (c *named) fieldLine(line []byte, s *scanner) bool {
	i := skipBlanks(line, 0)
	if i >= len(line) {
		return false
	}
	switch first := line[i]; {
	case first == '"':
		c.begin(line, s)
		if !c.members(i) {
			return false
		}
	case i == 0 && (isUpper(first) || first == '_'):
		key := exportKey(line)
		if key == 0 || key >= len(line) || line[key] != '=' {
			return false
		}
		c.begin(line, s)
		if n := names.find(nodeRoot, line[:key]); n != nil {
			c.add(n, key+1, len(line), kindText, false)
		}
	default:
		return false
	}
	c.end()
	return true
}

// members reads the members of an object from line[i] to its end, which the value
// of the last may lie behind.
func (c *named) members(i int) bool {
	for {
		m, next := c.member(i, true)
		if m.value == 0 {
			return next > 0 && skipSpace(c.b, next) == len(c.b)
		}
		n := names.find(nodeRoot, c.b[m.from:m.to])
		if i = c.value(m.value, n, 1); i < 0 {
			rest := bytes.TrimRight(c.b[m.value:], " \t")
			return string(rest) == "{" || string(rest) == "["
		}
		if i = skipSpace(c.b, i); i < len(c.b) && c.b[i] == ',' {
			i = skipSpace(c.b, i+1)
		} else if i < len(c.b) && c.b[i] != '}' {
			return false
		}
		if i >= len(c.b) {
			return true
		}
	}
}

// readLines reads the core fields of the lines of raw, whose first is a record's,
// as Fold does. line reads those of the first one.
func (c *named) readLines(raw []byte, s *scanner, line func(line []byte) bool) {
	all := named{s: s, b: raw}
	for from := 0; from < len(raw); {
		text, rest := cutLine(raw[from:])
		if line(text) {
			all.merge(c, from)
		}
		line = func(text []byte) bool { return c.fieldLine(text, s) }
		from = len(raw) - len(rest)
	}
	all.text = c.text
	*c = all
}

// merge adds what the line at offset from tells, where c does not know it yet.
func (c *named) merge(line *named, from int) {
	take := func(core logs.Core) {
		if p := line.picks[core]; p.rank != 0 && c.picks[core].rank == 0 {
			p.from, p.to = p.from+uint32(from), p.to+uint32(from)
			c.picks[core] = p
		}
	}
	if !c.time.ok && line.time.ok {
		c.time = line.time
		take(logs.CoreTime)
		take(coreNanos)
	}
	if c.severity == 0 && line.severity != 0 {
		c.severity = line.severity
		take(logs.CoreLevel)
		take(coreNumber)
	}
	for _, core := range [...]logs.Core{logs.CoreService, logs.CoreHost, logs.CoreTrace, logs.CoreSpan, logs.CoreMessage} {
		take(core)
	}
}

// exportKey is the length of the field name that line begins with, as journald has them; 0 where there is none.
func exportKey(line []byte) int {
	n := 0
	for n < len(line) && (isUpper(line[n]) || isDigit(line[n]) || line[n] == '_') {
		n++
	}
	if n > 64 {
		return 0
	}
	return n
}

// layLines fills r's core fields after readLines. The trace is the first that the
// text names, since that is where the columns of such lines look.
func (c *named) layLines(r *logs.Record) {
	id := firstTrace(logs.Borrow(c.b))
	if t := &c.picks[logs.CoreTrace]; t.rank != 0 && string(traceID(t.how, c.b[t.from:t.to])) != id {
		*t = pick{}
	}
	c.lay(r)
	r.TraceID = id
}
