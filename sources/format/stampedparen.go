package format

import "bytes"

// otherBracket reads (...), {...} and <...>, which hold less than [...].
func (c *cursor) otherBracket() bool {
	k := c.closing(c.i)
	if k < 0 {
		return false
	}
	text := bytes.Trim(c.line[c.i+1:k], " ")
	open := c.line[c.i]
	file, n, isOrigin := origin(text)
	switch {
	case isOrigin:
		c.has |= hasOrigin
		c.h.at(file, n)
	case len(text) == 0 && open != '{':
		return false
	case open == '(' && c.is(hasLevel) && !c.is(hasPid) && len(text) < 11 && numeric(text) && hasPrefix(c.line[k:], "): "): // pino-pretty
		c.pid(text)
	case open == '{': // ClickHouse's query
		next := skipBlanks(c.line, k+1)
		if bytes.IndexByte(text, '=') > 0 { // Logback's MDC
			if !c.loggerFollows(next) || !c.fields(text) {
				return false
			}
			break
		}
		if c.is(hasLevel) || next >= len(c.line) || c.line[next] != '<' || bytes.ContainsAny(text, `" :`) {
			return false
		}
		c.h.add("clickhouse.query_id", text)
		c.has |= plainLogger
	case open != '{' && !c.is(hasLevel) && len(text) > 2 && c.bracketLevel(text):
	case open == '(' && !c.is(hasLevel) && len(text) > 0 && isTagWord(text) && upperLevel(c.line, skipBlanks(c.line, k+1)) > 0:
		if !c.name(text, k+1) {
			return false
		}
	case open == '<' && isProcess(text), open == '(' && c.is(hasLevel) && c.threadParen(text, k+1):
		c.has |= hasThread
		c.h.add("process.thread.name", text)
	default:
		return false
	}
	c.i, c.last = k+1, 'b'
	if open == '<' && c.i < len(c.line) && c.line[c.i] == '@' { // Lager's <0.1.0>@mod:function:12
		end := token(c.line, c.i)
		c.h.add("log.origin.function", c.line[c.i+1:end])
		c.i = end
	}
	return true
}

// isProcess reports whether b is the number of an Erlang process: 0.123.0.
func isProcess(b []byte) bool {
	dots := 0
	for _, c := range b {
		if c == '.' {
			dots++
		} else if !isDigit(c) {
			return false
		}
	}
	return dots == 2
}

// threadParen reports whether (...) is a thread's name: behind a logger in brackets as JBoss writes it, or before one.
func (c *cursor) threadParen(text []byte, next int) bool {
	if len(text) > 80 {
		return false
	}
	for _, b := range text {
		if !isLetter(b) && !isDigit(b) && b != ' ' && b != '-' && b != '_' && b != '/' && b != '.' && b != ':' && b != '#' {
			return false
		}
	}
	if c.is(hasLogger) {
		return isThread(text)
	}
	next = skipBlanks(c.line, next)
	return c.n == 0 && next < len(c.line) && c.line[next] == '['
}
