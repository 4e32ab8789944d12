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
	minutesDo                   // hours and minutes are enough, though the year is missing
)

func (h *head) is(m marks) bool { return h.marks&m != 0 }

// readHead reads the head at the start of b, which is not empty.
func readHead(b []byte) (h head, ok bool) {
	if isDigit(b[0]) {
		ok = h.fromDigit(b)
	} else if isLetter(b[0]) {
		ok = h.fromName(b)
	}
	if h.is(noYear) && h.is(noSeconds) && !h.is(minutesDo) {
		return h, false // any two numbers
	}
	return h, ok
}

// complete fills h from a date, and a time of day at b[i:]. y is unknown where the
// date has none. It is false where date or time do not exist.
func (h *head) complete(b []byte, y, m, d, i int) bool {
	if y == unknown {
		h.marks |= noYear
		y = leapYear
	} else if y < firstYear || y > lastYear {
		return false
	}
	if i == 0 || !isDate(y, m, d) || !h.clock(b, i) {
		return false
	}
	h.month, h.day = m, d
	h.civil += days(y, m, d) * daySeconds
	return true
}

// fromDigit reads a head that begins with a digit.
func (h *head) fromDigit(b []byte) bool {
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
	middle, j := short(b, i+1)
	if !at(b, j, sep) {
		// Android 03-17, Proxifier 10.30, Snort 03/01-, geth 03-01|.
		m, d := first, middle
		if first > 12 {
			m, d = middle, first
		}
		return i == 2 && j == 5 && (sep != '/' || at(b, j, '-')) && h.complete(b, unknown, m, d, toClock(b, j))
	}
	year := j + 1
	switch digits(b, year, 5) {
	case 4:
		y := number(b, year, year+4)
		m, d := middle, first
		if sep == '/' && first <= 12 || middle > 12 {
			m, d = first, middle
		}
		return h.complete(b, y, m, d, toClock(b, year+4))
	case 2:
		last := pair(b, year)
		if sep == '.' { // 31.12.17
			return h.complete(b, century(last), middle, first, toClock(b, year+2))
		}
		if i == 2 && isDate(century(first), middle, last) { // Spark 17/06/09
			h.marks |= yearFirst
			return h.complete(b, century(first), middle, last, toClock(b, year+2))
		}
		return h.complete(b, century(last), first, middle, toClock(b, year+2))
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
		if sep == '-' {
			h.marks |= minutesDo // Bareos
		}
		return at(b, i, ' ') && h.complete(b, unknown, m, d, toClock(b, i))
	}
	y, j := year(b, i+1)
	if j == 0 || at(b, j, ':') && sep == ' ' {
		return sep == ' ' && h.complete(b, unknown, m, d, toClock(b, i))
	}
	return h.complete(b, y, m, d, toClock(b, j))
}

// fromName reads a head that begins with the name of a weekday or a month.
func (h *head) fromName(b []byte) bool {
	i := skipWeekday(b)
	if i > 0 {
		h.marks |= weekday
	}
	if i < len(b) && isDigit(b[i]) {
		ok := h.fromDigit(b[i:]) && !h.is(noDate)
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
	return h.complete(b, unknown, m, d, toClock(b, i))
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
