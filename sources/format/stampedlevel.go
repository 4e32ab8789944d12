package format

import (
	"bytes"
	"encoding/binary"

	"github.com/lxlog/lx/logs"
)

// levelNamed reads a level's name in any case.
func levelNamed(word []byte) (logs.Severity, bool) { return logs.ParseSeverity(logs.Borrow(word)) }

// commonLevel reads DEBUG, INFO, WARN or ERROR and a blank at the start of b by a
// compare of their bytes at once; end is the blank's offset, 0 where b begins otherwise.
func commonLevel(b []byte) (sev logs.Severity, end int) {
	if len(b) < 8 {
		return 0, 0
	}
	w := binary.LittleEndian.Uint64(b)
	switch {
	case w<<24 == ' '<<56|'O'<<48|'F'<<40|'N'<<32|'I'<<24:
		return logs.Info, 4
	case w<<16 == ' '<<56|'G'<<48|'U'<<40|'B'<<32|'E'<<24|'D'<<16:
		return logs.Debug, 5
	case w<<24 == ' '<<56|'N'<<48|'R'<<40|'A'<<32|'W'<<24:
		return logs.Warn, 4
	case w<<16 == ' '<<56|'R'<<48|'O'<<40|'R'<<32|'R'<<24|'E'<<16:
		return logs.Error, 5
	}
	return 0, 0
}

// isLoose reports whether a level's name is also a word that modules are called
// by or messages begin with, so that it is a level only where it cannot be anything else.
func isLoose(word []byte) bool {
	switch string(word) {
	case "INFO", "DEBUG", "WARN", "ERROR": // Fast path.
		return false
	}
	if len(word) > 9 {
		return false
	}
	var low [9]byte
	for i, c := range word {
		low[i] = c | 0x20
	}
	switch string(low[:len(word)]) {
	case "all", "log", "statement", "system", "status", "hint", "detail", "http", "success", "default", "note",
		"fault", "failure", "assert", "silly", "war", "fat", "deb", "tra", "fail":
		return true
	case "fine", "config":
		return !isUpper(word[0])
	}
	return false
}

// isUpperWord reports whether b is all capitals, digits after them allowed.
func isUpperWord(b []byte) bool {
	for _, c := range b {
		if !isUpper(c) && !isDigit(c) {
			return false
		}
	}
	return len(b) > 0 && isUpper(b[0])
}

// letters returns the end of the run of letters of b from i on.
func letters(b []byte, i int) int {
	for i < len(b) && isLetter(b[i]) {
		i++
	}
	return i
}

// upperLevel reads a level in capitals at line[i:], or one in brackets, which ends
// there as a word does. end is the offset behind it, 0 where there is none.
func upperLevel(line []byte, i int) (end int) {
	bracket := i < len(line) && line[i] == '['
	if bracket {
		i = skipBlanks(line, i+1)
	}
	j := letters(line, i)
	word := line[i:j]
	if len(word) < 3 || !bracket && !isUpperWord(word) || isLoose(word) {
		return 0
	}
	if _, ok := levelNamed(word); !ok {
		return 0
	}
	if bracket {
		if j = skipBlanks(line, j); j < len(line) && line[j] == ']' {
			return j + 1
		}
		return 0
	}
	if j == len(line) || isBlank(line[j]) || line[j] == ':' || line[j] == '|' || line[j] == '[' {
		return j
	}
	return 0
}

// levelLayout takes lines that begin with a level and have no time: LEVEL: text,
// [level] text, LEVEL text, LEVEL:logger:text.
var levelLayout = &header{id: "level", first: "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\x1b", join: joinBegun,
	reason: "it begins with a level in capitals or in brackets, and has no time", parse: parseLevel}

func parseLevel(line []byte, _ *scanner, h *head) bool {
	i := colourEnd(line, 0)
	if i < len(line) && line[i] == '[' {
		// A level alone is one in capitals: Maven's empty lines.
		return h.bracketLevel(line, i) && (h.body < len(line) || isUpperWord(h.level))
	}
	return h.wordLevel(line, i)
}

// wordLevel reads LEVEL text, with or without a colon; the level stands at line[i].
func (h *head) wordLevel(line []byte, i int) bool {
	j := letters(line, i)
	word := line[i:j]
	if len(word) < 3 || len(word) > 13 || !isUpperWord(word) || !h.leveled(word) || isLoose(word) && !isPostgresLine(line, word, j) {
		return false
	}
	j = colourEnd(line, j)
	h.body = j
	if j == len(line) {
		return true
	}
	switch c := line[j]; {
	case c == ':' && j+1 < len(line) && !isBlank(line[j+1]) && line[j+1] != escape:
		h.basic(line, j+1)
	case c == ':':
		h.body = skipFill(line, j+1)
	case c == '[': // logrus: INFO[0012] text
		n := digits(line[j+1:])
		end := j + 1 + n
		if n < 4 || end >= len(line) || line[end] != ']' {
			return false
		}
		h.addNumber("process.uptime", withoutZeros(line[j+1:end]))
		h.body = skipBlanks(line, end+1)
	case isBlank(c):
		h.logger(line, dashed(line, skipFill(line, j)))
	default:
		return false
	}
	return true
}

// isPostgresLine reports whether the severity that ends before line[j] is one as
// PostgreSQL writes it without a prefix: LOG:  text.
func isPostgresLine(line, word []byte, j int) bool {
	_, ok := postgresSeverity(word)
	return ok && hasPrefix(line[j:], ":  ")
}

// withoutZeros takes leading zeros off a number.
func withoutZeros(b []byte) []byte {
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	return b
}

// basic reads what Python's basicConfig writes behind a level and its colon:
// root:text. Where no logger stands there, all of it is the message.
func (h *head) basic(line []byte, i int) {
	h.body = i
	k := nameEnd(line, i)
	if k < len(line) && line[k] == ':' && isLoggerName(line[i:k]) {
		h.named(line[i:k])
		h.body = k + 1
	}
}

// logger reads the logger that may stand behind the level, at line[i]; what follows it is the message.
func (h *head) logger(line []byte, i int) {
	h.body = i
	k := loggerEnd(line, i)
	if !isSureLogger(line[i:k]) {
		return
	}
	c := cursor{line: line, h: h}
	if sep, next := c.after(k); sep == ':' || sep == 's' || sep == '-' {
		h.named(line[i:k])
		h.body = next
	}
}

// bracketLevel reads [level] text and [thread] LEVEL logger - text; the bracket opens at line[i].
func (h *head) bracketLevel(line []byte, i int) bool {
	n := bytes.IndexByte(line[i:min(len(line), i+60)], ']')
	if n < 0 {
		return false
	}
	word := withoutColours(line[i+1 : i+n])
	if next := skipFill(line, i+n+1); len(word) > 0 && isThread(word) && isTagWord(word) && upperLevel(line, next) > 0 {
		h.add("process.thread.name", word) // SLF4J's simple logger
		return h.wordLevel(line, next)
	}
	if len(word) < 3 || letters(word, 0) != len(word) || isLoose(word) || !h.leveled(word) {
		return false
	}
	if i = skipFill(line, i+n+1); i < len(line) && line[i] == ':' {
		i = skipFill(line, i+1)
	}
	h.logger(line, dashed(line, i))
	return true
}

// dashed steps over one to three dashes at line[i:] that a blank follows, and the blanks; i where there are none.
func dashed(line []byte, i int) int {
	j := i
	for j < len(line) && line[j] == '-' && j < i+3 {
		j++
	}
	if j > i && j < len(line) && isBlank(line[j]) {
		return skipBlanks(line, j)
	}
	return i
}

// namedLevel reads the level of name: level: text, where the name was read before line[i:].
// A capital begins it where the name is in small letters: Dovecot. end is the colon's offset, 0 where there is none.
func namedLevel(line []byte, i int, name []byte) (end int) {
	if end = lowerLevel(line, i); end > 0 && !isException(name) {
		return end
	}
	for _, b := range name {
		if !isLower(b) && b != '-' {
			return 0
		}
	}
	return capitalLevel(line, i)
}

// capitalLevel reads Info: Warning: Error: Fatal: Panic: Debug: at line[i:]. end is the colon's offset, 0 where there is none.
// Source: Dovecot, src/lib/failures.c.
func capitalLevel(line []byte, i int) (end int) {
	for _, s := range [...]string{"Info: ", "Warning: ", "Error: ", "Fatal: ", "Panic: ", "Debug: "} {
		if hasPrefix(line[i:], s) {
			return i + len(s) - 2
		}
	}
	return 0
}

// lowerLevel reads a level in small letters, and the colon behind it, at line[i:]. end is the colon's offset, 0 where there is none.
func lowerLevel(line []byte, i int) (end int) {
	j := letters(line, i)
	if j-i < 4 || j+1 >= len(line) || line[j] != ':' || line[j+1] != ' ' || isUpper(line[i]) || isLoose(line[i:j]) {
		return 0
	}
	if _, ok := levelNamed(line[i:j]); !ok {
		return 0
	}
	return j
}
