package query

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A literal is a run of unquoted characters, blanks within it included: read timed out*.
//
// A star stands for anything. A backslash makes one of special, and a keyword, an
// ordinary part of it; \t, \r, \n and \uXXXX are the characters they stand for
// everywhere. It ends before a special character, before "and" and "or" with
// blanks around, and before "not" with a blank behind and one, or nothing, before.

// special characters end a literal.
const special = `\():<>"*{}`

// scanLiteral reads the literal at s[i:]. parts is what stands between its stars,
// white space at both ends cut off; ok is false where there is none.
func scanLiteral(s string, i int) (parts []string, end int, ok bool) {
	start := i
	var part strings.Builder
	for i < len(s) {
		if n := spaceAt(s, i); n > 0 {
			after := skipSpace(s, i)
			if conjunction(s, after) {
				break
			}
			part.WriteString(s[i:after])
			i = after
			continue
		}
		switch c := s[i]; {
		case c == '*':
			parts = append(parts, part.String())
			part.Reset()
			i++
			continue
		case c == '\\':
			text, n := unescape(s[i:])
			if n == 0 {
				break
			}
			part.WriteString(text)
			i += n
			continue
		case strings.IndexByte(special, c) >= 0:
		case (c|0x20) == 'n' && negation(s, i) && (i == start || endsInSpace(s[start:i])):
		default:
			part.WriteByte(c)
			i++
			continue
		}
		break
	}
	if i == start {
		return nil, i, false
	}
	parts = append(parts, part.String())
	last := len(parts) - 1
	parts[0] = strings.TrimLeftFunc(parts[0], trimmed)
	parts[last] = strings.TrimRightFunc(parts[last], trimmed)
	return parts, i, true
}

// trimmed is the white space that is cut off the ends of a literal, escaped or
// not: that of ECMAScript's trim.
func trimmed(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// spaceAt is the width in bytes of the blank at s[i:], 0 where there is none.
// Blanks separate; no other white space does.
func spaceAt(s string, i int) int {
	switch s[i] {
	case ' ', '\t', '\r', '\n':
		return 1
	case 0xc2:
		if i+1 < len(s) && s[i+1] == 0xa0 { // no-break space
			return 2
		}
	}
	return 0
}

func skipSpace(s string, i int) int {
	for i < len(s) {
		n := spaceAt(s, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

func endsInSpace(s string) bool {
	return strings.HasSuffix(s, " ") || strings.HasSuffix(s, "\t") || strings.HasSuffix(s, "\r") ||
		strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\u00a0")
}

// conjunction reports whether "and" or "or" with a blank behind it stands at s[i:].
func conjunction(s string, i int) bool { return keyword(s, i, "and") || keyword(s, i, "or") }

// negation reports whether "not" with a blank behind it stands at s[i:].
func negation(s string, i int) bool { return keyword(s, i, "not") }

func keyword(s string, i int, word string) bool {
	end := i + len(word)
	return end < len(s) && strings.EqualFold(s[i:end], word) && spaceAt(s, end) > 0
}

// unescape reads the escape at the start of s and returns what it stands for and
// its length in bytes, 0 where it is none.
func unescape(s string) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	switch s[1] {
	case 't':
		return "\t", 2
	case 'r':
		return "\r", 2
	case 'n':
		return "\n", 2
	case 'u':
		return unescapeUnicode(s)
	}
	if strings.IndexByte(special, s[1]) >= 0 {
		return s[1:2], 2
	}
	for _, word := range []string{"or", "and", "not"} {
		if n := 1 + len(word); len(s) >= n && strings.EqualFold(s[1:n], word) {
			return s[1:n], n
		}
	}
	return "", 0
}

// unescapeUnicode reads \uXXXX, a UTF-16 unit, or two of them that make a pair. Half a pair is U+FFFD.
func unescapeUnicode(s string) (string, int) {
	r, ok := hex4(s)
	if !ok {
		return "", 0
	}
	n := 6
	if utf16.IsSurrogate(r) {
		low, ok := hex4(s[6:])
		if r = utf16.DecodeRune(r, low); ok && r != utf8.RuneError {
			n = 12
		} else {
			r = utf8.RuneError
		}
	}
	return string(r), n
}

// hex4 reads the four digits of \uXXXX at the start of s.
func hex4(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var r rune
	for i := 2; i < 6; i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// literal writes parts, with stars between them, as an unquoted literal.
func (p *printer) literal(parts []string, field bool) {
	last := len(parts) - 1
	if last == 0 && parts[0] == "" {
		p.WriteString(`\n`) // cut off the end again, but something to read
		return
	}
	// What begins and ends with a slash would be a regular expression, and so
	// would a field with a slash in a value behind it.
	slash := strings.HasPrefix(parts[0], "/") &&
		(field || strings.HasSuffix(parts[last], "/") && (last > 0 || len(parts[0]) > 2))
	for i, part := range parts {
		if i > 0 {
			p.WriteByte('*')
		}
		if i == 0 && slash {
			p.WriteString(`\u002f`)
			part = part[1:]
		}
		p.part(part, i == 0 && !slash)
	}
}

func (p *printer) part(s string, first bool) {
	blank := false // the character before is a blank, written as it is
	for i := 0; i < len(s); {
		if (blank || first && i == 0) && p.escapedKeyword(s, i, blank) {
			i++
			blank = false
			continue
		}
		c := s[i]
		blank = false
		switch {
		case c == '\t':
			p.WriteString(`\t`)
		case c == '\r':
			p.WriteString(`\r`)
		case c == '\n':
			p.WriteString(`\n`)
		case strings.IndexByte(special, c) >= 0:
			p.WriteByte('\\')
			p.WriteByte(c)
		case spaceAt(s, i) > 0:
			n := spaceAt(s, i)
			p.WriteString(s[i : i+n])
			i += n
			blank = true
			continue
		default:
			p.WriteByte(c)
		}
		i++
	}
}

// escapedKeyword writes the first letter of a keyword at s[i:] so that it is none.
// "and" and "or" are keywords only behind a blank.
func (p *printer) escapedKeyword(s string, i int, blank bool) bool {
	is := func(word string) bool {
		end := i + len(word)
		return end <= len(s) && strings.EqualFold(s[i:end], word) && (end == len(s) || spaceAt(s, end) > 0)
	}
	switch {
	case is("not") && s[i] == 'n': // \n is a line feed
		p.WriteString(`\u006e`)
	case is("not"), blank && (is("and") || is("or")):
		p.WriteByte('\\')
		p.WriteByte(s[i])
	default:
		return false
	}
	return true
}
