package output

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text harmless for a terminal: what would move the cursor, change
// colours, reorder or hide text, or answer back is written as an escape that
// shows (\x1b, \u202e), and so are bytes that are no UTF-8. What is left takes
// the room that it seems to take. With lines, line feeds and tabs stay as they are;
// without, a line feed is shown as ↵ and a tab as a blank.
//
// Log text is hostile. Everything that reaches a terminal passes here: bodies,
// fields, names of files, hosts and tags, texts of errors.
func Clean(s string, lines bool) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			escape(&b, "\\x", uint32(s[i]), 2)
		case r == '\n' && lines || r == '\t' && lines:
			b.WriteRune(r)
		case r == '\n':
			b.WriteRune('↵')
		case r == '\t':
			b.WriteByte(' ')
		case r == '\r' && lines && i+1 < len(s) && s[i+1] == '\n':
		case r < ' ' || r == 0x7f:
			escape(&b, "\\x", uint32(r), 2)
		case hides(r) && r > 0xffff:
			escape(&b, "\\U", uint32(r), 8)
		case hides(r) || r == joiner && !joins(s[:i], s[i+n:]):
			escape(&b, "\\u", uint32(r), 4)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// harmless reports whether s is printable ASCII throughout.
func harmless(s string) bool {
	for i := range len(s) {
		if s[i]-' ' > '~'-' ' {
			return false
		}
	}
	return true
}

// hides reports whether a rune controls the text around it, or takes no room of its own
// without joining a letter: C1 controls, bidirectional and other format characters,
// zero-width blanks, line separators, tags, private use and unassigned characters.
// The joiner is for joins to decide.
func hides(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r < 0xa0, r == 0xad:
		return true
	case r == joiner, r == 0xfe0e, r == 0xfe0f:
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) || !unicode.IsGraphic(r) && !unicode.In(r, unicode.Mn, unicode.Me)
}

const joiner = '\u200d' // makes one of two emoji, and ties letters of some scripts

// joins reports whether a joiner stands where scripts and emoji need it: between
// two visible characters that are not ASCII.
func joins(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	needs := func(r rune) bool { return r >= 0x80 && r != utf8.RuneError && r != joiner && !hides(r) }
	return needs(last) && needs(first)
}

func escape(b *strings.Builder, prefix string, v uint32, digits int) {
	b.WriteString(prefix)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b.WriteByte(hex[v>>shift&15])
	}
}
