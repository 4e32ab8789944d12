package query

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
)

// Case is folded as Lucene's lower-case filter does: each character to its simple lower case.

// appendFold appends s in lower case. Bytes that are no UTF-8 stay.
func appendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError {
			dst = append(dst, s[i:i+n]...)
		} else {
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
		i += n
	}
	return dst
}

func fold(s string) string { return string(appendFold(nil, s)) }

// folded calls yes with s in lower case, which is valid during the call only.
func folded(s string, yes func(string) bool) bool {
	buffer := buffers.Get().(*[]byte)
	*buffer = appendFold((*buffer)[:0], s)
	found := yes(logs.Borrow(*buffer))
	if cap(*buffer) <= maxBuffer {
		buffers.Put(buffer)
	}
	return found
}

const maxBuffer = 64 << 10 // bytes; larger ones are not kept

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// An anchor is a byte, in lower and upper case, that stands in every text that
// holds a certain folded text. It finds out most other texts without folding them.
type anchor struct {
	set          bool
	lower, upper byte
}

// anchorOf prefers rare bytes. k and i are none: letters outside of ASCII fold to them.
func anchorOf(folded string) anchor {
	const frequent = "etaonsrhldcumfpgwybv"
	best, rank := anchor{}, -1
	for i := range len(folded) {
		c := folded[i]
		if c >= utf8.RuneSelf || c == 'k' || c == 'i' {
			continue
		}
		r := strings.IndexByte(frequent, c)
		if r < 0 {
			r = len(frequent)
		}
		if r > rank {
			best, rank = anchor{true, c, c}, r
			if 'a' <= c && c <= 'z' {
				best.upper = c - 'a' + 'A'
			}
		}
	}
	return best
}

// absent reports whether s cannot hold the text.
func (a anchor) absent(s string) bool {
	return a.set && strings.IndexByte(s, a.lower) < 0 && (a.upper == a.lower || strings.IndexByte(s, a.upper) < 0)
}
