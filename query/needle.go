package query

import "bytes"

// A needle is a text that is looked for in raw bytes: in ASCII, without a
// control character, and without any of "\/], before which an escape may stand.
type needle struct {
	text  string // in lower case, unless exact
	exact bool   // case counts
}

// maxNeedle is how long a needle may be, which bounds the work at each place where it may stand.
const maxNeedle = 64

// needleOf is the longest part of a text that can be a needle; false where there
// is none.
func needleOf(text string, exact bool) (needle, bool) {
	if !exact {
		text = fold(text)
	}
	best, from := "", 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && plainByte(text[i]) {
			continue
		}
		if i-from > len(best) {
			best = text[from:min(i, from+maxNeedle)]
		}
		from = i + 1
	}
	n := needle{best, exact}
	for i := range best {
		if n.anchors(best[i]) {
			return n, true
		}
	}
	return needle{}, false
}

func plainByte(c byte) bool {
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != ']'
}

func holdsByte(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}

// anchors reports whether where the needle stands, c does. k and i may have another case that is not ASCII.
func (n needle) anchors(c byte) bool { return n.exact || c != 'k' && c != 'i' }

// A search finds a needle in a stretch of bytes by the byte of it that is the rarest there.
type search struct {
	needle
	b            []byte
	from         int  // nothing before this is looked at
	widens       bool // the needle may stand in characters beyond ASCII
	anchor       int  // place of the byte in the needle
	lower, upper byte
	low, up      int // the next places of either case; len(b): there are none
}

// search begins to look for the needle in b.Bytes[from:to].
func (b *Batch) search(n needle, from, to int) search {
	s := search{needle: n, b: b.Bytes[:to], from: from, low: from - 1, up: from - 1}
	least := ^uint32(0)
	for i := range n.text {
		c := n.text[i]
		if !n.anchors(c) {
			s.widens = true
			continue
		}
		upper := c
		often := b.often(c)
		if !n.exact && 'a' <= c && c <= 'z' {
			upper = c - 'a' + 'A'
			often += b.often(upper)
		}
		if often < least {
			s.anchor, s.lower, s.upper, least = i, c, upper, often
		}
	}
	if s.lower == s.upper {
		s.up = to
	}
	return s
}

// next returns where the needle stands next, with its anchor at pos or later; anchor is len(b) where it does not.
func (s *search) next(pos int) (from, to, anchor int) {
	for {
		if s.low < pos {
			s.low = index(s.b, pos, s.lower)
		}
		if s.up < pos {
			s.up = index(s.b, pos, s.upper)
		}
		at := min(s.low, s.up)
		if at == len(s.b) {
			return 0, 0, at
		}
		if from, to, ok := s.at(at); ok {
			return from, to, at
		}
		pos = at + 1
	}
}

// index is where c stands in b from pos on; len(b) where it does not.
func index(b []byte, pos int, c byte) int {
	if pos >= len(b) {
		return len(b)
	}
	if i := bytes.IndexByte(b[pos:], c); i >= 0 {
		return pos + i
	}
	return len(b)
}

// at reports whether the needle stands with its anchor at pos.
func (s *search) at(pos int) (from, to int, ok bool) {
	from, to = pos-s.anchor, pos-s.anchor+len(s.text)
	if from >= s.from && to <= len(s.b) {
		b := s.b[from:to]
		i := 0
		for i < len(b) && (b[i] == s.text[i] || !s.exact && lowered(b[i]) == s.text[i]) {
			i++
		}
		if i == len(b) {
			return from, to, true
		}
	}
	if !s.widens {
		return 0, 0, false
	}
	return s.wide(pos)
}

func lowered(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// The two characters beyond ASCII whose lower case is ASCII: the Kelvin sign, and I with a dot above.
const (
	kelvin = "\u212a"
	dotted = "\u0130"
)

// wide is at where k and i may stand as kelvin and dotted.
func (s *search) wide(pos int) (from, to int, ok bool) {
	from, to = pos, pos+1
	for i := s.anchor - 1; i >= 0; i-- {
		before := s.b[s.from:from]
		switch c := s.text[i]; {
		case len(before) > 0 && lowered(before[len(before)-1]) == c:
			from--
		case c == 'k' && bytes.HasSuffix(before, []byte(kelvin)):
			from -= len(kelvin)
		case c == 'i' && bytes.HasSuffix(before, []byte(dotted)):
			from -= len(dotted)
		default:
			return 0, 0, false
		}
	}
	for i := s.anchor + 1; i < len(s.text); i++ {
		behind := s.b[to:]
		switch c := s.text[i]; {
		case len(behind) > 0 && lowered(behind[0]) == c:
			to++
		case c == 'k' && bytes.HasPrefix(behind, []byte(kelvin)):
			to += len(kelvin)
		case c == 'i' && bytes.HasPrefix(behind, []byte(dotted)):
			to += len(dotted)
		default:
			return 0, 0, false
		}
	}
	return from, to, true
}
