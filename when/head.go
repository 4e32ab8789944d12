package when

// A head is a stamp up to its second: what a Parser remembers of it. What a head
// reads depends only on its own bytes and on the next not being a digit.
type head struct {
	civil      int64 // seconds since 1970 as if UTC; without a year in 2000, without a date in 1970
	n          int   // bytes
	month, day int
	hour       int
	marks      marks
}

// unknown is the year of a date that has none.
const unknown = -1

type marks uint8

const (
	noYear    marks = 1 << iota // the year is missing, or follows the time of day
	noDate                      // a time of day alone
	noSeconds                   // hours and minutes alone
	yearFirst                   // a date that people do not write with am and pm
	weekday                     // it begins with the name of a weekday
	noZone                      // an epoch's seconds, which have no zone
)

func (h *head) is(m marks) bool { return h.marks&m != 0 }

// readHead reads the head at the start of b, which is not empty.
func readHead(b []byte) (h head, ok bool) {
	if isDigit(b[0]) {
		ok = h.digits(b)
	} else if isLetter(b[0]) {
		ok = h.letters(b)
	}
	return h, ok
}

// complete fills h from a date, and a time of day at b[i:]. y is unknown where the
// date has none. It is false where date or time do not exist, and where neither
// year nor seconds are given: that is no stamp but any two numbers.
func (h *head) complete(b []byte, y, m, d, i int) bool {
	if y == unknown {
		h.marks |= noYear
		y = leapYear
	} else if y < firstYear || y > lastYear {
		return false
	}
	if i <= 0 || !isDate(y, m, d) || !h.clock(b, i) || h.is(noYear) && h.is(noSeconds) {
		return false
	}
	h.month, h.day = m, d
	h.civil += days(y, m, d) * daySeconds
	return true
}

// clock reads hours, minutes and seconds at b[i:]: 06:43:36, 6:43, 06.43.36, 064336.
func (h *head) clock(b []byte, i int) bool {
	var hr, mi, s int
	// Fast path: two digits each.
	if i+8 <= len(b) && b[i+2] == ':' && b[i+5] == ':' {
		hr, mi, s = pair(b, i), pair(b, i+3), pair(b, i+6)
		if hr < 24 && mi < 60 && s <= 60 && (i+8 == len(b) || !isDigit(b[i+8])) {
			h.civil, h.hour, h.n = int64(hr*3600+mi*60+s), hr, i+8
			return true
		}
	}
	switch digits(b, i, 7) {
	case 6:
		hr, mi, s, i = pair(b, i), pair(b, i+2), pair(b, i+4), i+6
	case 1, 2:
		var ok bool
		if hr, mi, s, i, ok = h.separated(b, i); !ok {
			return false
		}
	default:
		return false
	}
	h.civil, h.hour, h.n = int64(hr*3600+mi*60+s), hr, i
	return hr < 24 && mi < 60 && s <= 60
}

func (h *head) separated(b []byte, i int) (hr, mi, s, next int, ok bool) {
	hr, i = short(b, i)
	if !at(b, i, ':') && !at(b, i, '.') {
		return 0, 0, 0, 0, false
	}
	sep, start := b[i], i+1
	if mi, i = short(b, start); i == 0 {
		return 0, 0, 0, 0, false
	}
	if at(b, i, sep) && i+1 < len(b) && isDigit(b[i+1]) {
		s, next = short(b, i+1)
		return hr, mi, s, next, next > 0
	}
	h.marks |= noSeconds
	return hr, mi, 0, i, sep == ':' && i == start+2
}

// digits reads a head that begins with a digit.
func (h *head) digits(b []byte) bool {
	switch digits(b, 0, 15) {
	case 1, 2:
		return h.shortFirst(b)
	case 4:
		return h.fourFirst(b)
	case 6: // yymmdd: HDFS, MySQL before 5.7
		return at(b, 6, ' ') && h.complete(b, century(pair(b, 0)), pair(b, 2), pair(b, 4), toClock(b, 6)) && !h.is(noSeconds)
	case 8: // yyyymmdd
		h.marks |= yearFirst
		return h.complete(b, number(b, 0, 4), pair(b, 4), pair(b, 6), toClock(b, 8)) && !h.is(noSeconds)
	case 10: // epoch; until September 2001 it had nine digits
		h.civil, h.n = int64(number(b, 0, 10)), 10
		h.marks = noZone
		return epochFrom <= h.civil && h.civil < epochTo
	case 14: // yyyymmddhhmmss
		h.marks |= yearFirst
		y := number(b, 0, 4)
		return 1970 <= y && y < 2100 && h.complete(b, y, pair(b, 4), pair(b, 6), 8)
	}
	return false
}

// fourFirst reads a head that begins with four digits: a year, or glog's mmdd.
func (h *head) fourFirst(b []byte) bool {
	if len(b) < 10 {
		return false
	}
	h.marks |= yearFirst
	y, sep := number(b, 0, 4), b[4]
	switch sep {
	case '-', '/', '.':
		// Fast path: two digits each.
		if b[7] == sep && (len(b) == 10 || !isDigit(b[10])) {
			if m, d := pair(b, 5), pair(b, 8); m < 100 && d < 100 {
				return h.complete(b, y, m, d, toClock(b, 10))
			}
		}
	case ' ':
		if !isLetter(b[5]) {
			return h.complete(b, unknown, y/100, y%100, 5)
		}
	default:
		return false
	}
	m, i := monthOrNumber(b, 5)
	if i == 0 || !at(b, i, sep) {
		return false
	}
	d, i := short(b, i+1)
	return i > 0 && h.complete(b, y, m, d, toClock(b, i))
}

// shortFirst reads a head that begins with one or two digits.
func (h *head) shortFirst(b []byte) bool {
	first, i := short(b, 0)
	if !at(b, i, '-') && !at(b, i, '/') && !at(b, i, '.') && !at(b, i, ' ') {
		return h.timeAlone(b)
	}
	sep := b[i]
	if i+1 < len(b) && isLetter(b[i+1]) {
		return h.dayMonth(b, first, i)
	}
	if sep == ' ' {
		return false
	}
	second, j := short(b, i+1)
	if !at(b, j, sep) {
		// Android 03-17, Proxifier 10.30.
		m, d := first, second
		if first > 12 {
			m, d = second, first
		}
		return i == 2 && j == 5 && sep != '/' && h.complete(b, unknown, m, d, toClock(b, j))
	}
	year := j + 1
	switch digits(b, year, 5) {
	case 4:
		y := number(b, year, year+4)
		m, d := second, first
		if sep == '/' && first <= 12 || second > 12 {
			m, d = first, second
		}
		return h.complete(b, y, m, d, toClock(b, year+4))
	case 2: // Spark 17/06/09; else the year is last
		third := pair(b, year)
		h.marks |= yearFirst
		if i != 2 || !isDate(century(first), second, third) {
			return isDate(century(third), first, second) && h.complete(b, century(third), first, second, toClock(b, year+2))
		}
		return h.complete(b, century(first), second, third, toClock(b, year+2))
	}
	return false
}

// timeAlone reads 08:09:33, two digits each.
func (h *head) timeAlone(b []byte) bool {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' || !h.clock(b, 0) || h.n != 8 {
		return false
	}
	h.marks |= noDate
	return true
}

// dayMonth reads a day, b[:i], with the month's name after it: 11/Feb/2013:06:43:36, 14 Nov 12:34:56, 09-Jan 19:54.
func (h *head) dayMonth(b []byte, d, i int) bool {
	sep := b[i]
	m, i := month(b, i+1)
	if i == 0 {
		return false
	}
	if !at(b, i, sep) {
		// No year; minutes are enough after a dash (Bareos).
		return at(b, i, ' ') && h.withoutYear(b, m, d, i, sep == '-')
	}
	y, j := year(b, i+1)
	if j == 0 || at(b, j, ':') && sep == ' ' {
		return sep == ' ' && h.withoutYear(b, m, d, i, false)
	}
	return h.complete(b, y, m, d, toClock(b, j))
}

func (h *head) withoutYear(b []byte, m, d, i int, minutes bool) bool {
	if h.complete(b, unknown, m, d, toClock(b, i)) {
		return true
	}
	if !minutes || !h.is(noSeconds) || !isDate(leapYear, m, d) || h.hour > 23 {
		return false
	}
	h.month, h.day = m, d
	h.civil += days(leapYear, m, d) * daySeconds
	return true
}

// letters reads a head that begins with the name of a weekday or a month.
func (h *head) letters(b []byte) bool {
	i := skipWeekday(b)
	if i > 0 {
		h.marks |= weekday
	}
	if i < len(b) && isDigit(b[i]) {
		ok := h.digits(b[i:]) && !h.is(noDate)
		h.n += i
		return ok
	}
	m, i := month(b, i)
	if !at(b, i, ' ') && !at(b, i, '-') && !at(b, i, '/') {
		return false
	}
	sep := b[i]
	i++
	if sep == ' ' && at(b, i, ' ') {
		i++
	}
	d, i := short(b, i)
	if i == 0 {
		return false
	}
	j := i
	if at(b, j, ',') {
		j++
	}
	if at(b, j, sep) && digits(b, j+1, 5) == 4 {
		return h.complete(b, number(b, j+1, j+5), m, d, toClock(b, j+5))
	}
	return h.withoutYear(b, m, d, i, false)
}

// toClock steps over what stands between a date, which ends before b[i], and its time of day; 0 where that does not follow.
func toClock(b []byte, i int) int {
	if i+1 >= len(b) {
		return 0
	}
	switch b[i] {
	case ' ':
		for i++; i < len(b) && b[i] == ' '; i++ {
		}
		return i
	case ',':
		if b[i+1] == ' ' {
			return i + 2
		}
	case ':':
		if b[i+1] == ':' {
			return i + 2
		}
		return i + 1
	case 'T', 't', '-', '_', '\t':
		return i + 1
	}
	return 0
}

// century is the year 1970 to 2069 that two digits mean.
func century(yy int) int {
	if yy < 70 {
		return 2000 + yy
	}
	return 1900 + yy
}

// year reads a year of four or two digits at b[i:]; next is 0 where there is none.
func year(b []byte, i int) (y, next int) {
	switch digits(b, i, 5) {
	case 4:
		return number(b, i, i+4), i + 4
	case 2:
		return century(pair(b, i)), i + 2
	}
	return 0, 0
}
