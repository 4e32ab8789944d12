package analysis

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// values are different values, each with a count: a hash table of open addressing.
// The zero value is empty.
type values struct {
	list  []value
	slots []slot // a power of two of them, at most half of which are taken
	bytes int64  // that all takes
}

// A value is told from others by its hash; text may be the beginning alone of one that is long.
type value struct {
	hash uint64
	text string
	n    int64
	last int64 // the record that it was counted in last
}

// A slot has a place in list, one more in its lower half, and of the hash of what
// stands there the upper half, which says where it belongs, so that list is looked
// at for few others; 0: it is empty.
type slot uint64

func slotOf(hash uint64, i int) slot { return slot(hash&^(1<<32-1) | uint64(i) + 1) }

func (s slot) place() int { return int(uint32(s)) - 1 }

func (s slot) mayHave(hash uint64) bool { return uint64(s)>>32 == hash>>32 }

// home is where in slots a value of that hash belongs, if nothing else stands there.
func home(hash uint64, mask int) int { return int(hash>>32) & mask }

// valueBytes is what a value takes beside its text: in list, in slots and what lists have to grow.
const valueBytes = 72

// at is the place in slots where a value is, or would be put.
func (v *values) at(hash uint64, text string) (at int, known bool) {
	mask := len(v.slots) - 1
	for at = home(hash, mask); v.slots[at] != 0; at = (at + 1) & mask {
		if !v.slots[at].mayHave(hash) {
			continue
		}
		c := &v.list[v.slots[at].place()]
		if n := min(len(c.text), len(text)); c.hash == hash && c.text[:n] == text[:n] {
			return at, true
		}
	}
	return at, false
}

// find returns the place of a value in list.
func (v *values) find(hash uint64, text string) (i int, known bool) {
	if len(v.slots) == 0 {
		return 0, false
	}
	at, known := v.at(hash, text)
	if !known {
		return 0, false
	}
	return v.slots[at].place(), true
}

// insert adds a value that is not there, and returns how many bytes that takes.
func (v *values) insert(hash uint64, text string, n, record int64) int64 {
	if 2*(len(v.list)+1) > len(v.slots) {
		v.slots = make([]slot, max(8, 2*len(v.slots)))
		for i := range v.list {
			v.place(i)
		}
	}
	v.list = append(v.list, value{hash, strings.Clone(text), n, record})
	v.place(len(v.list) - 1)
	v.bytes += int64(len(text)) + valueBytes
	return int64(len(text)) + valueBytes
}

func (v *values) place(i int) {
	mask := len(v.slots) - 1
	at := home(v.list[i].hash, mask)
	for v.slots[at] != 0 {
		at = (at + 1) & mask
	}
	v.slots[at] = slotOf(v.list[i].hash, i)
}

// replace puts another value, with the count of the old one, in its place in list, and returns how many bytes more that takes.
func (v *values) replace(i int, hash uint64, text string) int64 {
	c := &v.list[i]
	mask := len(v.slots) - 1
	at := home(c.hash, mask)
	for v.slots[at] != slotOf(c.hash, i) {
		at = (at + 1) & mask
	}
	// Those behind it move up where the hole would part them from where they are looked for.
	for next := (at + 1) & mask; v.slots[next] != 0; next = (next + 1) & mask {
		if (next-home(uint64(v.slots[next]), mask))&mask >= (next-at)&mask {
			v.slots[at] = v.slots[next]
			at = next
		}
	}
	v.slots[at] = 0
	more := int64(len(text) - len(c.text))
	c.hash, c.text = hash, strings.Clone(text)
	v.place(i)
	v.bytes += more
	return more
}

// top returns the n values that were counted most, cut to size bytes, the least first.
func (v *values) top(n, size int) (out values) {
	list := slices.Clone(v.list)
	slices.SortFunc(list, func(a, b value) int {
		if a.n != b.n || len(list) <= n {
			return cmp.Compare(a.n, b.n)
		}
		return strings.Compare(b.text, a.text)
	})
	for _, c := range list[max(0, len(list)-n):] {
		out.insert(c.hash, c.text[:min(size, len(c.text))], c.n, c.last)
	}
	return out
}

// whole is s without the beginning of a character at its end.
func whole(s string) string {
	for i := len(s) - 1; i >= 0 && i >= len(s)-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			if !utf8.FullRuneInString(s[i:]) {
				return s[:i]
			}
			break
		}
	}
	return s
}
