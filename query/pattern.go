package query

import (
	"strings"
	"unicode"
)

// A pattern is a text with stars, each of which stands for any characters, none
// included. It matches a whole text, in linear time.
type pattern struct {
	parts  []string // what stands between the stars; a single one is the text itself
	anchor anchor   // of the longest part
	long   string   // the longest part
}

// newPattern makes a pattern of parts; one that is to match folded texts is made of folded parts.
func newPattern(parts []string) pattern {
	p := pattern{parts: parts}
	for _, s := range parts {
		if len(s) > len(p.long) {
			p.long = s
		}
	}
	p.anchor = anchorOf(p.long)
	return p
}

func (p *pattern) match(s string) bool {
	last := len(p.parts) - 1
	if last == 0 {
		return s == p.parts[0]
	}
	first, end := p.parts[0], p.parts[last]
	if len(s) < len(first)+len(end) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, end) {
		return false
	}
	s = s[len(first) : len(s)-len(end)]
	for _, part := range p.parts[1:last] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}

// pieces splits the parts of a pattern at white space: *read time* is *read and time*.
func pieces(parts []string) [][]string {
	var out [][]string
	piece := []string{""}
	finish := func() {
		if len(piece) > 1 || piece[0] != "" {
			out = append(out, piece)
		}
		piece = []string{""}
	}
	for i, part := range parts {
		if i > 0 {
			piece = append(piece, "")
		}
		for part != "" {
			end := strings.IndexFunc(part, unicode.IsSpace)
			if end < 0 {
				end = len(part)
			}
			piece[len(piece)-1] += part[:end]
			if part = part[end:]; part != "" {
				finish()
				part = strings.TrimLeftFunc(part, unicode.IsSpace)
			}
		}
	}
	finish()
	return out
}
