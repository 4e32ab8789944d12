package when

const (
	second int64 = 1e9
	minute       = 60 * second
	hour         = 60 * minute
	day          = 24 * hour

	daySeconds = 24 * 60 * 60
)

// Years that a stamp may name: those that lie wholly within int64 nanoseconds, in any zone.
const (
	firstYear = 1678
	lastYear  = 2261
)

// leapYear is the year that a date without one is kept in, so that 29 February has a place.
const leapYear = 2000

// days is the number of days from 1970-01-01 to a date of the Gregorian calendar, years from 0.
// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
func days(y, m, d int) int64 {
	u, k := uint(y), uint(m)
	if k <= 2 {
		u--
		k += 12
	}
	return int64(365*u+u/4-u/100+u/400+(153*(k-3)+2)/5+uint(d)) - 719469
}

// date is the inverse of days.
// Source: as days, civil_from_days.
func date(n int64) (y, m, d int) {
	z := uint64(n + 719468)
	era := z / 146097
	doe := z % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	y, m, d = int(yoe+era*400), int(mp)+3, int(doy-(153*mp+2)/5)+1
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

func isLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

// isDate reports whether the calendar has that day.
func isDate(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	if m == 2 && d == 29 {
		return isLeap(y)
	}
	return d <= int([...]uint8{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1])
}

// floor divides, rounding towards minus infinity; the rest is never negative.
func floor(n, by int64) (quotient, rest int64) {
	quotient, rest = n/by, n%by
	if rest < 0 {
		quotient--
		rest += by
	}
	return quotient, rest
}

// AppendRFC3339 appends the instant in UTC, always with nine digits: 2026-03-14T08:00:00.123000000Z.
func AppendRFC3339(dst []byte, nanos int64) []byte {
	n, rest := floor(nanos, day)
	y, m, d := date(n)
	secs, frac := int(rest/second), rest%second
	dst = append(dst, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
	dst = append(dst, '-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+d/10), byte('0'+d%10))
	h, mi, s := secs/3600, secs/60%60, secs%60
	dst = append(dst, 'T', byte('0'+h/10), byte('0'+h%10), ':', byte('0'+mi/10), byte('0'+mi%10), ':', byte('0'+s/10), byte('0'+s%10), '.')
	var digits [9]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + frac%10)
		frac /= 10
	}
	return append(append(dst, digits[:]...), 'Z')
}
