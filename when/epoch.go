package when

import "math"

// The instants that a bare number may mean: 1990 to 2099. They keep seconds,
// milliseconds, microseconds and nanoseconds apart, and durations, counters and
// unset clocks out.
const (
	epochFrom = 631152000  // 1990-01-01, seconds
	epochTo   = 4102444800 // 2100-01-01
)

// Epoch reads a number since 1970, in seconds, milliseconds, microseconds or
// nanoseconds by its magnitude: 1695668091.895450, 1695668091895, 1.695668091e9.
// Only instants of 1990 to 2099 count: zero, negative and other small numbers are
// more likely no times. Digits below the nanosecond are cut off.
func Epoch(number []byte) (nanos int64, ok bool) {
	var text [64]byte // the digits without the point
	n, point, i := 0, -1, 0
	for ; i < len(number); i++ {
		switch c := number[i]; {
		case isDigit(c) && n < len(text):
			text[n] = c
			n++
		case c == '.' && point < 0 && n > 0:
			point = n
		case c|0x20 == 'e' && n > 0:
			if point < 0 {
				point = n
			}
			e, ok := exponent(number[i+1:])
			if !ok {
				return 0, false
			}
			return scaled(text[:n], point+e)
		default:
			return 0, false
		}
	}
	if point < 0 {
		point = n
	}
	return scaled(text[:n], point)
}

// exponent reads what follows the e of a number, two digits at most.
func exponent(b []byte) (int, bool) {
	sign := 1
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		if b[0] == '-' {
			sign = -1
		}
		b = b[1:]
	}
	n := digits(b, 0, 3)
	if n == 0 || n > 2 || n != len(b) {
		return 0, false
	}
	return sign * number(b, 0, n), true
}

// scaled reads decimal digits of which point stand before the decimal point. The
// point moves to where the number is seconds in the range of Epoch.
func scaled(text []byte, point int) (nanos int64, ok bool) {
	for len(text) > 0 && text[0] == '0' {
		text, point = text[1:], point-1
	}
	switch point {
	case 9, 10:
	case 12, 13, 15, 16, 18, 19:
		point -= (point - 9) / 3 * 3
	default:
		return 0, false
	}
	for k := range point + 9 {
		d := byte('0')
		if k < len(text) {
			d = text[k]
		}
		if nanos > (math.MaxInt64-9)/10 {
			return 0, false
		}
		nanos = nanos*10 + int64(d-'0')
	}
	return nanos, nanos >= epochFrom*second && nanos < epochTo*second
}

// other reads the stamps at the start of b that have no second of their own to remember: epochs in smaller units, and TAI64.
func other(b []byte) (Stamp, int) {
	if b[0] == '@' {
		return tai64(b)
	}
	n := digits(b, 0, 20)
	if n != 13 && n != 16 && n != 19 {
		return Stamp{}, 0
	}
	if at(b, n, '.') {
		if k := digits(b, n+1, 20); k > 0 && k < 20 {
			n += 1 + k
		}
	}
	nanos, ok := Epoch(b[:n])
	if !ok || !ends(b, n) {
		return Stamp{}, 0
	}
	return Stamp{Nanos: nanos}, n
}

// tai64 reads a TAI64 or TAI64N label: @ and 16 or 24 hex digits. Its clock is
// taken, as daemontools and svlogd do, to be Unix time and 10 seconds.
// Source: https://cr.yp.to/libtai/tai64.html
func tai64(b []byte) (Stamp, int) {
	var secs, nanos uint64
	i := 1
	for ; i < len(b) && i <= 24; i++ {
		d := b[i]
		switch {
		case isDigit(d):
			d -= '0'
		case d|0x20-'a' < 6:
			d = d | 0x20 - 'a' + 10
		default:
			d = 16
		}
		if d > 15 {
			break
		}
		if i <= 16 {
			secs = secs<<4 | uint64(d)
		} else {
			nanos = nanos<<4 | uint64(d)
		}
	}
	const origin = 1<<62 + 10
	if i != 17 && i != 25 || !ends(b, i) || nanos >= uint64(second) || secs < origin || secs-origin >= epochTo {
		return Stamp{}, 0
	}
	return Stamp{Nanos: int64(secs-origin)*second + int64(nanos)}, i
}
