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

// maySuffix reports whether a suffix may stand at b[i:]. It is there to turn most messages away for little.
func maySuffix(b []byte, i int) bool {
	blank := b[i] == ' '
	if blank {
		if i++; i >= len(b) {
			return false
		}
	}
	switch c := b[i]; {
	case c-'A' < 26:
		if i+1 < len(b) && b[i+1]-'A' < 26 {
			return zoneStarts[c-'A']>>(b[i+1]-'A')&1 != 0
		}
		return c == 'Z' || c == 'A' || c == 'P'
	case isDigit(c):
		return blank // a year
	case c == '+', c == '-', c == 'a', c == 'p', c == 'z', c == 0xe2:
		return true
	}
	return false
}

func (x *suffix) read(b []byte, h *head, whole bool) {
	x.noon(b, h, whole)
	x.zone(b)
	if h.is(noYear) && x.yearLast(b, h) && !x.zoned {
		x.zone(b)
	}
	if x.zoned {
		x.monotonic(b)
	}
	if whole && (x.zoned || x.name != nil) {
		x.remark(b)
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

// again steps over what repeats a numeric offset: "+0200 CEST", Go's "+0300 +03" of
// a zone without a name, "+00:00Z" of those who append a Z to Python's isoformat.
func (x *suffix) again(b []byte) {
	i := x.n
	if x.east == 0 && at(b, i, 'Z') && ends(b, i+1) {
		x.n++
		return
	}
	if !at(b, i, ' ') || i+1 >= len(b) {
		return
	}
	i++
	if b[i] == '+' || b[i] == '-' {
		if east, next := offset(b, i, 2); next > 0 && east == x.east && ends(b, next) {
			x.n = next
		}
	} else if _, next := zoneAt(b, i); next > i && ends(b, next) {
		x.n = next
	}
}

func (x *suffix) named(b []byte, i int) {
	z, next := zoneAt(b, i)
	if next == i {
		return
	}
	if at(b, next, '+') || at(b, next, '-') {
		if east, k := offset(b, next, 1); k > 0 && ends(b, k) {
			x.zoned, x.east, x.n = true, east, k
			return
		}
	}
	if !ends(b, next) {
		return
	}
	x.n = next
	if z.many {
		x.name = b[i:next]
	} else {
		x.zoned, x.east = true, z.east
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

// remark steps over a zone's long name at the end of a value: " (Central European Summer Time)", "[Europe/Berlin]".
func (x *suffix) remark(b []byte) {
	rest := b[x.n:]
	if len(rest) > 2 && (rest[0] == '[' && rest[len(rest)-1] == ']' || rest[0] == ' ' && rest[1] == '(' && rest[len(rest)-1] == ')') {
		x.n = len(b)
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

// quickOffset reads the suffixes " +0200" and "+02:00" where what follows shows
// that they are all of it; next is 0 otherwise, and suffix.read decides.
func quickOffset(b []byte, i int) (east int64, next int) {
	if i+7 > len(b) {
		return 0, 0
	}
	k, blank := i, b[i] == ' '
	if blank {
		k++
	}
	sign := b[k]
	if sign != '+' && sign != '-' || !blank && b[i+3] != ':' {
		return 0, 0
	}
	h, m := pair(b, k+1), pair(b, i+4)
	next = i + 6
	if h > 15 || m > 59 || blank && m%15 != 0 {
		return 0, 0
	}
	switch b[next] {
	case ']':
		if next+1 < len(b) && isDigit(b[next+1]) {
			return 0, 0
		}
	case ' ':
		if next+1 >= len(b) || b[next+1] == '(' || b[next+1] == 'm' || maySuffix(b, next) {
			return 0, 0
		}
	default:
		return 0, 0
	}
	east = int64(h*3600 + m*60)
	if sign == '-' {
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
	case ' ', '\t', '\r', '\n', '|':
		return true
	case ']', ')', '}', '"', '\'', ',', ';', ':':
		return i+1 >= len(b) || !isDigit(b[i+1])
	}
	return false
}
