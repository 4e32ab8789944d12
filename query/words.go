package query

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Words are cut as Elasticsearch's standard analyzer cuts them: at the word
// boundaries of UAX #29, of which those segments are words that hold a letter, a
// digit or a pictograph. A run of a script that writes no blanks between words
// (Thai, Lao, Khmer, Myanmar) is one word; a word of more than 255 UTF-16 units is cut there.
// Sources: Unicode Standard Annex #29; Lucene, StandardTokenizer.

// maxWord is the longest word, in UTF-16 units.
const maxWord = 255

type charClass uint8

const (
	letter charClass = 1 << iota
	digit
	underscore
	midLetter // joins two letters
	midNumber // joins two digits
)

var classes = func() (c [utf8.RuneSelf]charClass) {
	for i := range c {
		switch {
		case 'a' <= i|0x20 && i|0x20 <= 'z':
			c[i] = letter
		case '0' <= i && i <= '9':
			c[i] = digit
		}
	}
	c['_'] = underscore
	c[':'] = midLetter
	c['.'], c['\''] = midLetter|midNumber, midLetter|midNumber
	c[','], c[';'] = midNumber, midNumber
	return c
}()

// nextWord finds the first word of s that starts at i or later. from is len(s) where there is none.
func nextWord(s string, i int) (from, to int) {
	for i < len(s) {
		if s[i] < utf8.RuneSelf && classes[s[i]]&(letter|digit|underscore) == 0 {
			i++
			continue
		}
		to, word := segment(s, i)
		if word {
			return i, to
		}
		i = to
	}
	return len(s), len(s)
}

// segment reads the segment at s[i:], which is no blank, and reports whether it is a word.
func segment(s string, i int) (to int, word bool) {
	// Fast path: ASCII alone.
	limit := min(len(s), i+maxWord)
	var seen charClass
	j := i
	for j < limit {
		c := s[j]
		if c >= utf8.RuneSelf {
			return unicodeSegment(s, i)
		}
		k := classes[c]
		if k&(letter|digit|underscore) == 0 {
			if j+1 < len(s) && s[j+1] >= utf8.RuneSelf {
				return unicodeSegment(s, i)
			}
			if j == i || j+1 == len(s) || !joins(k, classes[s[j-1]], classes[s[j+1]]) {
				break
			}
		}
		seen |= k
		j++
	}
	if j < len(s) && s[j] >= utf8.RuneSelf {
		return unicodeSegment(s, i)
	}
	return j, seen&(letter|digit) != 0
}

// joins reports whether a character of class mid makes one word of those before and behind it.
func joins(mid, before, behind charClass) bool {
	return mid&midLetter != 0 && before&behind&letter != 0 || mid&midNumber != 0 && before&behind&digit != 0
}

// unicodeSegment is segment for text of any script.
func unicodeSegment(s string, i int) (to int, word bool) {
	// A word has at most maxWord characters: what lies far behind does not change where it ends.
	window := s[i:min(len(s), i+utf8.UTFMax*(maxWord+1))]
	it := words.FromString(window)
	if !it.Next() {
		return len(s), false
	}
	to = it.End()
	if spaceless(window) {
		for to < len(window) && spaceless(window[to:]) && it.Next() {
			to = it.End()
		}
	}
	for _, r := range window[:to] {
		if word = isWordRune(r); word {
			break
		}
	}
	return i + cutWord(window[:to]), word
}

// cutWord is the length in bytes of the part of a segment that is one word.
func cutWord(s string) int {
	if len(s) <= maxWord {
		return len(s)
	}
	units := 0
	for i, r := range s {
		if units += max(1, utf16Len(r)); units > maxWord {
			return i
		}
	}
	return len(s)
}

func utf16Len(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.In(r, unicode.Nd, unicode.Nl) ||
		unicode.Is(unicode.Other_Alphabetic, r) && !unicode.IsMark(r) || pictograph(r)
}

// pictograph reports whether r is an emoji that stands for itself.
func pictograph(r rune) bool {
	return r >= 0x1f000 && r < 0x20000 && unicode.Is(unicode.So, r) || r == '\u203c' || r == '\u2049' ||
		r >= 0x2600 && r <= 0x27bf && unicode.Is(unicode.So, r)
}

// spaceless reports whether s starts with a letter of a script that writes no blanks between words.
func spaceless(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x0e00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && (unicode.IsLetter(r) || unicode.IsMark(r))
}
