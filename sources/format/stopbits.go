package format

import "encoding/binary"

// stopBits writes, for each byte of b, a bit into bits that tells whether it ends
// the plain run of a JSON string, as stops does; bit i%64 of bits[i/64] is that of b[i].
// What stands behind b counts as a stop, or as what it is. bits has len(b)/64+1 words.
func stopBits(bits []uint64, b []byte) {
	whole := len(b) / 64
	if wide && whole > 0 {
		stopBlocks(&bits[0], &b[0], whole)
	} else {
		for k := range whole {
			bits[k] = stopWord((*[64]byte)(b[k*64:]))
		}
	}
	rest := b[whole*64:]
	if wide && cap(rest) >= 64 {
		stopBlocks(&bits[whole], &rest[:1][0], 1)
		return
	}
	var last [64]byte // zeros are stops
	copy(last[:], rest)
	bits[whole] = stopWord(&last)
}

// stopWord is the bits of 64 bytes.
func stopWord(b *[64]byte) (word uint64) {
	for k := 0; k < 64; k += 8 {
		w := binary.LittleEndian.Uint64(b[k:])
		// Of each byte the top bit, gathered into eight bits by a product.
		word |= exactStops(w) >> 7 * 0x0102040810204080 >> 56 << k
	}
	return word
}

// exactStops is stops where all of the bits count.
func exactStops(w uint64) uint64 {
	low := w &^ tops // of each byte the rest, which cannot borrow from the next
	is := func(c uint64) uint64 { return ^((low ^ ones*c) + ones*0x7f) }
	return (is('"') | is('\\') | ^(low + ones*(0x80-' '))) &^ w & tops
}
