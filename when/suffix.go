package when

// A suffix is what may follow the second and its fraction: am or pm, zone, year, in this order, or year before zone.
type suffix struct {
	n     int    // where it ends
	shift int64  // seconds that am or pm add
	zoned bool   // a zone was named that has one offset
	east  int64  // seconds east of UTC
	name  []byte // a zone's name that stands for several
	year  int    // 0 where none follows
}

// maySuffix are the bytes that a suffix, or what follows its blank, may begin with.
var maySuffix = func() (t [256]bool) {
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = true
	}
	for _, c := range []byte(" +-12apz(\xe2") {
		t[c] = true
	}
	return t
}()

func (x *suffix) read(b []byte, h *head, whole bool) {
	x.noon(b, h, whole)
	x.zone(b)
	if h.is(noYear) && x.yearLast(b, h) && !x.zoned {
		x.zone(b)
	}
	if x.zoned {
		x.monotonic(b)
	}
	if whole && (x.zoned || x.name != nil) && at(b, x.n, ' ') && at(b, x.n+1, '(') && b[len(b)-1] == ')' {
		x.n = len(b)
	}
}

// noon reads AM or PM, which a blank, or U+202F (ICU since 72), may precede.
// In a line, " pm" after a date of the yyyy-mm-dd kind is a word.
func (x *suffix) noon(b []byte, h *head, whole bool) {
	i := x.n
	switch {
	case b[i] == ' ':
		i++
	case len(b) > i+2 && string(b[i:i+3]) == "\u202f":
		i += 3
	}
	if i+2 > len(b) || b[i+1]|0x20 != 'm' || i+2 < len(b) && isLetter(b[i+2]) {
		return
	}
	if b[i] > 'Z' && i > x.n && h.is(yearFirst) && !whole {
		return
	}
	switch {
	case b[i]|0x20 == 'a' && h.hour <= 12:
		if h.hour == 12 {
			x.shift = -12 * 3600
		}
	case b[i]|0x20 == 'p' && h.hour > 0:
		if h.hour < 12 {
			x.shift = 12 * 3600
		}
	default:
		return
	}
	x.n = i + 2
}

// zone reads Z, +02:00, +0200, +02, MSK, GMT+1, +0200 CEST; a blank may stand before it.
func (x *suffix) zone(b []byte) {
	i := x.n
	blank := at(b, i, ' ')
	if blank {
		i++
	}
	if i >= len(b) {
		return
	}
	switch c := b[i]; {
	case c == '+' || c == '-':
		east, next := offset(b, i, 2)
		if next == 0 || blank && (east%900 != 0 || !closed(b, next)) {
			return
		}
		x.zoned, x.east, x.n = true, east, next
		x.again(b)
	case (c == 'Z' || c == 'z' && !blank) && ends(b, i+1):
		x.zoned, x.east, x.n = true, 0, i+1
	case isLetter(c):
		x.named(b, i)
	}
}

// again steps over what repeats a numeric offset: "+0200 CEST", and Go's "+0300 +03" of a zone without a name.
func (x *suffix) again(b []byte) {
	i := x.n
	if !at(b, i, ' ') || i+1 >= len(b) {
		return
	}
	i++
	if b[i] == '+' || b[i] == '-' {
		if east, next := offset(b, i, 2); next > 0 && east == x.east && ends(b, next) {
			x.n = next
		}
	} else if k := capitals(b, i); ends(b, k) {
		if _, kind := zoneByName(b[i:k]); kind != unknownZone {
			x.n = k
		}
	}
}

func (x *suffix) named(b []byte, i int) {
	k := capitals(b, i)
	east, kind := zoneByName(b[i:k])
	if kind == unknownZone {
		return
	}
	if at(b, k, '+') || at(b, k, '-') {
		if e, next := offset(b, k, 1); next > 0 && ends(b, next) {
			x.zoned, x.east, x.n = true, e, next
			return
		}
	}
	if !ends(b, k) {
		return
	}
	x.n = k
	if kind == oneZone {
		x.zoned, x.east = true, east
	} else {
		x.name = b[i:k]
	}
}

// yearLast reads the year of ctime, which stands after the time of day. Without a
// weekday before it, a number there must at least stand alone.
func (x *suffix) yearLast(b []byte, h *head) bool {
	i := x.n
	if !at(b, i, ' ') || digits(b, i+1, 5) != 4 {
		return false
	}
	y := number(b, i+1, i+5)
	if y < firstYear || y > lastYear || !ends(b, i+5) {
		return false
	}
	if !h.is(weekday) && (y < 1970 || y >= 2100 || !closed(b, i+5)) {
		return false
	}
	x.year, x.n = y, i+5
	return true
}

// monotonic steps over the reading of the monotonic clock that Go's time.Time.String appends: " m=+0.000012345".
func (x *suffix) monotonic(b []byte) {
	i := x.n
	if len(b) < i+6 || string(b[i:i+3]) != " m=" || b[i+3] != '+' && b[i+3] != '-' {
		return
	}
	j := i + 4
	for j < len(b) && (isDigit(b[j]) || b[j] == '.') {
		j++
	}
	if ends(b, j) {
		x.n = j
	}
}

// offset reads +hh, +hhmm or +hh:mm at b[i:], least digits of the hour at least,
// as seconds east; next is 0 where there is none.
func offset(b []byte, i, least int) (east int64, next int) {
	h, m, k := 0, 0, i+1
	switch n := digits(b, k, 5); {
	case n == 4:
		h, m, next = pair(b, k), pair(b, k+2), k+4
	case n == 1 && least <= 1 || n == 2:
		h, next = number(b, k, k+n), k+n
		if at(b, next, ':') && digits(b, next+1, 3) == 2 {
			m, next = pair(b, next+1), next+3
		}
	}
	if next == 0 || h > 15 || m > 59 || at(b, next, ':') && next+1 < len(b) && isDigit(b[next+1]) {
		return 0, 0
	}
	east = int64(h*3600 + m*60)
	if b[i] == '-' {
		east = -east
	}
	return east, next
}

// closed reports whether a number may end before b[i] that could as well be the first of the message.
func closed(b []byte, i int) bool {
	if i >= len(b) {
		return true
	}
	switch b[i] {
	case ' ', '\t', '\r', '\n', ']', ')', '}', '"', '\'', '|', ',', ';', ':':
		return i+1 >= len(b) || !isDigit(b[i+1]) || isBlank(b[i]) || b[i] == '|'
	}
	return false
}

func capitals(b []byte, i int) int {
	for i < len(b) && b[i]-'A' < 26 {
		i++
	}
	return i
}
