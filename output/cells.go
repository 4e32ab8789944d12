package output

import (
	"strings"
	"unicode/utf8"
)

// Cells is Clean of a line, with emoji that every terminal gives the same room. Of those that
// are put together from several, some terminals draw one picture and some each part; so the parts
// are drawn: without joiners, tones of skin, and the mark that makes a picture of a sign. Half a
// flag is its letter.
func Cells(s string) string {
	s = Clean(s, false)
	if !joined(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before, half := rune(0), false // half: r may be the second half of a flag
	for i, r := range s {
		if flag(r) {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !half && !flag(next) {
				b.WriteByte(byte('A' + r - firstFlag))
				before = 'A'
				continue
			}
			half = !half
		}
		switch {
		case r == 0xfe0e, r == 0xfe0f, r == 0x20e3:
			continue
		case r == joiner && pictures(before):
			continue
		case r >= 0x1f3fb && r <= 0x1f3ff && pictures(before):
			continue
		}
		b.WriteString(s[i : i+utf8.RuneLen(r)])
		before = r
	}
	return b.String()
}

// joined reports whether s may have an emoji that is put together.
func joined(s string) bool {
	for i := range len(s) {
		// the first bytes of U+2000 to U+2FFF, U+F000 to U+FFFF and of what is beyond
		if c := s[i]; c == 0xe2 || c == 0xef || c == 0xf0 {
			return true
		}
	}
	return false
}

const firstFlag = 0x1f1e6 // the A of flags

func flag(r rune) bool { return r >= firstFlag && r < firstFlag+26 }

// pictures reports whether r is in the blocks of signs and emoji.
func pictures(r rune) bool { return r >= 0x2190 && r <= 0x2bff || r >= 0x1f000 && r <= 0x1faff }
