package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// levelNamed reads a level's name in any case, those of .NET's console and Robot Framework included.
func levelNamed(word []byte) (logs.Severity, bool) {
	if s, ok := logs.ParseSeverity(logs.Borrow(word)); ok {
		return s, true
	}
	switch string(word) {
	case "fail", "FAIL":
		return logs.Error, true
	case "trce", "TRCE":
		return logs.Trace, true
	}
	return 0, false
}

// leveledAs is leveled for all names that levelNamed knows.
func (h *head) leveledAs(word []byte) bool {
	s, ok := levelNamed(word)
	if ok {
		h.severity, h.level = s, word
	}
	return ok
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
var levelLayout = &header{id: "level", first: "ABCDEFGHIJKLMNOPQRSTUVWXYZ[", join: joinTrace,
	reason: "it begins with a level in capitals or in brackets, and has no time", parse: parseLevel}

func parseLevel(line []byte, _ *scanner, h *head) bool {
	if line[0] == '[' {
		return h.bracketLevel(line)
	}
	j := letters(line, 0)
	word := line[:j]
	if len(word) < 3 || len(word) > 13 || !isUpperWord(word) || isLoose(word) || !h.leveledAs(word) {
		return false
	}
	h.body = j
	if j == len(line) {
		return true
	}
	switch c := line[j]; {
	case c == ':' && j+1 < len(line) && !isBlank(line[j+1]):
		h.basic(line, j+1)
	case c == ':':
		h.body = skipBlanks(line, j+1)
	case isBlank(c):
		h.body = dashed(line, skipBlanks(line, j))
	default:
		return false
	}
	return true
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

// bracketLevel reads [level] text.
func (h *head) bracketLevel(line []byte) bool {
	k := bytes.IndexByte(line[:min(len(line), 20)], ']')
	if k < 0 {
		return false
	}
	word := bytes.Trim(line[1:k], " ")
	if len(word) < 3 || letters(word, 0) != len(word) || isLoose(word) || !h.leveledAs(word) {
		return false
	}
	i := skipBlanks(line, k+1)
	if i < len(line) && line[i] == ':' {
		i = skipBlanks(line, i+1)
	}
	h.body = dashed(line, i)
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
