package format

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

const ones, tops = 0x0101010101010101, 0x8080808080808080

// stops marks, by its top bit, the first byte of eight that ends the plain run
// of a JSON string: a quote, a backslash or a control character. Bits above that one mean nothing.
func stops(w uint64) uint64 {
	// A byte below 0x80 less one has its top bit only if it was zero; bytes from 0x80 on are masked.
	return (((w ^ ones*'"') - ones) | ((w ^ ones*'\\') - ones) | (w - ones*' ')) &^ w & tops
}

// stringEnd returns the offset of the quote that ends the JSON string whose
// first byte is b[i]; -1 where it does not end, or is none: raw control
// characters and unknown escapes. Bytes that are no UTF-8 are left alone.
func stringEnd(b []byte, i int) (end int, escaped bool) {
	for {
		for i+8 <= len(b) {
			if m := stops(binary.LittleEndian.Uint64(b[i:])); m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				goto found
			}
			i += 8
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] >= ' ' {
			i++
		}
		if i >= len(b) {
			return -1, false
		}
	found:
		switch b[i] {
		case '"':
			return i, escaped
		case '\\':
			escaped = true
			if i+1 < len(b) && b[i+1] == '"' { // Fast path: JSON within JSON is full of them.
				i += 2
				continue
			}
			n := escapeLen(b[i:])
			if n == 0 {
				return -1, false
			}
			i += n
		default:
			return -1, false
		}
	}
}

// escapeLen is the length of the escape that b begins with; 0 where it is none.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if _, ok := hex4(b[2:]); ok {
			return 6
		}
	}
	return 0
}

func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 4 {
		return 0, false
	}
	for _, c := range b[:4] {
		d := c - '0'
		if d > 9 {
			if d = c | 0x20 - 'a'; d > 5 {
				return 0, false
			}
			d += 10
		}
		r = r<<4 | rune(d)
	}
	return r, true
}

// appendUnescaped appends the text of a JSON string, given without its quotes.
// A surrogate without its other half becomes U+FFFD; what is no escape is kept.
func appendUnescaped(out, text []byte) []byte {
	n := len(out)
	out = slices.Grow(out, len(text)+8) // no escape is shorter than what it stands for
	out = out[:cap(out)]
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			w := binary.LittleEndian.Uint64(text[i:])
			binary.LittleEndian.PutUint64(out[n:], w)
			back := w ^ ones*'\\'
			m := (back - ones) &^ back & tops
			if m == 0 {
				n, i = n+8, i+8
				continue
			}
			k := bits.TrailingZeros64(m) >> 3
			n, i = n+k, i+k
		} else if text[i] != '\\' {
			out[n] = text[i]
			n, i = n+1, i+1
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			out[n] = '"'
			n, i = n+1, i+2
			continue
		}
		switch escapeLen(text[i:]) {
		case 0:
			out[n] = '\\'
			n, i = n+1, i+1
		case 2:
			out[n] = unescape(text[i+1])
			n, i = n+1, i+2
		default:
			r, k := unicodeEscape(text[i:])
			n, i = len(utf8.AppendRune(out[:n], r)), i+k
		}
	}
	return out[:n]
}

// unicodeEscape reads \uXXXX, or two of them that are one character; k is their length.
func unicodeEscape(b []byte) (r rune, k int) {
	r, _ = hex4(b[2:])
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if escapeLen(b[6:]) == 6 {
		low, _ := hex4(b[8:])
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

func unescape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// appendBytes appends the bytes that a JSON array of numbers spells, as journald
// writes a message that is no UTF-8; nothing where it is none.
func appendBytes(out, array []byte) []byte {
	from, n, digits := len(out), 0, 0
	for _, c := range array {
		switch {
		case isDigit(c):
			if n = n*10 + int(c-'0'); n > 255 {
				return out[:from]
			}
			digits++
		case c == ',' || c == ']':
			if digits > 0 {
				out = append(out, byte(n))
			}
			n, digits = 0, 0
		case c != '[' && c > ' ':
			return out[:from]
		}
	}
	return out
}
