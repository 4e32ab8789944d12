package format

import "github.com/lxlog/lx/logs"

// stampedFamily are the formats of programs: a time, a level and a logger in some order, then the message.
// Those with marks of their own stand before the general reader of headers, whose
// layouts differ in name only; last come lines with a time further inside, and lines with a level alone.
var stampedFamily = []layout{
	klogLayout, logcatLayout, oslogLayout, csvLayout, slowLayout, redisLayout, rubyLayout, sssdLayout, chromeLayout, unrealLayout, sambaLayout, xorgLayout,
	bglLayout, hpcLayout, erlangLayout, dotnetLayout, uptimeLayout, zabbixLayout, prefixLayout,
	general(kindPostgres, "postgres", "a time, the process and a severity of PostgreSQL with a colon"),
	general(kindMySQL, "mysql", "a time, a thread's number and a level in brackets, as MySQL and MariaDB write them"),
	general(kindPHP, "php", "a time in brackets, PHP and what kind of error it is"),
	general(kindMongo, "mongodb", "a time, a level's letter, a component and a context, as MongoDB wrote them before 4.4"),
	general(kindZap, "zap", "a time, a level and further fields with tabs between them"),
	general(kindLog4j, "log4j", "a time, a level and a logger's name with its thread, as Log4j, Logback and their kin write them"),
	general(kindPython, "python", "a time with a comma before the milliseconds and a level, as Python's logging writes them"),
	general(kindGo, "go", "a date with slashes and a time, as Go's package log writes them"),
	general(kindStamped, "stamped", "a time at its start, with the fields of a header around it"),
	general(kindDated, "dated", "a time stands near its start"),
	levelLayout,
}

// kind is what the general reader of headers takes a line for.
type kind uint8

const (
	kindNone kind = iota
	kindPostgres
	kindMySQL
	kindMongo
	kindPHP
	kindZap
	kindLog4j
	kindPython
	kindGo
	kindStamped
	kindDated
	kindCount
)

// A stamped layout takes the lines of one kind. The general reader reads a line
// once for all of them.
type stamped struct {
	header
	kind kind
}

func general(k kind, name, why string) *stamped {
	l := &stamped{kind: k}
	l.id, l.first, l.join, l.reason, l.clock = name, stampedFirst, joinAll, why, true
	if k == kindDated {
		l.join = joinBegun
	}
	l.parse = func(line []byte, s *scanner, h *head) bool {
		if s.readStamped(line) != k {
			return false
		}
		*h = s.stamped.head
		return true
	}
	return l
}

// stampedFirst are the bytes that a header may begin with. Digits and letters
// stand for themselves; a blank only before a level or a stamp with a level.
const stampedFirst = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz[(\"'<|@=+-_*#>~\x1b "

func (l *stamped) scan(line []byte, s *scanner, f *fields) bool {
	if s.readStamped(line) != l.kind {
		return false
	}
	l.columns(line, &s.stamped.head, s, f)
	return true
}

func (l *stamped) Decode(raw []byte, r *logs.Record) {
	l.header.Decode(raw, r)
	if l.kind == kindZap && r.Format == l.id {
		line, _ := cutLine(raw)
		zapFields(line, r)
	}
}

// A reading is what the general reader made of a line.
type reading struct {
	line *byte // its first byte; nil: of none
	kind kind
	head head
	text [32]byte // for a stamp that is not written as the parser of stamps reads it
}
