package query

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// What is told here of a JSON record needs no reading from its start:
//
// A quote without a backslash before it begins or ends a string. Behind one that
// ends it stands white space, or one of :,]}, so that a quote with anything else
// behind it begins one. Before a text's quote stands a colon, or it is an element
// of an array; before a key's, a comma or a brace.

// verdict says what follows for a record from one place in its bytes.
type verdict uint8

const (
	fails   verdict = iota // nothing: this place does not make the condition hold
	mayHold                // only decoding tells
	holds                  // the condition holds
)

func verdictOf(ok bool) verdict {
	if ok {
		return holds
	}
	return fails
}

const (
	maxJudged = 16 << 10 // bytes of a record that is looked at place by place
	maxKept   = 4 << 10  // bytes of a record that has less fields and values than a format takes apart
	maxPath   = 256      // bytes of keys within each other that a format takes apart
	maxBraces = 30       // objects and arrays within each other that a format takes apart
)

// jsonJudge decides what a place means at which a needle of a test stands in a JSON record.
type jsonJudge struct {
	fields *logs.JSONFields
	test   test
	word   string // where the test is one for this word
}

// hit decides about row[from:to], where a text stands that a value needs.
func (j *jsonJudge) hit(row []byte, from, to int, text string) verdict {
	if len(row) > maxJudged || !oneLine(row) {
		return mayHold
	}
	quote := bytes.LastIndexByte(row[:from], '"')
	if !opens(row, quote) {
		return mayHold
	}
	before := quote - 1
	for before > 0 && isBlank(row[before]) {
		before--
	}
	switch row[before] {
	case '[':
	case ':':
		key := keyBefore(row, before)
		if key == nil || j.fields.Hidden(key) {
			return mayHold
		}
	case '{':
		return j.out(row, quote)
	case ',':
		end := closing(row, to)
		if end < 0 {
			return mayHold
		}
		if end = skipBlank(row, end+1); end < len(row) && row[end] == ':' {
			return j.out(row, quote)
		}
	default:
		return mayHold
	}
	if j.word == text {
		return j.wordAt(row, quote, from, to)
	}
	end := closing(row, to)
	if end < 0 || bytes.IndexByte(row[quote+1:end], '\\') >= 0 || j.out(row, quote) != fails {
		return mayHold
	}
	return verdictOf(j.test.holds(logs.TextValue(logs.Borrow(row[quote+1 : end]))))
}

// wordAt decides about the word at row[from:to] in the text behind a quote.
func (j *jsonJudge) wordAt(row []byte, quote, from, to int) verdict {
	if to+2 >= len(row) {
		return mayHold
	}
	switch left, right := startsWord(row, quote, from), endsWord(row, to); {
	case left == yes && right == yes:
		return holds
	case (left == no || right == no) && from-quote < maxWord:
		return j.out(row, quote)
	}
	return mayHold
}

// out is what to make of a key, or of a text without what is asked for. They fail
// unless they stand where an object may be too deep to be taken apart, and so be a text itself.
func (j *jsonJudge) out(row []byte, at int) verdict {
	if len(row) > maxKept {
		return mayHold
	}
	before := row[1:at]
	if bytes.LastIndexByte(before, '{') > maxPath || bytes.Count(before, []byte{'{'})+bytes.Count(before, []byte{'['}) > maxBraces {
		return mayHold
	}
	return fails
}

// opens reports whether row[i] is a quote that begins a string, if it is not within one. false: that is not known.
func opens(row []byte, i int) bool {
	return i > 0 && i+1 < len(row) && !isBlank(row[i+1]) && !holdsByte(`:,]}"`, row[i+1])
}

// closing is the offset of the quote that ends the string that row[i] is in; -1 where that is not known.
func closing(row []byte, i int) int {
	end := bytes.IndexByte(row[i:], '"')
	if end < 0 || end > 0 && row[i+end-1] == '\\' {
		return -1
	}
	return i + end
}

// keyBefore is the key before the colon at row[i]; nil where it has an escape.
func keyBefore(row []byte, i int) []byte {
	for i--; i > 0 && isBlank(row[i]); i-- {
	}
	if i < 1 || row[i] != '"' {
		return nil
	}
	from := bytes.LastIndexByte(row[:i], '"') + 1
	if from < 2 || row[from-2] == '\\' || bytes.IndexByte(row[from:i], '\\') >= 0 {
		return nil
	}
	return row[from:i:i]
}

// answer is a yes or no that may not be known.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

const inWord = letter | digit | underscore

// startsWord reports whether a word that begins at row[i] begins there, in the text behind a quote.
func startsWord(row []byte, quote, i int) answer {
	if i == quote+1 {
		return yes
	}
	c := row[i-1]
	if c >= 0x80 || c == '\\' || row[i] >= 0x80 {
		return unknown
	}
	class := classes[c]
	switch {
	case class == 0:
		return yes
	case class&inWord != 0:
		if ofEscape(row, quote, i-1) {
			return unknown
		}
		return no
	case i-1 == quote+1:
		return yes
	}
	b := row[i-2]
	if b >= 0x80 || ofEscape(row, quote, i-2) {
		return unknown
	}
	if joins(class, classes[b], classes[row[i]]) {
		return no
	}
	return yes
}

// ofEscape reports whether row[i] may be part of an escape in the text behind a quote.
func ofEscape(row []byte, quote, i int) bool {
	return bytes.IndexByte(row[max(quote, i-len(`\u000`)):i], '\\') >= 0
}

// endsWord reports whether a word that ends before row[i] ends there, in a JSON text.
func endsWord(row []byte, i int) answer {
	c := row[i]
	if c >= 0x80 || row[i-1] >= 0x80 {
		return unknown
	}
	class := classes[c]
	switch {
	case c == '\\' && row[i+1] == 'u':
		return unknown
	case class == 0:
		return yes
	case class&inWord != 0:
		return no
	}
	b := row[i+1]
	switch {
	case b >= 0x80, b == '\\' && row[i+2] == 'u':
		return unknown
	case joins(class, classes[row[i-1]], classes[b]):
		return no
	}
	return yes
}
