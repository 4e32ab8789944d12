package format

const escape = 0x1b

// colourEnd returns the offset behind the escape sequence that sets a colour at
// line[i:], i where there is none: ESC [ 1;32 m.
// Source: ECMA-48 8.3.117, SGR.
func colourEnd(line []byte, i int) int {
	if i+2 >= len(line) || line[i] != escape || line[i+1] != '[' {
		return i
	}
	k := i + 2
	for k < len(line) && k < i+24 && (isDigit(line[k]) || line[k] == ';') {
		k++
	}
	if k < len(line) && line[k] == 'm' {
		return k + 1
	}
	return i
}

// skipFill steps over blanks and colours.
func skipFill(line []byte, i int) int {
	for i < len(line) {
		switch next := colourEnd(line, i); {
		case isBlank(line[i]):
			i++
		case next > i:
			i = next
		default:
			return i
		}
	}
	return i
}

// withoutColours takes blanks and colours off both ends of a bracket's text.
func withoutColours(text []byte) []byte {
	text = text[skipFill(text, 0):]
	for {
		text = trimBlanks(text)
		n := len(text)
		k := n - 1
		for k > 0 && n-k < 24 && text[k] != escape {
			k--
		}
		if n == 0 || text[k] != escape || colourEnd(text, k) != n {
			return text
		}
		text = text[:k]
	}
}
