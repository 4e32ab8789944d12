package format

import "bytes"

// cutLine returns the first line of b without its end ("\n" or "\r\n"), and what follows it.
func cutLine(b []byte) (line, rest []byte) {
	line = b
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		line, rest = b[:i], b[i+1:]
	}
	return withoutLast(line, '\r'), rest
}

// withoutLast is b without its last byte where that is c.
func withoutLast(b []byte, c byte) []byte {
	if n := len(b) - 1; n >= 0 && b[n] == c {
		return b[:n]
	}
	return b
}

// trimBlanksRight is b without blanks at its end.
func trimBlanksRight(b []byte) []byte {
	n := len(b)
	for n > 0 && isBlank(b[n-1]) {
		n--
	}
	return b[:n]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// isNumber reports whether b is a number as JSON writes one, at most 32 bytes long.
func isNumber(b []byte) bool {
	i := 0
	if len(b) > 32 {
		return false
	}
	if i < len(b) && b[i] == '-' {
		i++
	}
	whole := digits(b[i:])
	if whole == 0 || whole > 1 && b[i] == '0' {
		return false
	}
	if i += whole; i == len(b) {
		return true
	}
	if b[i] == '.' {
		n := digits(b[i+1:])
		if n == 0 {
			return false
		}
		i += 1 + n
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		n := digits(b[i:])
		if n == 0 {
			return false
		}
		i += n
	}
	return i == len(b)
}

// digits is the number of digits that b begins with.
func digits(b []byte) int {
	for i, c := range b {
		if !isDigit(c) {
			return i
		}
	}
	return len(b)
}

// isServiceName reports whether a logger's name can stand for a service: a word without dots.
func isServiceName(b []byte) bool {
	if len(b) == 0 || len(b) > 64 || !isLetter(b[0]) && b[0] != '_' {
		return false
	}
	for _, c := range b {
		if !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// skipBlanks returns the offset of the first byte of b from i on that is no blank.
func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

// token returns the end of the run of bytes from i on that are no blanks.
func token(b []byte, i int) int {
	for i < len(b) && !isBlank(b[i]) {
		i++
	}
	return i
}

// isObject reports whether b looks like a JSON object from its first byte to its last.
func isObject(b []byte) bool {
	return len(b) >= 2 && b[0] == '{' && b[len(b)-1] == '}' && (b[1] == '"' || b[1] == '}' || isBlank(b[1]))
}
