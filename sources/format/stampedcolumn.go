package format

import "github.com/lxlog/lx/logs"

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
