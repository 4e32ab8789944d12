package when

import "encoding/binary"

// words are the bytes of a head as three words, which compare faster than bytes do.
type words struct {
	n                  int // bytes; 0: the head is not of 16 to 24, or no date, time and year
	first, middle, end uint64
}

func (w *words) set(h *head, b []byte) {
	if w.n = 0; h.n >= 16 && h.n <= 24 && !h.is(noDate|noZone|noYear) {
		*w = words{h.n, binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[h.n-8:])}
	}
}

// begin reports whether b, which is longer, begins with the bytes.
func (w *words) begin(b []byte) bool {
	return (binary.LittleEndian.Uint64(b)^w.first)|(binary.LittleEndian.Uint64(b[8:])^w.middle)|(binary.LittleEndian.Uint64(b[w.n-8:])^w.end) == 0
}

// sameSecond reads text where it is the last head, perhaps a point and one to nine digits, and Z.
func (p *Parser) sameSecond(text []byte) (nanos int64, ok bool) {
	n := p.utc.n
	last := len(text) - 1
	if n == 0 || last < n || last > n+10 || text[last] != 'Z' || !p.utc.begin(text) {
		return 0, false
	}
	nanos = p.head.civil * second
	if last == n {
		return nanos, true
	}
	if last == n+1 || text[n] != '.' {
		return 0, false
	}
	var frac int64
	for _, c := range text[n+1 : last] {
		if !isDigit(c) {
			return 0, false
		}
		frac = frac*10 + int64(c-'0')
	}
	return nanos + frac*tenths[last-n-1], true
}
