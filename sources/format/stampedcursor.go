package format

import "github.com/lxlog/lx/logs"

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
	hasLevel  marks = 1 << iota
	hasLogger       // a logger's name that is sure to be one
	hasPid          // a number
	hasThread       // a thread's number or name
	hasOrigin       // file and line
	hasTab          // tabs stand between the tokens
	hasBars         // bars or semicolons stand between them
	hasDashes       // --- was written, as Spring Boot does
	hasJava         // something that only the Log4j family writes

	stampInside // the stamp stands in brackets
	stampComma  // it has a comma before its fraction
	stampSlash  // its date has slashes, the year first
	stampT      // date and time are joined by T
	stampFine   // it is of the kind 2024-01-01T00:00:00.000000Z

	levelFirst  // the level stands before the stamp
	namedBefore // a logger's name does
	namedColon  // and a colon and a blank behind it
	plainLogger // behind the level a plain word with a colon is a logger
	bareLogger  // a dotted name behind a thread is one without more
	mayPostgres // behind the level stand a colon and two blanks

	isPostgres
	isMySQL
	isMongo
	isPHP
)

func (c *cursor) is(m marks) bool { return c.has&m != 0 }

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
	case c.is(hasTab) && c.is(hasLevel) && c.zap():
		return kindZap
	case c.is(hasLevel) && (c.is(hasJava) || c.is(hasLogger) && c.is(hasThread|hasDashes)):
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
