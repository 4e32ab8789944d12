package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// threadColumns reads a thread's number in hex behind the stamp and the columns
// of Ceph (a number for the level) or of WebSphere (a component and a letter).
// What follows is the message.
func (c *cursor) threadColumns() bool {
	k := c.i
	for k < len(c.line) && k < c.i+17 && isHex(c.line[k:k+1]) {
		k++
	}
	if k < c.i+8 || k+2 >= len(c.line) || c.line[k] != ' ' {
		return false
	}
	if c.is(stampInside) {
		return k == c.i+8 && c.webSphere(k)
	}
	return c.ceph(k)
}

// ceph reads the level behind a thread that ends before line[k]: -1 are errors, 0 is
// what is always written, and from 1 on details.
// Source: Ceph documentation, "Troubleshooting: Logging and Debugging".
func (c *cursor) ceph(k int) bool {
	i := skipBlanks(c.line, k)
	end := i
	if end < len(c.line) && c.line[end] == '-' {
		end++
	}
	n := digits(c.line[end:min(len(c.line), end+3)])
	if end += n; n == 0 || n > 2 || end-i > 2 || end >= len(c.line) || c.line[end] != ' ' {
		return false
	}
	sev := logs.Debug
	switch {
	case c.line[i] == '-':
		sev = logs.Error
	case n == 1 && c.line[i] == '0':
		sev = logs.Info
	}
	c.h.add("process.thread.id", c.line[c.i:k])
	c.level(sev, i, end)
	c.i = skipBlanks(c.line, end)
	return true
}

// webSphere reads the component and the type of event behind a thread that ends before line[k].
// Source: IBM WebSphere documentation, "Interpreting log and trace files": basic format.
func (c *cursor) webSphere(k int) bool {
	i := skipBlanks(c.line, k)
	end := token(c.line, i)
	at := skipBlanks(c.line, end)
	if at+1 >= len(c.line) || c.line[at+1] != ' ' || !isLoggerName(c.line[i:end]) {
		return false
	}
	sev := logs.Unspecified
	switch c.line[at] {
	case 'F':
		sev = logs.Fatal
	case 'E':
		sev = logs.Error
	case 'W':
		sev = logs.Warn
	case 'A':
		sev = logs.Info + 1
	case 'I':
		sev = logs.Info
	case 'C', 'D':
		sev = logs.Debug + 3
	case '1':
		sev = logs.Debug
	case '2', '>', '<':
		sev = logs.Trace + 1
	case '3':
		sev = logs.Trace
	case 'O', 'R', 'Z': // the program's own output, and what has no type
	default:
		return false
	}
	c.h.add("process.thread.id", c.line[c.i:k])
	c.logger(c.line[i:end])
	c.level(sev, at, at+1)
	c.i = skipBlanks(c.line, at+1)
	return true
}

// wideColumn reads a word behind the stamp that blanks fill up to a column of its
// own, as SQL Server has them: spid52      text, Logon       text.
func (c *cursor) wideColumn(tok []byte, k, next int) bool {
	if c.last != 's' || c.is(hasLevel) || next-k < 3 || next-c.i < 8 || next >= len(c.line) || !isServiceName(tok) ||
		c.line[next] == '[' || c.line[next] == '-' || c.line[next] == ':' {
		return false
	}
	named := true
	for _, b := range tok {
		named = named && !isDigit(b)
	}
	if named {
		c.logger(tok)
	} else {
		c.h.add("process.thread.name", tok)
	}
	c.i = next
	return true
}

// process reads a program with its process, as syslog has it: name[12]:, name[12:34],
// name [12]: LEVEL, name[12:0] level:.
func (c *cursor) process(k int) bool {
	line, open := c.line, skipBlanks(c.line, k)
	if open+2 >= len(line) || line[open] != '[' || !isLoggerName(line[c.i:k]) {
		return false
	}
	n := digits(line[open+1:])
	end := open + 1 + n
	thread := line[end:end]
	if n > 0 && n < 11 && end < len(line) && line[end] == ':' {
		m := digits(line[end+1:])
		thread = line[end+1 : end+1+m]
		end += 1 + m
	}
	if n == 0 || n > 10 || end+1 >= len(line) || line[end] != ']' {
		return false
	}
	next := end + 1
	colon := line[next] == ':'
	if colon {
		next++
	}
	if next < len(line) && line[next] != ' ' {
		return false
	}
	next = skipBlanks(line, next)
	level := upperLevel(line, next) > 0 || lowerLevel(line, next) > 0
	sure := level || len(thread) > 0 || c.is(hasLevel) && isLower(c.h.level[0]) // vSphere's info hostd[12]
	if open > k && (!colon || !level) || !colon && !sure {
		return false
	}
	c.h.addNumber("process.pid", line[open+1:open+1+n])
	c.h.addNumber("process.thread.id", thread)
	c.has |= hasPid
	c.logger(line[c.i:k])
	c.i, c.last = next, 'w'
	return level
}

// lowerLevel reads a level in small letters, and the colon behind it, at line[i:]. end is the colon's offset, 0 where there is none.
func lowerLevel(line []byte, i int) (end int) {
	j := letters(line, i)
	if j-i < 4 || j+1 >= len(line) || line[j] != ':' || line[j+1] != ' ' || isUpper(line[i]) || isLoose(line[i:j]) {
		return 0
	}
	if _, ok := levelNamed(line[i:j]); !ok {
		return 0
	}
	return j
}

// threadBehind reads Splunk's logger with its thread: IndexProcessor [123 indexer] - text.
func (c *cursor) threadBehind(tok []byte, next int) bool {
	if next >= len(c.line) || c.line[next] != '[' || !isSureLogger(tok) {
		return false
	}
	close := c.closing(next)
	if close < 0 {
		return false
	}
	body := skipBlanks(c.line, close+1)
	dash := dashed(c.line, body)
	if dash == body {
		return false
	}
	c.logger(tok)
	c.h.add("process.thread.name", c.line[next+1:close])
	c.i = dash
	return true
}

// odoo reads the database before Odoo's logger: mydb odoo.modules.loading: text, ? odoo: text.
// Source: odoo/netsvc.py, init_logger.
func (c *cursor) odoo(tok []byte, next int) bool {
	if !c.is(hasPid) || !c.is(stampComma) {
		return false
	}
	end := nameEnd(c.line, next)
	if end+1 >= len(c.line) || c.line[end] != ':' || c.line[end+1] != ' ' || !isDotted(c.line[next:end]) && string(c.line[next:end]) != "odoo" {
		return false
	}
	c.h.add("odoo.database", tok)
	c.logger(c.line[next:end])
	c.i = skipBlanks(c.line, end+1)
	return true
}

// threadID reads the number of ThreadId(01), whose bracket opens at line[open].
func (c *cursor) threadID(open int) bool {
	n := digits(c.line[open+1:])
	end := open + 1 + n
	if c.line[open] != '(' || n == 0 || end >= len(c.line) || c.line[end] != ')' {
		return false
	}
	c.h.addNumber("process.thread.id", withoutZeros(c.line[open+1:end]))
	c.i, c.last = end+1, 'w'
	return true
}

// function reads the function behind a file and its line, which ends before the colon at line[k]: init.go:12:Init() text.
func (c *cursor) function(k int) bool {
	n := bytes.Index(c.line[k:min(len(c.line), k+100)], []byte("() "))
	if n < 2 || token(c.line, k) < k+n {
		return false
	}
	if _, _, ok := origin(c.line[c.i:k]); !ok {
		return false
	}
	c.h.add("log.origin.function", c.line[k+1:k+n])
	c.i = skipBlanks(c.line, k+n+2)
	return true
}

// levelBehind reads a name with its level in parentheses: Puppet (notice): text.
func (c *cursor) levelBehind(tok []byte, next int) bool {
	end := letters(c.line, next+1)
	if next >= len(c.line) || c.line[next] != '(' || end-next < 4 || !hasPrefix(c.line[end:], "): ") || !isLoggerName(tok) {
		return false
	}
	sev, ok := levelNamed(c.line[next+1 : end])
	if !ok {
		return false
	}
	c.logger(tok)
	c.level(sev, next+1, end)
	c.i = skipBlanks(c.line, end+3)
	return true
}

// execution reads the id of a request between tabs, as AWS Lambda writes it behind the time.
func (c *cursor) execution() bool {
	end := c.i + 36
	if end >= len(c.line) || c.line[end] != '\t' || c.line[c.i+8] != '-' || !isUUID(c.line[c.i:end]) {
		return false
	}
	c.h.add("faas.execution", c.line[c.i:end])
	c.i, c.last = end, 'b'
	return true
}

// flask reads the module behind Flask's level: ERROR in app: text.
func (c *cursor) flask() bool {
	if !hasPrefix(c.line[c.i:], " in ") {
		return false
	}
	from := c.i + 4
	end := nameEnd(c.line, from)
	if !hasPrefix(c.line[end:], ": ") || !isLoggerName(c.line[from:end]) {
		return false
	}
	c.logger(c.line[from:end])
	c.i = skipBlanks(c.line, end+1)
	return true
}

// spans reads the spans and the target of Rust's tracing: request{id=1}:db{n=2}: my_crate::web: text.
// Source: crate tracing-subscriber, fmt::format::Full.
func (c *cursor) spans() {
	i := c.i
	for i < len(c.line) && c.line[i] != ' ' {
		end := nameEnd(c.line, i)
		if end == i || end >= len(c.line) || c.line[end] != '{' {
			return
		}
		close := c.closing(end)
		if close < 0 || close+1 >= len(c.line) || c.line[close+1] != ':' {
			return
		}
		i = close + 2
	}
	from := skipBlanks(c.line, i)
	end := loggerEnd(c.line, from)
	if !hasPrefix(c.line[end:], ": ") || !isLoggerName(c.line[from:end]) {
		return
	}
	c.h.add("tracing.spans", c.line[c.i:i-1])
	c.logger(c.line[from:end])
	c.i = skipBlanks(c.line, end+1)
}

// loggerAtEnd takes the logger and the thread that ActiveMQ writes behind the message: text | org.x.Foo | main.
func (c *cursor) loggerAtEnd() {
	thread := bytes.LastIndex(c.line[c.i:], []byte(" | "))
	if thread < 0 {
		return
	}
	thread += c.i
	logger := bytes.LastIndex(c.line[c.i:thread], []byte(" | "))
	if logger < 0 {
		return
	}
	name := trimBlanks(c.line[c.i+logger+3 : thread])
	if !isDotted(name) || loggerEnd(name, 0) != len(name) {
		return
	}
	c.logger(name)
	c.h.add("process.thread.name", trimBlanks(c.line[thread+3:]))
	c.h.end = c.i + logger
}
