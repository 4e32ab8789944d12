package format

import "github.com/lxlog/lx/logs"

// prefix reads what stands before a stamp at line[from:]; false where that is no header:
// level, names in brackets, numbers, names with a bar or a colon behind them.
func (c *cursor) prefix(from int) bool {
	for range 2 * maxTokens {
		if c.i = skipBlanks(c.line, c.i); c.i < from {
			c.separate()
		}
		switch {
		case c.i == from:
			return true
		case c.i > from || !c.before(from):
			return false
		}
	}
	return false
}

// before reads one token of a prefix.
func (c *cursor) before(from int) bool {
	b := c.line[c.i]
	switch {
	case closerOf(b) != 0:
		return c.opens(from)
	case isDigit(b):
		return c.numberBefore(from)
	case b == '#' || b == '*' || b == '=' || b == '>' || b == '~' || b == '-' || b == '+': // ####<, ==>
		c.i++
		return true
	case b == '?': // zellij's ???, for a module that is not known
		for c.i < from && c.line[c.i] == '?' {
			c.i++
		}
		return true
	case !isLetter(b):
		return false
	}
	j := letters(c.line, c.i)
	if word := c.line[c.i:j]; !c.is(hasLevel) && j < from {
		if sev, ok := levelNamed(word); ok && (isUpperWord(word) || c.closer != 0) && !isLoose(word) {
			c.level(sev, c.i, j)
			c.i = j
			c.has |= levelFirst
			return true
		}
	}
	k := nameEnd(c.line, c.i)
	end := skipBlanks(c.line, k)
	if end >= len(c.line) || c.line[end] != '|' && (c.line[end] != ':' || end != k) {
		return false
	}
	if name := c.line[c.i:k]; isThread(name) || !isLoggerName(name) {
		c.h.add("process.thread.name", name)
	} else {
		c.logger(name)
		c.has |= namedBefore
	}
	if c.line[end] == ':' && end+1 < len(c.line) && isBlank(c.line[end+1]) {
		c.has |= namedColon
	}
	c.i = end + 1
	if c.i < len(c.line) && c.line[c.i] == ':' && c.line[end] == ':' {
		c.i++
	}
	return true
}

// opens reads a bracket before the stamp: closed, with a name or level inside, or around the stamp.
func (c *cursor) opens(from int) bool {
	if k := c.closing(c.i); k >= 0 && k < from {
		if c.line[c.i] == '(' && k == c.i+2 && !c.is(hasLevel) { // qBittorrent's (N)
			if c.i++; c.letter() {
				c.i = k + 1
				return true
			}
			return false
		}
		return c.line[c.i] == '[' && c.bracket()
	}
	if c.closer != 0 {
		return false
	}
	c.closer = closerOf(c.line[c.i])
	c.has |= stampInside
	c.i++
	return true
}

// letter reads a level that is a letter alone, in a bracket.
func (c *cursor) letter() bool {
	sev, ok := logs.LetterSeverity(c.line[c.i])
	if !ok || !isUpper(c.line[c.i]) {
		return false
	}
	c.level(sev, c.i, c.i+1)
	c.i++
	c.has |= levelFirst
	return true
}

// numberBefore reads the number of a process or thread before the stamp: 10000 1697048351.000561.
func (c *cursor) numberBefore(from int) bool {
	n := digits(c.line[c.i:])
	j := c.i + n
	if n > 10 || j >= from || c.line[j] != ' ' && c.line[j] != ':' {
		return false
	}
	c.pid(c.line[c.i:j])
	c.i, c.last = j, 'b'
	return true
}

// closing returns the offset of the bracket that closes the one at line[i], -1
// where there is none near. Brackets of the same kind nest.
func (c *cursor) closing(i int) int {
	open := c.line[i]
	close := closerOf(open)
	if open == '{' {
		close = '}'
	}
	deep := 0
	for k := i + 1; k < len(c.line) && k < i+maxBracket; k++ {
		switch b := c.line[k]; {
		case b == escape && colourEnd(c.line, k) > k:
			k = colourEnd(c.line, k) - 1
		case b == close && deep == 0:
			return k
		case b == close:
			deep--
		case b == open:
			deep++
		}
	}
	return -1
}
