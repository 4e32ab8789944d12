package format

import "bytes"

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
