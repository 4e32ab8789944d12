package elastic

import (
	"encoding/binary"
	"math/bits"
)

// maxNested is how deep objects and arrays are looked into without encoding/json.
const maxNested = 64

// jsonEnd returns the offset behind the JSON value that begins at b[i]; -1 where
// there is none, or one that is nested deeper than maxNested. What it
// accepts is what encoding/json accepts.
func jsonEnd(b []byte, i int) int {
	var objects uint64 // of the open brackets, the innermost lowest: which are braces
	depth := 0
	for {
		opened := false
		switch {
		case i >= len(b):
			return -1
		case b[i] == '"':
			i, _ = textEnd(b, i+1)
			i++
		case b[i] == '{' || b[i] == '[':
			if depth++; depth > maxNested {
				return -1
			}
			objects <<= 1
			if b[i] == '{' {
				objects |= 1
			}
			opened = true
			i = blanksEnd(b, i+1)
		default:
			i = wordEnd(b, i)
		}
		if i <= 0 {
			return -1
		}
		// Behind a value, or a bracket: ends, then the next value.
		for {
			if depth == 0 {
				return i
			}
			if !opened {
				i = blanksEnd(b, i)
			}
			if i >= len(b) {
				return -1
			}
			if b[i] == ']' && objects&1 == 0 || b[i] == '}' && objects&1 == 1 {
				depth--
				objects >>= 1
				opened = false
				i++
				continue
			}
			if !opened {
				if b[i] != ',' {
					return -1
				}
				i = blanksEnd(b, i+1)
			}
			if objects&1 == 1 {
				if _, i = keyEnd(b, i); i < 0 {
					return -1
				}
			}
			break
		}
	}
}

// keyEnd returns where the text of the key at b[i] ends, its quote, and where the value behind its colon begins; -1 where there is no key.
func keyEnd(b []byte, i int) (quote, value int) {
	if i >= len(b) || b[i] != '"' {
		return -1, -1
	}
	quote, _ = textEnd(b, i+1)
	if quote < 0 {
		return -1, -1
	}
	if i = blanksEnd(b, quote+1); i >= len(b) || b[i] != ':' {
		return -1, -1
	}
	return quote, blanksEnd(b, i+1)
}

// textEnd returns the offset of the quote that ends the JSON string whose first
// byte is b[i], and whether it has escapes. -1: it does not end, or is none.
func textEnd(b []byte, i int) (end int, escaped bool) {
	for {
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			// The top bit of a byte that is a quote, a backslash or less than a blank; those behind the first mean nothing.
			const ones, tops = 0x0101010101010101, 0x8080808080808080
			stops := (((w ^ ones*'"') - ones) | ((w ^ ones*'\\') - ones) | (w - ones*' ')) &^ w & tops
			if stops != 0 {
				i += bits.TrailingZeros64(stops) / 8
				break
			}
			i += 8
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] >= ' ' { // at the end of b, fewer than eight
			i++
		}
		if i < len(b) && b[i] == '"' {
			return i, escaped
		}
		n := escapeLen(b[min(i, len(b)):])
		if n == 0 {
			return -1, false
		}
		i += n
		escaped = true
	}
}

// escapeLen is the length of the escape that b begins with; 0 where it is none.
func escapeLen(b []byte) int {
	if len(b) < 2 || b[0] != '\\' {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(b) < 6 {
			return 0
		}
		for _, c := range b[2:6] {
			if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
				return 0
			}
		}
		return 6
	}
	return 0
}

// blanksEnd returns the offset behind the blanks at b[i].
func blanksEnd(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// wordEnd returns the offset behind the number, true, false or null at b[i]; -1 where there is none.
func wordEnd(b []byte, i int) int {
	word := ""
	switch b[i] {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	case 'n':
		word = "null"
	}
	if word != "" {
		if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
			return -1
		}
		return i + len(word)
	}
	if b[i] == '-' {
		i++
	}
	from := i
	if i = digitsEnd(b, i); i == from || b[from] == '0' && i > from+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		from = i + 1
		if i = digitsEnd(b, from); i == from {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		from = i
		if i = digitsEnd(b, i); i == from {
			return -1
		}
	}
	return i
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	return i
}
