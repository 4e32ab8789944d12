package format

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

const ones, tops = 0x0101010101010101, 0x8080808080808080

// stops marks, by its top bit, the first byte of eight that ends the plain run
// of a JSON string: a quote, a backslash or a control character. Bits above that one mean nothing.
func stops(w uint64) uint64 {
	quote, back := w^ones*'"', w^ones*'\\'
	return ((quote-ones)&^quote | (back-ones)&^back | (w-ones*' ')&^w) & tops
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
			n := escapeLen(b[i:])
			if n == 0 {
				return -1, false
			}
			i += n
			escaped = true
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
	for i := 0; i < len(text); {
		j := bytes.IndexByte(text[i:], '\\')
		if j < 0 {
			return append(out, text[i:]...)
		}
		out = append(out, text[i:i+j]...)
		i += j
		n := escapeLen(text[i:])
		switch n {
		case 0:
			out, n = append(out, '\\'), 1
		case 2:
			out = append(out, unescape(text[i+1]))
		default:
			r, _ := hex4(text[i+2:])
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if escapeLen(text[i+6:]) == 6 {
					low, _ = hex4(text[i+8:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					n = 12
				}
			}
			out = utf8.AppendRune(out, r)
		}
		i += n
	}
	return out
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
