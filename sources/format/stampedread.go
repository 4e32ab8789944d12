package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// Bounds of what counts as a header.
const (
	maxTokens  = 12
	maxBracket = 256 // bytes between two brackets
	findWithin = 100 // bytes in which a stamp may begin
)

// A cursor goes over the header of a line, a token at a time: level, numbers of
// process and thread, names in brackets, logger, file and line, with blanks,
// dashes, colons, bars or tabs between them. What it does not know is the message.
type cursor struct {
	line   []byte
	i      int // the next byte
	h      *head
	has    marks
	closer byte      // of the bracket that the stamp stands in and that is still open; 0: none
	sep    byte      // what stands before line[i]: a blank, or - : | tab; 0: nothing
	last   byte      // what the last token was: 's' stamp, 'b' bracket, 'l' level, 'w' other
	from   int       // where the text behind the stamp begins
	words  [3][]byte // names in brackets, of threads or loggers
	n      int       // of words
}

// marks are what a header held so far.
type marks uint32

const (
	hasLevel    marks = 1 << iota
	hasLogger         // a logger's name that is sure to be one
	hasPid            // a number
	hasThread         // a thread's number or name
	hasOrigin         // file and line
	stampComma        // the stamp has a comma before its fraction
	stampSlash        // its date has slashes
	stampShort        // its year has two digits and slashes
	stampInside       // it stands in brackets
	hasDashes         // --- was written, as Spring Boot does
	hasJava           // something that only the Log4j family writes
	bareLogger        // a dotted name behind a thread is a logger without more
	namedColon        // a name with a colon and a blank stands before the stamp
	namedBefore       // a logger's name stands before the stamp
	mayPostgres       // behind the level stand a colon and two blanks
	hasTab            // tabs stand between the tokens
	hasBars           // bars stand between them
	levelFirst        // the level stands before the stamp
	plainLogger       // a plain word with a colon behind the level is a logger
	stampFine         // it is of the kind 2024-01-01T00:00:00.000000Z
	stampT            // date and time are joined by T
	isPostgres
	isMySQL
	isMongo
	isPHP
)

func (c *cursor) is(m marks) bool { return c.has&m != 0 }

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
	if !c.header() {
		return kindNone
	}
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
	case len(text) > 8 && text[2] == '/' && text[5] == '/':
		c.has |= stampShort
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
	if c.is(stampShort) { // Spark
		c.has |= plainLogger | hasJava
	}
	if n := len(text); n > 4 && text[n-4] == ',' || bytes.IndexByte(text, ',') == 19 {
		c.has |= stampComma
	}
}

// header reads the tokens behind the stamp.
func (c *cursor) header() bool {
	for range maxTokens {
		c.separate()
		if c.i >= len(c.line) || !c.token() {
			break
		}
	}
	if !c.is(hasLevel) || c.is(mayPostgres) {
		c.postgres()
	}
	c.resolve()
	c.h.body = min(c.i, len(c.line))
	if c.is(hasTab) && c.h.end == 0 {
		c.h.end = fieldsAtEnd(c.line, c.h.body)
	}
	return true
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
	case b == '#' && c.closer != 0: // Ruby's #126554
		if n := digits(c.line[c.i+1:]); n > 0 {
			c.pid(c.line[c.i+1 : c.i+1+n])
			c.i += 1 + n
			return true
		}
	}
	return false
}

// level takes the level written at line[i:j].
func (c *cursor) level(sev logs.Severity, i, j int) {
	c.h.severity, c.h.level = sev, c.line[i:j]
	c.has |= hasLevel
	c.last = 'l'
}

// pid takes a number: the first is the process's, the next the thread's.
func (c *cursor) pid(text []byte) {
	switch {
	case !c.is(hasPid):
		c.h.addNumber("process.pid", text)
		c.has |= hasPid
	default:
		c.h.addNumber("process.thread.id", text)
	}
}

// logger takes a logger's name that is sure to be one.
func (c *cursor) logger(name []byte) {
	if c.has |= hasLogger; c.is(isMySQL) { // InnoDB is no service of its own
		c.h.add("log.logger", name)
		return
	}
	c.h.named(name)
}

// resolve says what the names in brackets were: threads where a logger was
// named beside them, else the last one is the logger, unless threads are called so.
func (c *cursor) resolve() {
	for k, w := range c.words[:c.n] {
		switch {
		case isThread(w) || c.is(hasLogger) && k == c.n-1:
			c.has |= hasThread
			c.h.add("process.thread.name", w)
		default:
			c.h.named(w)
		}
	}
}

// kind names what was read.
func (c *cursor) kind() kind {
	switch {
	case c.is(isPostgres):
		return kindPostgres
	case c.is(isMySQL):
		return kindMySQL
	case c.is(isMongo):
		return kindMongo
	case c.is(isPHP):
		return kindPHP
	case c.is(hasTab) && c.is(hasLevel) && c.h.time.Missing&when.Date == 0 && (c.is(hasOrigin) || c.h.end > 0):
		return kindZap
	case c.is(hasLevel) && c.is(hasLogger) && c.is(hasThread|hasDashes|hasJava) || c.is(hasLevel) && c.is(hasJava):
		return kindLog4j
	case c.is(hasLevel) && c.is(stampComma):
		return kindPython
	case c.is(stampSlash) && !c.is(stampInside) && c.n == 0 && !c.is(hasPid|hasLogger):
		return kindGo
	}
	return kindStamped
}

// dated takes a line that has a stamp further inside. A level at its very start is one.
func (c *cursor) dated(st stamp) kind {
	c.h.reset()
	switch b := c.line[0]; {
	case isUpper(b) || b == '[' || b == escape:
		if !parseLevel(c.line, nil, c.h) {
			c.h.reset()
		}
	}
	c.h.time = st
	return kindDated
}
