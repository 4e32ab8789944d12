package query

import (
	"iter"
	"math/bits"
)

// Bits is a set of rows of one block, a bit a row. Its length bounds what it can
// hold: asking beyond finds nothing, setting beyond is a fault of the caller.
type Bits []uint64

// NewBits returns an empty set with room for n rows.
func NewBits(n int) Bits { return make(Bits, (n+63)/64) }

// Set adds row i.
func (b Bits) Set(i int) { b[i>>6] |= 1 << (i & 63) }

// Clear takes row i out.
func (b Bits) Clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// Has reports whether row i is in the set.
func (b Bits) Has(i int) bool { return i>>6 < len(b) && b[i>>6]>>(i&63)&1 != 0 }

// Fill adds the rows from from up to before to.
func (b Bits) Fill(from, to int) {
	for ; from < to && from&63 != 0; from++ {
		b.Set(from)
	}
	for ; from+64 <= to; from += 64 {
		b[from>>6] = ^uint64(0)
	}
	for ; from < to; from++ {
		b.Set(from)
	}
}

// And keeps the rows that o has too.
func (b Bits) And(o Bits) {
	for i := range b {
		b[i] &= o.word(i)
	}
}

// AndNot keeps the rows that o does not have.
func (b Bits) AndNot(o Bits) {
	for i := range b {
		b[i] &^= o.word(i)
	}
}

// Or adds the rows of o, which is not longer than b.
func (b Bits) Or(o Bits) {
	for i, w := range o {
		b[i] |= w
	}
}

func (b Bits) word(i int) uint64 {
	if i < len(b) {
		return b[i]
	}
	return 0
}

// Count is how many rows the set has.
func (b Bits) Count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// Next is the least row of the set from row i on; -1 where there is none.
func (b Bits) Next(i int) int {
	i = max(i, 0)
	n := i >> 6
	if n >= len(b) {
		return -1
	}
	w := b[n] >> (i & 63) << (i & 63)
	for w == 0 {
		if n++; n >= len(b) {
			return -1
		}
		w = b[n]
	}
	return n<<6 + bits.TrailingZeros64(w)
}

// Previous is the greatest row of the set up to and with row i; -1 where there is none.
func (b Bits) Previous(i int) int {
	if i = min(i, len(b)*64-1); i < 0 {
		return -1
	}
	n := i >> 6
	w := b[n] << (63 - i&63) >> (63 - i&63)
	for w == 0 {
		if n--; n < 0 {
			return -1
		}
		w = b[n]
	}
	return n<<6 + 63 - bits.LeadingZeros64(w)
}

// Rows yields the rows of the set, least first.
func (b Bits) Rows() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(i<<6 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// any reports whether the set has a row.
func (b Bits) any() bool {
	for _, w := range b {
		if w != 0 {
			return true
		}
	}
	return false
}

// end is the first row from i on that the set does not have; n where it has all before n.
func (b Bits) end(i, n int) int {
	for ; i < n; i = (i | 63) + 1 {
		if w := ^b[i>>6] >> (i & 63); w != 0 {
			return min(i+bits.TrailingZeros64(w), n)
		}
	}
	return n
}
