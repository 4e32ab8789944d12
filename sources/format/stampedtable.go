package format

import "bytes"

// column reads a name between bars or tabs.
func (c *cursor) column(tok []byte, k int) bool {
	next := skipBlanks(c.line, k)
	switch {
	case c.is(hasLogger) || !isLoggerName(tok):
		return false
	case k < len(c.line) && c.line[k] == '|' || c.line[next] == '|':
		c.has |= hasBars
		c.logger(tok)
	case !c.is(hasLevel) && c.last == 's' && !levelColumn(c.line, next):
		return false // of columns without a level, the first is no logger
	case !isDotted(tok) && dottedColumn(c.line, next): // Trino: thread, then logger
		c.h.add("process.thread.name", tok)
	default:
		c.logger(tok)
	}
	c.i, c.last = k, 'w'
	return true
}

// levelColumn reports whether a level fills the column at line[i:].
func levelColumn(line []byte, i int) bool {
	end := letters(line, i)
	if end < len(line) && line[end] != '\t' && line[end] != ' ' || end-i < 3 {
		return false
	}
	_, ok := levelNamed(line[i:end])
	return ok
}

// dottedColumn reports whether a logger of a hierarchy fills the column at line[i:].
func dottedColumn(line []byte, i int) bool {
	end := loggerEnd(line, i)
	return end < len(line) && line[end] == '\t' && isDotted(line[i:end])
}

// place reads loguru's module:function:12 and the dash behind it.
func (c *cursor) place() bool {
	end := token(c.line, c.i)
	module, rest, _ := bytes.Cut(c.line[c.i:end], []byte(":"))
	function, line, ok := bytes.Cut(rest, []byte(":"))
	next := dashed(c.line, skipBlanks(c.line, end))
	if !ok || len(line) == 0 || digits(line) != len(line) || !isLoggerName(module) || next == skipBlanks(c.line, end) {
		return false
	}
	c.logger(module)
	c.h.add("log.origin.function", function)
	c.h.addNumber("log.origin.file.line", line)
	c.i = next
	return true
}
