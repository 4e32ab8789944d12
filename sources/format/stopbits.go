package format

import "encoding/binary"

// stopBytes are the bytes that end the plain run of a text: two, and all up to control.
type stopBytes struct{ quote, slash, control byte }

var (
	jsonStops  = stopBytes{'"', '\\', 0x1f}
	quoteStops = stopBytes{'"', '\\', 0} // NUL is looked at as well
	blankStops = stopBytes{' ', ' ', ' '}
)

// stopBits writes, for each byte of b, a bit into bits that tells whether it is one
// of s; bit i%64 of bits[i/64] is that of b[i]. What stands behind b counts as
// such, or as what it is. bits has len(b)/64+1 words.
func stopBits(bits []uint64, b []byte, s stopBytes) {
	whole := len(b) / 64
	if wide && whole > 0 {
		stopBlocks(&bits[0], &b[0], whole, s.quote, s.slash, s.control)
	} else {
		for k := range whole {
			bits[k] = s.word((*[64]byte)(b[k*64:]))
		}
	}
	rest := b[whole*64:]
	if wide && cap(rest) >= 64 {
		stopBlocks(&bits[whole], &rest[:1][0], 1, s.quote, s.slash, s.control)
		return
	}
	var last [64]byte // zeros are stops
	copy(last[:], rest)
	bits[whole] = s.word(&last)
}

// word is the bits of 64 bytes.
func (s stopBytes) word(b *[64]byte) (word uint64) {
	for k := 0; k < 64; k += 8 {
		// Of each byte the top bit, gathered into eight bits by a product.
		word |= s.tops(binary.LittleEndian.Uint64(b[k:])) >> 7 * 0x0102040810204080 >> 56 << k
	}
	return word
}

// tops has the top bit of each byte of w that is one of s.
func (s stopBytes) tops(w uint64) uint64 {
	low := w &^ tops // of each byte the rest, so that no sum below carries into the next
	is := func(c byte) uint64 { return ^((low ^ ones*uint64(c)) + ones*0x7f) }
	return (is(s.quote) | is(s.slash) | ^(low + ones*uint64(0x7f-s.control))) &^ w & tops
}
