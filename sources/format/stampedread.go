package format

import (
	"bytes"
	"time"

	"github.com/lxlog/lx/when"
)

// Bounds of what counts as a header.
const (
	maxTokens  = 12
	maxBracket = 256 // bytes between two brackets
	findWithin = 100 // bytes in which a stamp may begin
)

// readStamped reads the header of a line into s.stamped, once for all layouts of the family.
func (s *scanner) readStamped(line []byte) kind {
	r := &s.stamped
	if r.line == &line[0] {
		return r.kind
	}
	r.line, r.kind = &line[0], kindNone
	r.head.reset()
	c := cursor{line: line, h: &r.head}
	i := 0
	if line[0] == ' ' || line[0] == escape {
		if i = skipFill(line, 0); i == len(line) {
			return kindNone
		}
	}
	if close := closerOf(line[i]); close != 0 {
		c.closer = close
		i = skipBlanks(line, i+1)
	}
	switch st, end := s.stampAt(line, i); {
	case st.ok:
		c.stamp(st, i, end)
	case i+9 < len(line) && (line[i+4] == 'P' || line[i+4] == 'A' || line[i+5] == 'P' || line[i+5] == 'A') && isDigit(line[i]):
		if st, end = kitchen(line, i); !st.ok || upperLevel(line, skipFill(line, end)) == 0 {
			return kindNone
		}
		c.stamp(st, i, end)
	case i+10 < len(line) && isUpper(line[i]) && line[i+1] == ' ' && isDigit(line[i+2]):
		// tornado's [I 240101 12:00:00 web:2162]
		if st, end = s.stampAt(line, i+2); !st.ok {
			return kindNone
		}
		if c.i = i; !c.letter() {
			return kindNone
		}
		c.stamp(st, i+2, end)
	case line[0] == ' ' && upperLevel(line, i) == 0 || line[0] != ' ' && shapeOf(line) > shapeText:
		return kindNone // frames and other parts of traces are no records, whatever times they name
	default:
		t, from, to, ok := s.when.Find(line, findWithin)
		if !ok {
			return kindNone
		}
		c.closer, c.i = 0, skipFill(line, 0)
		if !c.prefix(from) {
			if line[0] != ' ' {
				r.kind = c.dated(stamp{t, true})
			}
			return r.kind
		}
		c.stamp(stamp{t, true}, from, to)
	}
	c.header()
	switch {
	case c.is(hasLevel):
	case line[0] == ' ':
		return kindNone
	case c.is(namedColon): // Date: Wed May 1 12:00:00 2024
		r.kind = c.dated(c.h.time)
		return r.kind
	}
	r.kind = c.kind()
	return r.kind
}

func closerOf(open byte) byte {
	switch open {
	case '[':
		return ']'
	case '(':
		return ')'
	case '<':
		return '>'
	case '"', '\'', '|':
		return open
	}
	return 0
}

// stamp takes the stamp at line[from:to].
func (c *cursor) stamp(st stamp, from, to int) {
	c.h.time, c.i, c.from, c.last = st, to, to, 's'
	if c.closer != 0 {
		c.has |= stampInside
	}
	text := c.line[from:to]
	switch {
	case len(text) > 8 && text[2] == '/' && text[5] == '/': // Spark
		c.has |= plainLogger | hasJava
	case len(text) > 8 && text[4] == '/':
		c.has |= stampSlash
	case len(text) > 8 && isLetter(text[3]) && text[2] == '-':
		c.has |= bareLogger // Tomcat
	}
	if len(text) > 19 && text[10] == 'T' {
		c.has |= stampT
		if len(text) >= 27 && text[len(text)-1] == 'Z' {
			c.has |= stampFine
		}
	}
	if n := len(text); n > 4 && text[n-4] == ',' || bytes.IndexByte(text, ',') == 19 {
		c.has |= stampComma
	}
}

// header reads the tokens behind the stamp.
func (c *cursor) header() {
	if c.cells() {
		c.h.body = c.i
		return
	}
	for range maxTokens {
		c.separate()
		if c.i >= len(c.line) || !c.token() {
			break
		}
	}
	if !c.is(hasLevel) || c.is(mayPostgres) {
		c.postgres()
	}
	if c.is(hasBars) && c.is(hasLevel) && !c.is(hasLogger) && c.i < len(c.line) {
		c.loggerAtEnd()
	}
	c.resolve()
	c.h.body = min(c.i, len(c.line))
}

// separate steps over what stands between tokens.
func (c *cursor) separate() {
	c.sep = 0
	for c.i < len(c.line) {
		b := c.line[c.i]
		switch {
		case b == ' ':
			if c.sep == 0 {
				c.sep = ' '
			}
		case b == '\t':
			c.sep = '\t'
			c.has |= hasTab
		case b == c.closer && b != 0:
			c.closer, c.last = 0, 'b'
		case b == escape:
			next := colourEnd(c.line, c.i)
			if next == c.i {
				return
			}
			c.i = next
			continue
		case (b == '|' || b == ';') && c.sep != '|' && (c.last != 'w' || c.is(hasBars)):
			c.sep = '|'
			c.has |= hasBars
		case b == '-' && c.last == 's' && hasPrefix(c.line[c.i:], "-> "): // ClamAV
			c.i += 2
		case b == '>' && c.last == 'l' && c.sep == 0: // Log4perl
			c.sep = ' '
		case b == '-' && c.sep != '-':
			next := dashed(c.line, c.i)
			if next == c.i {
				return
			}
			if c.line[c.i+1] == '-' && c.i+2 < len(c.line) && c.line[c.i+2] == '-' {
				c.has |= hasDashes
			}
			c.sep, c.i = '-', next
			continue
		case b == ':' && c.sep != ':' && c.last != 'w' && c.last != 0:
			if c.i+1 < len(c.line) && c.line[c.i+1] == ':' {
				c.i++
			}
			c.sep = ':'
		case b == ',' && (c.last == 's' || c.last == 'l'):
		default:
			return
		}
		c.i++
	}
}

// token reads one token; false: the message begins at c.i.
func (c *cursor) token() bool {
	if c.h.n > len(c.h.attrs)-6 {
		return false
	}
	switch b := c.line[c.i]; {
	case c.sep == '\t' && c.execution():
		return true
	case b == '[':
		return c.bracket()
	case b == '(' || b == '{' || b == '<':
		return c.otherBracket()
	case isLetter(b) || b == '_' || b == '.' || b == '/':
		return c.word()
	case isDigit(b):
		return c.number()
	case b == '*' && !c.is(hasLevel): // Sling's *INFO*
		j := letters(c.line, c.i+1)
		word := c.line[c.i+1 : j]
		if sev, ok := levelNamed(word); ok && isUpperWord(word) && j < len(c.line) && c.line[j] == '*' {
			c.level(sev, c.i+1, j)
			c.i = j + 1
			c.has |= bareLogger
			return true
		}
	case b == '#' && hasPrefix(c.line[c.i:], "##["): // GitHub's ##[error]text
		if k := c.closing(c.i + 2); k > 0 && !c.is(hasLevel) && c.last == 's' {
			if sev, ok := levelNamed(c.line[c.i+3 : k]); ok && !isLoose(c.line[c.i+3:k]) {
				c.level(sev, c.i+3, k)
				c.i = k + 1
			}
		}
		return false
	case b == '?' && c.is(hasLevel) && c.odoo(c.line[c.i:c.i+1], skipBlanks(c.line, c.i+1)):
		return false
	case b == '#' && c.closer != 0: // Ruby's #126554
		if n := digits(c.line[c.i+1:]); n > 0 {
			c.pid(c.line[c.i+1 : c.i+1+n])
			c.i += 1 + n
			return true
		}
	}
	return false
}

// kitchen reads a time of day as clocks in kitchens show it: 3:04PM.
// Source: Go's package time, time.Kitchen, as zerolog's console prints it.
func kitchen(line []byte, i int) (st stamp, end int) {
	n := digits(line[i:])
	if n == 0 || n > 2 || line[i+n] != ':' || digits(line[i+n+1:]) != 2 {
		return stamp{}, i
	}
	hour, _ := small(line[i : i+n])
	minute, _ := small(line[i+n+1 : i+n+3])
	end = i + n + 5
	if end >= len(line) || line[end-1] != 'M' || line[end-2] != 'A' && line[end-2] != 'P' || hour < 1 || hour > 12 || minute > 59 ||
		!isBlank(line[end]) && line[end] != escape {
		return stamp{}, i
	}
	hour %= 12
	if line[end-2] == 'P' {
		hour += 12
	}
	nanos := int64(hour*60+minute) * int64(time.Minute)
	return stamp{when.Stamp{Nanos: nanos, Missing: when.Date | when.Zone}, true}, end
}
