package format

// number reads the number of a process or thread: before a level, before ---, between bars.
func (c *cursor) number() bool {
	n := digits(c.line[c.i:])
	k := c.i + n
	if (n > 7 || k < len(c.line) && isLetter(c.line[k])) && !c.is(hasLevel) && c.last != 'w' && c.threadColumns() {
		return false
	}
	if k < len(c.line) && isLetter(c.line[k]) {
		return c.hexThread()
	}
	if k < len(c.line) && c.line[k] == '.' && c.idle(k) {
		return true
	}
	sep, next := c.after(k)
	take := false
	switch {
	case n > 20 || c.is(hasLogger) && sep != '|':
	case sep == '|':
		take = !c.is(hasPid) || !c.is(hasLogger)
	case sep == '-':
		take = c.is(hasLevel) && hasPrefix(c.line[skipBlanks(c.line, k):], "---")
	case sep == ' ' && !c.is(hasLevel):
		take = c.levelNear(next)
	case sep == ']' && c.closer != 0:
		take = true
	}
	if !take {
		return false
	}
	c.pid(c.line[c.i:k])
	c.i, c.last = k, 'w'
	return true
}

// hexThread reads a thread's number in hex before a level: 7f3a INFO, 0x7f3a INFO.
func (c *cursor) hexThread() bool {
	k := token(c.line, c.i)
	text := c.line[c.i:k]
	if hasPrefix(text, "0x") {
		text = text[2:]
	}
	next := skipBlanks(c.line, k)
	if c.is(hasLevel) || len(text) > 16 || !isHex(text) || upperLevel(c.line, next) == 0 {
		return false
	}
	c.h.add("process.thread.id", c.line[c.i:k])
	c.i, c.last = next, 'w'
	return true
}

// idle reads the share of the processor that FreeSWITCH writes before the level: 99.50% [NOTICE].
func (c *cursor) idle(k int) bool {
	end := k + 1 + digits(c.line[k+1:])
	if !hasPrefix(c.line[end:], "% [") || end-c.i > 6 {
		return false
	}
	c.h.addNumber("freeswitch.idle_cpu", c.line[c.i:end])
	c.i, c.last = end+1, 'b'
	return true
}

// levelNear reports whether a level stands at line[i:], or behind one more number or thread there.
func (c *cursor) levelNear(i int) bool {
	for range 2 {
		if upperLevel(c.line, i) > 0 || c.mysqlLevel(i) {
			return true
		}
		n := digits(c.line[i:])
		if hasPrefix(c.line[i:], "TID-") {
			n = token(c.line, i) - i
		}
		j := skipBlanks(c.line, i+n)
		if n == 0 || j == i+n {
			return false
		}
		i = j
	}
	return false
}

func (c *cursor) mysqlLevel(i int) bool {
	for _, s := range [...]string{"[Note]", "[Warning]", "[ERROR]", "[Error]", "[System]"} {
		if hasPrefix(c.line[i:], s) {
			return true
		}
	}
	return false
}

// twoNumbers reads the numbers of process and thread as Django's verbose format has them behind the module.
func (c *cursor) twoNumbers(i int) bool {
	n := digits(c.line[i:])
	j := skipBlanks(c.line, i+n)
	m := digits(c.line[j:])
	if n == 0 || m == 0 || j == i+n || j+m < len(c.line) && !isBlank(c.line[j+m]) {
		return false
	}
	c.pid(c.line[i : i+n])
	c.pid(c.line[j : j+m])
	c.i = skipBlanks(c.line, j+m)
	return true
}
