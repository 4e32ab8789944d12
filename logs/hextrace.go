package logs

import (
	"encoding/binary"
	"math/bits"
)

const ones, tops = 0x0101010101010101, 0x8080808080808080

// allHex reports whether the eight bytes of w are hex digits.
func allHex(w uint64) bool {
	// No sum below carries into the next byte, since all bytes are ASCII.
	digit := w ^ ones*'0'                    // 0 to 9 of a digit
	letter := (w | ones*0x20) ^ ones*('a'-1) // 1 to 6 of a letter
	isDigit := ^(digit + ones*0x76)
	isLetter := ^(letter + ones*0x79) & (letter + ones*0x7f)
	return w&tops == 0 && (isDigit|isLetter)&tops == tops
}

// hexTrace reads an id of hex digits alone, a multiple of 8 bytes long, eight at
// a time, and returns its low 64 bits; false where it has other bytes.
func hexTrace(id string) (low uint64, ok bool) {
	b := Bytes(id)
	for ; len(b) >= 8; b = b[8:] {
		w := binary.LittleEndian.Uint64(b)
		if !allHex(w) {
			return 0, false
		}
		if len(b) > 16 { // the rest makes up all 64 bits
			continue
		}
		x := w&(ones*0x0f) + w>>6&ones*9
		x = bits.ReverseBytes64(x)
		x = (x | x>>4) & 0x00ff00ff00ff00ff
		x = (x | x>>8) & 0x0000ffff0000ffff
		low = low<<32 | (x|x>>16)&0xffffffff
	}
	return low, true
}
