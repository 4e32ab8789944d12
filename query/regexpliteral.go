package query

import (
	"regexp/syntax"
	"unicode"
)

// literal is the longest text that every match of a pattern holds, and whether its
// case counts; "" where none is known.
func literal(pattern string) (text string, exact bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	return literalOf(re.Simplify())
}

func literalOf(re *syntax.Regexp) (text string, exact bool) {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return string(re.Rune), true
		}
		return longestFolded(re.Rune), false
	case syntax.OpCapture, syntax.OpPlus:
		return literalOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return literalOf(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if t, e := literalOf(sub); len(t) > len(text) {
				text, exact = t, e
			}
		}
	}
	return text, exact
}

// longestFolded is the longest run of letters that in no other case are beyond ASCII: k has the Kelvin sign, s the long one.
func longestFolded(runes []rune) string {
	best, from := []rune(nil), 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && foldsWithinASCII(runes[i]) {
			continue
		}
		if i-from > len(best) {
			best = runes[from:i]
		}
		from = i + 1
	}
	return string(best)
}

func foldsWithinASCII(r rune) bool {
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if f >= 0x80 {
			return false
		}
	}
	return r < 0x80
}
