package when

import "bytes"

// class says what a byte of a line is to Find.
type class uint8

const (
	inside class = iota // goes on with a word: no stamp begins after it
	anchor              // a stamp may begin after it
	digit
	letter
)

var classes = func() (t [256]class) {
	for c := range t {
		switch {
		case isDigit(byte(c)):
			t[c] = digit
		case isLetter(byte(c)):
			t[c] = letter
		default:
			t[c] = anchor
		}
	}
	for _, c := range []byte("-_./\\%&+~") {
		t[c] = inside
	}
	for c := 0x80; c < 0x100; c++ {
		t[c] = inside
	}
	return t
}()

// beginnings are the first three letters of the names of months and weekdays, a bit each, at threeAt.
var beginnings = func() (t [1 << 15 / 64]uint64) {
	for _, names := range [][]string{months[:], weekdays[:]} {
		for _, name := range names {
			n := threeAt([]byte(name))
			t[n/64] |= 1 << (n % 64)
		}
	}
	return t
}()

// threeAt makes a number of the first three bytes of b, five bits of each: letters keep theirs in any case.
func threeAt(b []byte) uint { return uint(b[0]&31)<<10 | uint(b[1]&31)<<5 | uint(b[2]&31) }

// mayName reports whether b may begin with the name of a month or a weekday.
func mayName(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	n := threeAt(b)
	return beginnings[n/64]>>(n%64)&1 != 0
}

// Find looks for the first stamp that begins within the first limit bytes of b:
// b[start:end]. It is tried at the start of b, after blanks, brackets, quotes and
// other punctuation, and after the level's letter of glog.
//
// A run of digits that could as well be an id (an epoch without a fraction, yymmdd,
// yyyymmddhhmmss) counts only at the start and after a bracket or a quote, mmdd
// only after the letter.
func (p *Parser) Find(b []byte, limit int) (s Stamp, start, end int, ok bool) {
	limit = max(min(limit, len(b)), 0)
	if !MayHold(b) {
		return Stamp{}, 0, 0, false
	}
	first := true // no word yet, only punctuation
	for i := 0; i < limit; {
		from := i
		switch classes[b[i]] {
		case anchor:
			if b[i] == '@' && first {
				if s, n := p.Stamp(b[i:]); n > 0 {
					return s, i, i + n, true
				}
			}
			i++
			continue
		case digit:
			if mayBegin(b, i, first) {
				if s, n := p.Stamp(b[i:]); n > 0 {
					return s, i, i + n, true
				}
			}
			first = first && i > 0 && b[i-1] == '<' // a syslog priority
		case letter:
			if isGlog(b, i) {
				i++
			} else if !mayName(b[i:]) {
				i = skipWord(b, i, limit)
				first = false
				continue
			}
			if s, n := p.Stamp(b[i:]); n > 0 {
				return s, i, i + n, true
			}
			first = false
		default:
			first = false
		}
		i = skipWord(b, from, limit)
	}
	return Stamp{}, 0, 0, false
}

// mayBegin reports whether the digits at b[i:] are worth an attempt.
func mayBegin(b []byte, i int, first bool) bool {
	n := digits(b, i, 20)
	c, name := byte(0), false // what follows, and whether a letter comes after it
	if i+n < len(b) {
		c = b[i+n]
		name = i+n+1 < len(b) && isLetter(b[i+n+1])
	}
	switch n {
	case 1, 2:
		if c == ':' { // a time of day alone
			return i == 0 || b[i-1] != ':' && !afterDate(b[:i])
		}
		return c == '-' || c == '/' || c == '.' || c == ' ' && name
	case 4:
		return c == '-' || c == '/' || c == '.' || c == ' ' && name
	case 8:
		return true
	case 6, 10, 13, 14, 16, 19:
	default:
		return false
	}
	if first || i == 0 || c == '.' {
		return true
	}
	switch b[i-1] {
	case '[', '(', '{', '"', '\'', '|':
		return true
	}
	return false
}

// afterDate reports whether b ends in a blank behind what is written like a date:
// one that does not exist, else it would have been read with its time.
func afterDate(b []byte) bool {
	i := len(b) - 1
	if i < 0 || b[i] != ' ' {
		return false
	}
	parts := 0
	for i > 0 && (isDigit(b[i-1]) || b[i-1] == '-' || b[i-1] == '/' || b[i-1] == '.') {
		if i--; !isDigit(b[i]) {
			parts++
		}
	}
	return parts == 2 && isDigit(b[i]) && len(b)-i <= len("2026-02-30 ")
}

// MayHold reports whether b has what all stamps have: a colon or a point between
// digits, or six digits in a row. It is there to turn most text away for little.
func MayHold(b []byte) bool {
	if between(b, ':') || between(b, '.') {
		return true
	}
	for i := 5; i < len(b); i += 6 {
		if !isDigit(b[i]) {
			continue
		}
		n := digits(b, i, 6)
		for k := i; n < 6 && k > 0 && isDigit(b[k-1]); k-- {
			n++
		}
		if n >= 6 {
			return true
		}
	}
	return false
}

// between reports whether c stands between digits in b.
func between(b []byte, c byte) bool {
	for {
		i := bytes.IndexByte(b, c)
		if i < 0 || i+1 >= len(b) {
			return false
		}
		if i > 0 && isDigit(b[i-1]) && isDigit(b[i+1]) {
			return true
		}
		b = b[i+1:]
	}
}

// isGlog reports whether a level's letter and mmdd stand at b[i:]: I0612 13:14:15.
func isGlog(b []byte, i int) bool {
	return i+6 <= len(b) && b[i]-'A' < 26 && b[i+5] == ' ' && digits(b, i+1, 5) == 4
}

// skipWord returns the next anchor from i on, limit where there is none.
func skipWord(b []byte, i, limit int) int {
	for i < limit && classes[b[i]] != anchor {
		i++
	}
	return i
}
