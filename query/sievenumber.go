package query

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// digits are what every spelling of a number has, without a sign, that is
// neither with an exponent nor 16 bytes long or more; "" where only those spell it.
//
// A shorter one is a decimal of at most 15 digits, which is the only one of that
// length that is read as this number, but for zeros at either end.
func (n number) digits() string {
	if n.integer {
		return strconv.FormatUint(n.size, 10)
	}
	if math.IsInf(n.real, 0) {
		return ""
	}
	return strings.TrimPrefix(strconv.FormatFloat(math.Abs(n.real), 'f', -1, 64), "0")
}

const (
	ones = 0x0101010101010101
	tops = 0x8080808080808080
)

// longNumber is from how many bytes on a number's digits may differ from those of others that are equal.
const longNumber = 16

// oddNumber returns the first run of characters of numbers in b from pos on that
// has an exponent, or longNumber digits and points on end; -1 where there is none.
// The run may begin before pos. It may also be none: it may stand in a text.
func oddNumber(b []byte, pos int) (from, to int) {
	carry := uint64(0) // 0x80 where the byte before is a digit
	if pos > 0 && isDigit(b[pos-1]) {
		carry = 0x80
	}
	i := pos
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		digit := digitMask(w)
		e := zeroMask((w | ones*0x20) ^ ones*'e')
		behind := e & (digit<<8 | carry)
		carry = digit >> 56
		for ; behind != 0; behind &= behind - 1 {
			if at := i + bits.TrailingZeros64(behind)>>3; isExponent(b, at) {
				return numberRun(b, at)
			}
		}
		if digit|zeroMask(w^ones*'.') == tops {
			if from, to := numberRun(b, i); to-from >= longNumber {
				return from, to
			}
		}
	}
	for ; i < len(b); i++ {
		if b[i]|0x20 == 'e' && i > 0 && isDigit(b[i-1]) && isExponent(b, i) {
			return numberRun(b, i)
		}
	}
	return -1, -1
}

// digitMask has the top bit of each byte of w that is a digit.
func digitMask(w uint64) uint64 {
	d := w ^ ones*'0'
	return ^((d&^tops + ones*(0x80-10)) | d) & tops
}

// zeroMask has the top bit of each byte of w that is zero.
func zeroMask(w uint64) uint64 { return ^((w&^tops + ones*0x7f) | w) & tops }

// isExponent reports whether digits stand behind the e at b[i], or a sign and a digit.
func isExponent(b []byte, i int) bool {
	if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
		i++
	}
	return i < len(b) && isDigit(b[i])
}

// numberRun returns the run of characters of numbers around b[i], of as many as a number may have at most to either side.
func numberRun(b []byte, i int) (from, to int) {
	from, to = i, i
	for from > 0 && i-from <= maxNumber && inNumber(b[from-1]) {
		from--
	}
	for to < len(b) && to-i <= maxNumber && inNumber(b[to]) {
		to++
	}
	return from, to
}

func inNumber(c byte) bool {
	return isDigit(c) || c == '.' || c == '-' || c == '+' || c|0x20 == 'e'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
