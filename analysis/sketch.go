package analysis

import (
	"container/heap"
	"hash/maphash"
	"math"
	"math/bits"
	"strings"

	"github.com/lxlog/lx/summary"
)

// sketch counts the values of a field that has too many to keep.
//
// Space-Saving keeps MaxValues counters; a value without one takes over the
// smallest and its count. A count is too high by at most the smallest, and every
// value that occurs more often than that is kept.
// HyperLogLog keeps in each of 2^14 registers the longest run of zero bits seen,
// which gives the number of different values within 0.8 % (standard error).
type sketch struct {
	seed      maphash.Seed
	registers [1 << registerBits]uint8
	counts    map[string]int // place in heap
	heap      least
}

const registerBits = 14

type least []*entry

type entry struct {
	value string
	n     int64
	place int
}

func newSketch(values map[string]*counter) *sketch {
	s := &sketch{seed: maphash.MakeSeed(), counts: make(map[string]int, len(values))}
	for v, c := range values {
		s.heap = append(s.heap, &entry{value: v, n: c.n, place: len(s.heap)})
		s.register(v)
	}
	heap.Init(&s.heap)
	for i, e := range s.heap {
		s.counts[e.value] = i
	}
	return s
}

func (s *sketch) add(value string) {
	s.register(value)
	i, known := s.counts[value]
	e := s.heap[0]
	if known {
		e = s.heap[i]
	} else {
		delete(s.counts, e.value)
		e.value = strings.Clone(value)
		s.counts[e.value] = e.place
	}
	e.n++
	s.down(e.place)
}

// down moves a counter that grew to its place, and keeps s.counts true.
func (s *sketch) down(i int) {
	for {
		small := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(s.heap); c++ {
			if s.heap[c].n < s.heap[small].n {
				small = c
			}
		}
		if small == i {
			return
		}
		s.heap.Swap(i, small)
		s.counts[s.heap[i].value], s.counts[s.heap[small].value] = i, small
		i = small
	}
}

func (s *sketch) register(value string) {
	h := maphash.String(s.seed, value)
	r := &s.registers[h>>(64-registerBits)]
	*r = max(*r, uint8(bits.LeadingZeros64(h<<registerBits|1<<(registerBits-1)))+1)
}

func (s *sketch) distinct() int64 {
	const m = 1 << registerBits
	sum, zeros := 0.0, 0
	for _, r := range &s.registers {
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

func (s *sketch) top(n int) []summary.ValueCount {
	out := make([]summary.ValueCount, 0, len(s.heap))
	for _, e := range s.heap {
		out = append(out, summary.ValueCount{Value: e.value, Count: e.n})
	}
	summary.SortValues(out)
	return out[:min(n, len(out))]
}

func (l least) Len() int           { return len(l) }
func (l least) Less(i, j int) bool { return l[i].n < l[j].n }
func (l least) Swap(i, j int) {
	l[i], l[j] = l[j], l[i]
	l[i].place, l[j].place = i, j
}
func (l *least) Push(any) { panic("BUG: a sketch never grows") }
func (l *least) Pop() any { panic("BUG: a sketch never shrinks") }
