package query

import "strings"

// A quoted text is taken as it stands between its quotes, blanks, stars and
// keywords included: "read timed out". \" \\ \t \r \n and \uXXXX are the
// characters they stand for, any other backslash is itself.

// scanQuoted reads the quoted text at s[i:], which starts with a quote; ok is false where no quote ends it.
func scanQuoted(s string, i int) (text string, end int, ok bool) {
	var b strings.Builder
	for i++; i < len(s); {
		switch c := s[i]; c {
		case '"':
			return b.String(), i + 1, true
		case '\\':
			if text, n := unescapeQuoted(s[i:]); n > 0 {
				b.WriteString(text)
				i += n
				continue
			}
			fallthrough
		default:
			b.WriteByte(c)
			i++
		}
	}
	return "", i, false
}

func unescapeQuoted(s string) (string, int) {
	if len(s) < 2 || strings.IndexByte(`tnru"\`, s[1]) < 0 {
		return "", 0
	}
	return unescape(s)
}

var quotedEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`, "\r", `\r`, "\n", `\n`)

func (p *printer) quoted(s string) {
	p.WriteByte('"')
	_, _ = quotedEscapes.WriteString(p, s)
	p.WriteByte('"')
}
