package when

func isDigit(c byte) bool { return c-'0' <= 9 }

func isLetter(c byte) bool { return c|0x20-'a' < 26 }

// ends reports whether a token may end before b[i]: no letter or digit goes on.
func ends(b []byte, i int) bool { return i >= len(b) || !isDigit(b[i]) && !isLetter(b[i]) }

func at(b []byte, i int, c byte) bool { return i < len(b) && b[i] == c }

func trim(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// digits counts the digits from b[i] on, up to most.
func digits(b []byte, i, most int) int {
	n := 0
	for n < most && i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

// number is the value of b[i:j], digits all.
func number(b []byte, i, j int) int {
	n := 0
	for ; i < j; i++ {
		n = n*10 + int(b[i]-'0')
	}
	return n
}

// short reads a number of one or two digits; next is 0 where there is none, or a longer one.
func short(b []byte, i int) (n, next int) {
	switch digits(b, i, 3) {
	case 1:
		return int(b[i] - '0'), i + 1
	case 2:
		return int(b[i]-'0')*10 + int(b[i+1]-'0'), i + 2
	}
	return 0, 0
}

// pair reads the two digits b[i:i+2], which must be within b; more than 99 where they are none.
func pair(b []byte, i int) int {
	x, y := b[i]-'0', b[i+1]-'0'
	if x > 9 || y > 9 {
		return 100
	}
	return int(x)*10 + int(y)
}
