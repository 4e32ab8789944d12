package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// postgresWithin are the bytes behind the stamp in which PostgreSQL's severity is looked for.
const postgresWithin = 250

// postgres looks for PostgreSQL's severity and its colon, behind whatever
// log_line_prefix puts before it: [pid], user@database, name=value lists. Words of
// a message do not count: what stands between must look like such a prefix.
// Source: PostgreSQL documentation, "Error Reporting and Logging", log_line_prefix.
func (c *cursor) postgres() {
	text := c.line[c.from:min(len(c.line), c.from+postgresWithin)]
	for at := 0; ; at++ {
		n := bytes.IndexByte(text[at:], ':')
		if n < 0 || at+n+1 >= len(text) {
			return
		}
		at += n
		if !isBlank(text[at+1]) {
			continue
		}
		from := at
		for from > 0 && (isUpper(text[from-1]) || isDigit(text[from-1])) {
			from--
		}
		sev, ok := postgresSeverity(text[from:at])
		if !ok || from == 0 || text[from-1] != ' ' && text[from-1] != ':' && text[from-1] != '>' {
			continue
		}
		if !isPostgresPrefix(text[:from]) {
			return
		}
		c.h.n, c.n, c.has = 0, 0, c.has&^hasPid|isPostgres
		c.h.service, c.h.trace, c.h.span, c.h.host = nil, nil, nil, nil
		c.postgresPrefix(bytes.Trim(text[:from], " :>"))
		c.level(sev, c.from+from, c.from+at)
		c.i = skipBlanks(c.line, c.from+at+1)
		return
	}
}

// postgresSeverity reads a severity, or the name of a further line of the same message.
func postgresSeverity(word []byte) (logs.Severity, bool) {
	switch string(word) {
	case "LOG", "WARNING", "ERROR", "FATAL", "PANIC", "NOTICE", "INFO", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5", "DETAIL", "HINT", "STATEMENT":
		return logs.ParseSeverity(logs.Borrow(word))
	case "CONTEXT", "QUERY", "LOCATION":
		return logs.Info, true
	}
	return 0, false
}

// isPostgresPrefix reports whether no word of a message stands in text: tokens
// have brackets, @, =, digits or colons; others are allowed where a number in brackets is among them.
func isPostgresPrefix(text []byte) bool {
	plain, process := 0, false
	for i := skipBlanks(text, 0); i < len(text); i = skipBlanks(text, i) {
		end := token(text, i)
		switch word := text[i:end]; {
		case word[0] == '[' && digits(word[1:]) > 0:
			process = true
		case bytes.ContainsAny(word, "[]@=:0123456789"):
			process = process || bytes.ContainsAny(word, "@=")
		case string(word) == "pid": // pgpool
			process = true
		case string(word) != "-" && string(word) != ">":
			plain++
		}
		i = end
	}
	return plain == 0 || process && plain <= 3
}

// postgresPrefix takes the fields of a prefix. Where it holds more than the process, it is also kept whole.
func (c *cursor) postgresPrefix(text []byte) {
	whole := text
	others := 0
	for len(text) > 0 {
		n := postgresToken(text)
		tok := text[:n]
		text = text[n:]
		switch at := bytes.IndexByte(tok, '@'); {
		case n == 0:
			text = text[1:]
			continue
		case tok[0] == '[' && tok[n-1] == ']' && c.postgresProcess(tok[1:n-1]):
			continue
		case digits(tok) == n && c.postgresProcess(tok):
			continue
		case bytes.IndexByte(tok, '=') > 0 && tok[0] != '[':
			c.postgresFields(tok)
		case at >= 0 && tok[0] != '[':
			c.h.add("user.name", tok[:at])
			c.h.add("postgresql.log.database", tok[at+1:])
		}
		others++
	}
	if others > 0 {
		c.h.add("postgresql.log.prefix", whole)
	}
}

// postgresToken is the length of the token that b begins with, which a blank or a colon ends outside of brackets.
func postgresToken(b []byte) int {
	deep := false
	for i, c := range b {
		switch {
		case c == '[':
			deep = true
		case c == ']':
			deep = false
		case (c == ' ' || c == ':') && !deep:
			return i
		}
	}
	return len(b)
}

func (c *cursor) postgresProcess(text []byte) bool {
	n := digits(text)
	if n == 0 || n < len(text) && (text[n] != '-' || digits(text[n+1:]) != len(text)-n-1) {
		return false
	}
	if !c.is(hasPid) {
		c.h.addNumber("process.pid", text[:n])
		c.has |= hasPid
	}
	if n < len(text) {
		c.h.addNumber("postgresql.log.session_line_number", text[n+1:])
	}
	return true
}

// postgresFields takes user=app,db=shop,app=psql,client=10.0.0.1.
func (c *cursor) postgresFields(text []byte) {
	for len(text) > 0 {
		var field []byte
		field, text, _ = bytes.Cut(text, []byte(","))
		name, value, _ := bytes.Cut(field, []byte("="))
		if string(value) == "[unknown]" || string(value) == "[local]" {
			continue
		}
		switch string(name) {
		case "user":
			c.h.add("user.name", value)
		case "db":
			c.h.add("postgresql.log.database", value)
		case "app":
			c.h.add("postgresql.log.application_name", value)
		case "client", "host":
			c.h.add("client.address", value)
		}
	}
}
