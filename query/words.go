package query

import (
	"strings"
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

// unicodeSegment is segment for text of any script. Bytes that are no UTF-8 are no words, and end them.
func unicodeSegment(s string, i int) (to int, word bool) {
	// A word has at most maxWord characters: what lies far behind does not change where it ends.
	window := validPrefix(s[i:min(len(s), i+utf8.UTFMax*(maxWord+1))])
	if window == "" {
		return i + 1, false
	}
	it := words.FromString(window)
	it.Next()
	to = it.End()
	if spaceless(window) {
		for to < len(window) && spaceless(window[to:]) && it.Next() {
			to = it.End()
		}
	}
	word = isFlag(window[:to]) || strings.ContainsFunc(window[:to], isWordRune)
	return i + cutWord(window[:to]), word
}

// validPrefix is the part of s before the first byte that is no UTF-8.
func validPrefix(s string) string {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return s[:i]
			}
		}
	}
	return s
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

// isWordRune reports whether a segment with r in it is a word. A regional
// indicator makes one only together with another, a flag.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.In(r, unicode.Nd, unicode.Nl, unicode.Han, unicode.Katakana) ||
		unicode.Is(unicode.Other_Alphabetic, r) && !unicode.IsMark(r) ||
		unicode.Is(pictographs, r)
}

func isFlag(segment string) bool {
	r, n := utf8.DecodeRuneInString(segment)
	next, _ := utf8.DecodeRuneInString(segment[n:])
	return isIndicator(r) && isIndicator(next)
}

func isIndicator(r rune) bool { return 0x1f1e6 <= r && r <= 0x1f1ff }

// pictographs are the emoji that stand for themselves.
// Source: Unicode, emoji-data.txt, Emoji and Extended_Pictographic.
var pictographs = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xa9, 0xa9, 1}, {0xae, 0xae, 1}, {0x203c, 0x203c, 1}, {0x2049, 0x2049, 1}, {0x2122, 0x2122, 1}, {0x2139, 0x2139, 1},
		{0x2194, 0x2199, 1}, {0x21a9, 0x21aa, 1}, {0x231a, 0x231b, 1}, {0x2328, 0x2328, 1}, {0x2388, 0x2388, 1}, {0x23cf, 0x23cf, 1},
		{0x23e9, 0x23f3, 1}, {0x23f8, 0x23fa, 1}, {0x24c2, 0x24c2, 1}, {0x25aa, 0x25ab, 1}, {0x25b6, 0x25b6, 1}, {0x25c0, 0x25c0, 1},
		{0x25fb, 0x25fe, 1}, {0x2600, 0x2605, 1}, {0x2607, 0x2612, 1}, {0x2614, 0x2685, 1}, {0x2690, 0x2705, 1}, {0x2708, 0x2712, 1},
		{0x2714, 0x2714, 1}, {0x2716, 0x2716, 1}, {0x271d, 0x271d, 1}, {0x2721, 0x2721, 1}, {0x2728, 0x2728, 1}, {0x2733, 0x2734, 1},
		{0x2744, 0x2744, 1}, {0x2747, 0x2747, 1}, {0x274c, 0x274c, 1}, {0x274e, 0x274e, 1}, {0x2753, 0x2755, 1}, {0x2757, 0x2757, 1},
		{0x2763, 0x2767, 1}, {0x2795, 0x2797, 1}, {0x27a1, 0x27a1, 1}, {0x27b0, 0x27b0, 1}, {0x27bf, 0x27bf, 1}, {0x2934, 0x2935, 1},
		{0x2b05, 0x2b07, 1}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b50, 1}, {0x2b55, 0x2b55, 1}, {0x3030, 0x3030, 1}, {0x303d, 0x303d, 1},
		{0x3297, 0x3297, 1}, {0x3299, 0x3299, 1},
	},
	R32: []unicode.Range32{
		{0x1f000, 0x1f0ff, 1}, {0x1f10d, 0x1f10f, 1}, {0x1f12f, 0x1f12f, 1}, {0x1f16c, 0x1f171, 1}, {0x1f17e, 0x1f17f, 1},
		{0x1f18e, 0x1f18e, 1}, {0x1f191, 0x1f19a, 1}, {0x1f1ad, 0x1f1e5, 1}, {0x1f201, 0x1f20f, 1}, {0x1f21a, 0x1f21a, 1},
		{0x1f22f, 0x1f22f, 1}, {0x1f232, 0x1f23a, 1}, {0x1f250, 0x1f251, 1}, {0x1f260, 0x1f265, 1}, {0x1f300, 0x1f53d, 1},
		{0x1f546, 0x1f64f, 1}, {0x1f680, 0x1f6ff, 1}, {0x1f7d5, 0x1f7ff, 1}, {0x1f90c, 0x1f93a, 1}, {0x1f93c, 0x1f945, 1},
		{0x1f947, 0x1faff, 1},
	},
	LatinOffset: 2,
}

// spaceless reports whether s starts with a letter of a script that writes no blanks between words.
func spaceless(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x0e00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && (unicode.IsLetter(r) || unicode.IsMark(r))
}
