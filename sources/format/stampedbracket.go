package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// bracket reads [...]: a level, numbers, a place in the program, fields, a thread
// or a logger. false: it is the message's.
func (c *cursor) bracket() bool {
	// Fast path: a single word behind the level.
	named := c.is(hasLevel) && !c.is(hasLogger|isMySQL) && c.n < len(c.words)
	if from := c.i + 1; named && c.line[c.i] == '[' {
		if k := from + plainWord(c.line[from:]); k > from && k < len(c.line) && c.line[k] == ']' {
			c.words[c.n] = c.line[from:k]
			c.n++
			c.i, c.last = k+1, 'b'
			return true
		}
	}
	k := c.closing(c.i)
	if k < 0 {
		return false
	}
	text := trimBlanks(c.line[c.i+1 : k])
	if len(text) > 0 && text[0] == escape {
		text = withoutColours(text)
	}
	if named && len(text) > 0 && plainWord(text) == len(text) {
		c.words[c.n] = text
		c.n++
	} else if !c.bracketed(text, k+1) {
		return false
	}
	c.i, c.last = k+1, 'b'
	return true
}

// plainWord returns the length of the word that b begins with, of letters, digits,
// dashes and underscores, where it begins with a letter and can be no id, number or
// code: a letter that is no hexadecimal digit stands behind the third. It is 0 where it does not.
func plainWord(b []byte) int {
	plain, n := byte(0), 0
	for most := min(len(b), 81); n < most && wordBytes[b[n]] != 0; n++ {
		if n >= 3 {
			plain |= wordBytes[b[n]]
		}
	}
	if n > 80 || n == 0 || !isLetter(b[0]) || plain < 2 || hasPrefix(b, "req-") || hasPrefix(b, "MY-") {
		return 0
	}
	return n
}

// wordBytes are the bytes of a plainWord: 2 is a letter that is no hexadecimal digit.
var wordBytes = func() (t [256]byte) {
	for i := range t {
		switch c := byte(i); {
		case isLetter(c) && c|0x20 > 'f':
			t[i] = 2
		case isLetter(c) || isDigit(c) || c == '-' || c == '_':
			t[i] = 1
		}
	}
	return t
}()

func trimBlanks(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// bracketed takes the text of a bracket that ends at line[next:].
func (c *cursor) bracketed(text []byte, next int) bool {
	switch {
	case len(text) == 0 || string(text) == "-" || string(text) == "(null)":
		if !c.is(hasLogger) {
			return c.is(hasDashes) || c.last == 's' || len(text) == 0 && c.is(hasLevel) && c.last == 'b'
		}
		c.has |= hasJava
		return true
	case !c.is(hasLevel) && c.bracketLevel(text):
		return true
	}
	if file, n, ok := origin(text); ok {
		c.has |= hasOrigin
		c.h.at(file, n)
		return true
	}
	switch {
	case c.numbers(text) || c.classLine(text) || c.threadLevel(text) || c.paddedLine(text):
		return true
	case bytes.IndexByte(text, '=') > 0:
		return c.fields(text)
	case bytes.IndexByte(text, ',') >= 0:
		return c.sleuth(text) || c.tags(text)
	case bytes.HasPrefix(text, []byte("MY-")) && c.is(isMySQL):
		c.h.add("event.code", text)
		return true
	case c.is(isMySQL):
		c.h.add("log.logger", text)
		return true
	case bytes.HasPrefix(text, []byte("req-")):
		id, _, _ := bytes.Cut(text, []byte(" "))
		if c.h.add("http.request.id", id); len(id) < len(text) {
			c.h.add("openstack.context", text)
		}
		return true
	case c.traceSpan(text):
		return true
	}
	return c.name(text, next)
}

// bracketLevel takes [INFO], [info], [E], and MySQL's [Note].
func (c *cursor) bracketLevel(text []byte) bool {
	i := bytes.Index(c.line[c.i:], text) + c.i
	if len(text) == 1 {
		sev, ok := logs.LetterSeverity(text[0])
		if ok = ok && isUpper(text[0]); ok {
			c.level(sev, i, i+1)
		}
		return ok
	}
	if letters(text, 0) != len(text) {
		return false
	}
	sev, ok := levelNamed(text)
	if !ok {
		return false
	}
	switch mysql := c.is(hasPid) && c.h.n == 1 && c.sep == ' ' && c.last == 'w' && !isUpper(text[1]); {
	case mysql || string(text) == "ERROR" && c.is(hasPid) && c.sep == ' ' && c.last == 'w':
		c.has |= isMySQL
	case isLoose(text):
		return false
	}
	if c.is(stampT) && isUpperWord(text) {
		c.has |= plainLogger
	}
	c.level(sev, i, i+len(text))
	return true
}

// numbers takes [123], [123:456], [608647-3], [#123], [pid 123], [id=1]: of process and thread.
func (c *cursor) numbers(text []byte) bool {
	if c.is(hasLogger) && (c.is(hasPid) || c.last != 'b' || c.line[c.i-1] != ']') {
		return false
	}
	thread := false
	for _, word := range [...]string{"pid", "PID", "tid", "TID", "id", "#"} {
		if hasPrefix(text, word) {
			thread = word == "tid" || word == "TID" || word == "id"
			text = bytes.TrimLeft(text[len(word):], " :=#")
			break
		}
	}
	n := digits(text)
	if n == 0 || n > 20 {
		return false
	}
	rest := text[n:]
	if len(rest) > 0 && (rest[0] != ':' && rest[0] != '-' || digits(rest[1:]) != len(rest)-1 || len(rest) == 1) {
		return false
	}
	if thread {
		c.h.addNumber("process.thread.id", text[:n])
		c.has |= hasThread
	} else {
		c.pid(text[:n])
	}
	if len(rest) > 0 {
		if rest[0] == ':' {
			c.h.addNumber("process.thread.id", rest[1:])
		} else {
			c.h.addNumber("log.sequence", rest[1:])
		}
	}
	return true
}

// fields takes [trace_id=4bf9... span_id=00f0... user=7]: name and value, all of them.
func (c *cursor) fields(text []byte) bool {
	parts := 0
	for rest := text; len(rest) > 0; parts++ {
		part := firstField(rest)
		if n := bytes.IndexByte(part, '='); n <= 0 || !isLoggerName(part[:n]) {
			return false
		}
		rest = bytes.TrimLeft(rest[len(part):], " ,;")
	}
	if c.h.n+parts > len(c.h.attrs)-6 {
		return false
	}
	for rest := text; len(rest) > 0; {
		part := firstField(rest)
		n := bytes.IndexByte(part, '=')
		c.h.field(part[:n], part[n+1:])
		rest = bytes.TrimLeft(rest[len(part):], " ,;")
	}
	return true
}

func firstField(b []byte) []byte {
	if n := bytes.IndexAny(b, " ,;"); n >= 0 {
		return b[:n]
	}
	return b
}

// field takes a field that a header names. Trace, span and service are core fields.
func (h *head) field(name, value []byte) {
	core := logs.CoreOf(logs.Borrow(name))
	switch {
	case core == logs.CoreTrace && len(h.trace) == 0 && logs.NormalTrace(logs.Borrow(value)) != 0:
		h.trace = value
	case core == logs.CoreSpan && len(h.span) == 0:
		h.span = value
	case (core == logs.CoreService || string(name) == "resource.service.name") && len(h.service) == 0:
		h.service = value
	default:
		h.add(logs.Borrow(name), value)
	}
}

// sleuth takes Spring Cloud's [service,trace,span] and [service,trace,span,exported].
func (c *cursor) sleuth(text []byte) bool {
	service, rest, _ := bytes.Cut(text, []byte(","))
	trace, rest, ok := bytes.Cut(rest, []byte(","))
	span, exported, _ := bytes.Cut(rest, []byte(","))
	if !ok || !isID(trace) || !isID(span) || len(service) > 0 && !isServiceName(service) {
		return false
	}
	if len(exported) > 0 && string(exported) != "true" && string(exported) != "false" {
		return false
	}
	c.h.service, c.h.trace, c.h.span = service, trace, span
	c.h.add("trace.exported", exported)
	return true
}

// tags takes the tags of Java's own log: [gc,heap].
// Source: JEP 158, "Unified JVM Logging".
func (c *cursor) tags(text []byte) bool {
	if c.last != 'b' || c.line[c.i-1] != ']' || c.is(hasLogger) {
		return false
	}
	for _, b := range text {
		if !isLower(b) && b != ',' && b != '+' {
			return false
		}
	}
	c.has |= hasLogger
	c.h.add("log.logger", text)
	return true
}

// paddedLine takes Salt's [salt.minion      :123].
func (c *cursor) paddedLine(text []byte) bool {
	n := bytes.IndexByte(text, ' ')
	if n <= 0 || c.is(hasLogger) || !isDotted(text[:n]) {
		return false
	}
	rest := trimBlanks(text[n:])
	if len(rest) < 2 || rest[0] != ':' || !numeric(rest[1:]) {
		return false
	}
	c.logger(text[:n])
	c.h.addNumber("log.origin.file.line", rest[1:])
	return true
}

// isID reports whether b is empty or a trace's or span's id in hex.
func isID(b []byte) bool { return len(b) == 0 || (len(b) == 16 || len(b) == 32) && isHex(b) }

func isHex(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// traceSpan takes Micrometer's [trace-span], and a trace's id alone.
func (c *cursor) traceSpan(text []byte) bool {
	trace, span, ok := bytes.Cut(text, []byte("-"))
	if !ok && len(text) == 32 && isHex(text) && len(c.h.trace) == 0 {
		c.h.trace = text
		return true
	}
	if !ok || len(trace) != 32 || len(span) != 16 || !isHex(trace) || !isHex(span) {
		return false
	}
	c.h.trace, c.h.span = trace, span
	return true
}

// classLine takes ZooKeeper's [thread:Class@774].
func (c *cursor) classLine(text []byte) bool {
	n := bytes.LastIndexByte(text, '@')
	if n <= 0 || digits(text[n+1:]) != len(text)-n-1 || n == len(text)-1 {
		return false
	}
	name := text[:n]
	if k := bytes.LastIndexByte(name, ':'); k >= 0 {
		c.h.add("process.thread.name", name[:k])
		name = name[k+1:]
	}
	c.logger(name)
	c.h.addNumber("log.origin.file.line", text[n+1:])
	c.has |= hasJava
	return true
}

// threadLevel takes Minecraft's [Server thread/INFO].
func (c *cursor) threadLevel(text []byte) bool {
	n := bytes.LastIndexByte(text, '/')
	if n <= 0 || c.is(hasLevel) || !isUpperWord(text[n+1:]) || isLoose(text[n+1:]) || !c.h.leveled(text[n+1:]) {
		return false
	}
	c.has |= hasLevel | hasThread
	c.h.add("process.thread.name", text[:n])
	return true
}

// name takes the name of a thread or a logger, in a bracket that ends at line[next:].
func (c *cursor) name(text []byte, next int) bool {
	switch {
	case c.is(hasLogger):
		if c.is(stampInside) && c.last == 'b' && isServiceName(text) && len(c.h.host) == 0 { // Elasticsearch's node
			c.h.host = text
			c.has |= hasJava
			return true
		}
		if !c.is(namedBefore) || !isTagWord(text) {
			return false
		}
		c.has &^= namedBefore
		c.h.add("process.thread.name", text)
		return true
	case isDotted(text) && loggerEnd(text, 0) == len(text):
		c.logger(text)
		return true
	case c.n < len(c.words) && isTagWord(text) && !isUUID(text):
		c.words[c.n] = text
		c.n++
		return true
	}
	// A thread's name with blanks in it counts where a logger or a level follows.
	if c.is(hasDashes) || c.loggerFollows(next) || !c.is(hasLevel) && upperLevel(c.line, skipBlanks(c.line, next)) > 0 {
		c.has |= hasThread
		c.h.add("process.thread.name", text)
		return true
	}
	return false
}

// isTagWord reports whether b is one word as threads and loggers have for a name.
func isTagWord(b []byte) bool {
	if len(b) > 80 || !isLetter(b[0]) && b[0] != '_' {
		return false
	}
	for _, c := range b {
		if !isLetter(c) && !isDigit(c) && c != '-' && c != '_' && c != '.' && c != '/' && c != '#' && c != '$' && c != ':' && c != '@' {
			return false
		}
	}
	return true
}

func isUUID(b []byte) bool {
	return len(b) == 36 && b[8] == '-' && b[13] == '-' && b[18] == '-' && b[23] == '-' || len(b) >= 16 && isHex(b)
}

// loggerFollows reports whether a logger's name with a separator stands behind a bracket.
func (c *cursor) loggerFollows(i int) bool {
	i = skipBlanks(c.line, i)
	k := loggerEnd(c.line, i)
	if !isSureLogger(c.line[i:k]) {
		return false
	}
	sep, _ := c.after(k)
	return sep == ':' || sep == 's' || sep == '-'
}
