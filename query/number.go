package query

import (
	"math"
	"strconv"
)

// A number is a decimal number in the one form that all of its spellings have:
// an integer of 64 bits is exact, all else the nearest float64. Equal numbers are == .
type number struct {
	integer  bool
	negative bool    // of an integer; never of 0
	size     uint64  // of an integer, without its sign
	real     float64 // of all else
}

// maxNumber is how many bytes a number may have; longer texts are none.
const maxNumber = 400

// parseNumber reads 42, -1, +0.5, .5, 4.2e1: a sign, digits with a point, an exponent.
func parseNumber(s string) (number, bool) {
	if len(s) == 0 || len(s) > maxNumber {
		return number{}, false
	}
	negative := s[0] == '-'
	i := 0
	if negative || s[0] == '+' {
		i = 1
	}
	var size uint64
	digits, zeros, point, exponent := 0, 0, -1, 0 // zeros at the end of the digits so far, not yet in size
	exact := true
	push := func(d uint64) {
		exact = exact && size <= (math.MaxUint64-d)/10
		size = size*10 + d
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c == '.' && point < 0 {
			point = digits
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		digits++
		if c == '0' {
			zeros++
			continue
		}
		for ; zeros > 0; zeros-- {
			push(0)
		}
		push(uint64(c - '0'))
	}
	if digits == 0 {
		return number{}, false
	}
	if i < len(s) {
		var ok bool
		if exponent, ok = parseExponent(s[i:]); !ok {
			return number{}, false
		}
	}
	if point >= 0 {
		exponent -= digits - point
	}
	if exact {
		if size, ok := scale(size, exponent+zeros); ok {
			return number{integer: true, negative: negative && size > 0, size: size}, true
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return number{}, false
	}
	return real(f), true
}

// real is f, as an integer if it is one of 64 bits.
func real(f float64) number {
	if a := math.Abs(f); a == math.Trunc(a) && a < 1<<64 {
		return number{integer: true, negative: f < 0, size: uint64(a)}
	}
	return number{real: f}
}

// parseExponent reads e12, E-3. One that is absurdly large is cut to what has the same effect.
func parseExponent(s string) (int, bool) {
	if s[0]|0x20 != 'e' || len(s) < 2 {
		return 0, false
	}
	sign, s := 1, s[1:]
	if s[0] == '-' || s[0] == '+' {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = min(n*10+int(s[i]-'0'), 100_000)
	}
	return sign * n, len(s) > 0
}

// scale is size * 10^exponent, where that is an integer of 64 bits.
func scale(size uint64, exponent int) (uint64, bool) {
	if size == 0 {
		return 0, true
	}
	for ; exponent > 0; exponent-- {
		if size > math.MaxUint64/10 {
			return 0, false
		}
		size *= 10
	}
	for ; exponent < 0; exponent++ {
		if size%10 != 0 {
			return 0, false
		}
		size /= 10
	}
	return size, true
}

func (n number) float() float64 {
	switch {
	case !n.integer:
		return n.real
	case n.negative:
		return -float64(n.size)
	}
	return float64(n.size)
}

// compare is below 0, 0 or above 0 as n is less than, equal to or greater than m.
func (n number) compare(m number) int {
	if n == m {
		return 0
	}
	if n.integer && m.integer {
		switch {
		case n.negative != m.negative:
			return sign(m.negative)
		case n.negative:
			return sign(n.size < m.size)
		}
		return sign(n.size > m.size)
	}
	if x, y := n.float(), m.float(); x != y {
		return sign(x > y)
	}
	// One is no integer of 64 bits, and the other was rounded to it.
	return sign(m.integer == (n.float() > 0))
}

// sign is 1 where greater, else -1.
func sign(greater bool) int {
	if greater {
		return 1
	}
	return -1
}
