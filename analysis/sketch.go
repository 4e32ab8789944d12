package analysis

import (
	"math"
	"math/bits"
)

// sketch counts the values of a field that has too many to keep.
//
// Space-Saving keeps a number of counters; a value without one takes over the
// smallest and its count. A count is too high by at most the smallest, and every
// value that occurs more often than that is kept. Counters of equal counts stand
// in a group, and groups in the order of their counts, so that counting takes the
// same time however many there are (the Stream-Summary of the same paper).
// HyperLogLog keeps in each register the longest run of zero bits seen, which
// gives the number of different values within 0.8 % (standard error) of 2^14
// registers, 3 % of 2^10.
type sketch struct {
	counters  int
	registers []uint8
	links     []link  // of the values by their places
	groups    []group // by count; a hole in it is in free
	free      []int32
	first     int32 // the group of the smallest count
}

// A link ties a value to the others of its group.
type link struct{ group, previous, next int32 }

type group struct {
	n              int64
	head           int32 // a value of the group
	previous, next int32
}

const none = -1

func newSketch(counters, registerBits int) *sketch {
	return &sketch{counters: counters, registers: make([]uint8, 1<<registerBits), first: none}
}

// linkBytes is what a counter takes beside its value.
const linkBytes = 24

// arrange makes groups of the values, which stand by their counts, the least first.
func (s *sketch) arrange(v *values) {
	s.links = make([]link, len(v.list), s.counters)
	last := int32(none)
	for i := range v.list {
		if last == none || s.groups[last].n != v.list[i].n {
			last = s.groupAfter(last, v.list[i].n)
		}
		s.join(int32(i), last)
	}
}

// least is the smallest count.
func (s *sketch) least(v *values) int64 { return v.list[s.groups[s.first].head].n }

// add counts a value, and returns how many bytes more are held.
func (s *sketch) add(v *values, hash uint64, text string, record int64) (more int64) {
	s.register(hash)
	i, known := v.find(hash, text)
	switch {
	case known && v.list[i].last == record:
		return 0
	case known:
	case len(v.list) < s.counters:
		i, more = len(v.list), v.insert(hash, text, 0, record)
		s.links = append(s.links, link{})
		if s.first == none || s.groups[s.first].n != 0 {
			s.groupAfter(none, 0)
		}
		s.join(int32(i), s.first)
	default:
		i = int(s.groups[s.first].head)
		more = v.replace(i, hash, text)
	}
	c := &v.list[i]
	c.n, c.last = c.n+1, record
	s.count(int32(i), c.n)
	return more
}

// count moves a value to the group of its count n, which is one more than before.
func (s *sketch) count(i int32, n int64) {
	g := s.links[i].group
	to := s.groups[g].next
	if to == none || s.groups[to].n != n {
		to = s.groupAfter(g, n)
	}
	s.leave(i)
	s.join(i, to)
}

// groupAfter makes a group behind another; behind none: the first.
func (s *sketch) groupAfter(before int32, n int64) int32 {
	at := int32(len(s.groups))
	if k := len(s.free); k > 0 {
		at, s.free = s.free[k-1], s.free[:k-1]
	} else {
		s.groups = append(s.groups, group{})
	}
	next := s.first
	if before != none {
		next = s.groups[before].next
		s.groups[before].next = at
	} else {
		s.first = at
	}
	if next != none {
		s.groups[next].previous = at
	}
	s.groups[at] = group{n: n, head: none, previous: before, next: next}
	return at
}

func (s *sketch) join(i, g int32) {
	head := s.groups[g].head
	s.links[i] = link{group: g, previous: none, next: head}
	if head != none {
		s.links[head].previous = i
	}
	s.groups[g].head = i
}

// leave takes a value out of its group, which goes if it was the last.
func (s *sketch) leave(i int32) {
	l := s.links[i]
	if l.next != none {
		s.links[l.next].previous = l.previous
	}
	if l.previous != none {
		s.links[l.previous].next = l.next
		return
	}
	g := &s.groups[l.group]
	if g.head = l.next; g.head != none {
		return
	}
	if g.next != none {
		s.groups[g.next].previous = g.previous
	}
	if g.previous != none {
		s.groups[g.previous].next = g.next
	} else {
		s.first = g.next
	}
	s.free = append(s.free, l.group)
}

func registerBits(registers []uint8) int { return bits.Len(uint(len(registers))) - 1 }

func (s *sketch) register(hash uint64) {
	b := registerBits(s.registers)
	r := &s.registers[hash>>(64-b)]
	*r = max(*r, uint8(bits.LeadingZeros64(hash<<b|1<<(b-1)))+1)
}

// folded is what fewer registers would hold.
func folded(registers []uint8, to int) []uint8 {
	less := registerBits(registers) - to
	if less <= 0 {
		return registers
	}
	out := make([]uint8, 1<<to)
	for i, r := range registers {
		if r == 0 {
			continue
		}
		// The bits by which registers are told apart no more come before those that were counted.
		if low := i & (1<<less - 1); low != 0 {
			r = uint8(less - bits.Len(uint(low)) + 1)
		} else {
			r += uint8(less)
		}
		out[i>>less] = max(out[i>>less], r)
	}
	return out
}

// joined is what registers would hold that had seen what both have.
func joined(a, b []uint8) []uint8 {
	to := min(registerBits(a), registerBits(b))
	a, b = folded(a, to), folded(b, to)
	for i, r := range b {
		a[i] = max(a[i], r)
	}
	return a
}

func (s *sketch) distinct() int64 {
	m := float64(len(s.registers))
	sum, zeros := 0.0, 0
	for _, r := range s.registers {
		sum += math.Ldexp(1, -int(r))
		if r == 0 {
			zeros++
		}
	}
	estimate := 0.7213 / (1 + 1.079/m) * m * m / sum
	if estimate <= 2.5*m && zeros > 0 {
		estimate = m * math.Log(m/float64(zeros))
	}
	return int64(estimate + 0.5)
}
