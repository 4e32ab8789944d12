package query

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestBitsHoldRows(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rnd.IntN(300)
		from := rnd.IntN(n)
		to := from + rnd.IntN(n-from+1)
		a, b := NewBits(n), NewBits(n)
		a.Fill(from, to)
		inB := map[int]bool{}
		for range rnd.IntN(n) {
			i := rnd.IntN(n)
			b.Set(i)
			inB[i] = true
		}
		and, not, or := slices.Clone(a), slices.Clone(a), slices.Clone(a)
		and.And(b)
		not.AndNot(b)
		or.Or(b)
		var rows []int
		for i := range n {
			inA := i >= from && i < to
			if a.Has(i) != inA || b.Has(i) != inB[i] || and.Has(i) != (inA && inB[i]) || not.Has(i) != (inA && !inB[i]) || or.Has(i) != (inA || inB[i]) {
				t.Fatalf("row %d of %d, filled from %d to %d", i, n, from, to)
			}
			if or.Has(i) {
				rows = append(rows, i)
			}
		}
		if got := slices.Collect(or.Rows()); !slices.Equal(got, rows) || or.Count() != len(rows) {
			t.Fatalf("rows %v, count %d, want %v", got, or.Count(), rows)
		}
	}
}

func TestBitsBeside(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := rnd.IntN(300)
		b := NewBits(n)
		for range rnd.IntN(5) * n / 4 {
			b.Set(rnd.IntN(n))
		}
		for i := -2; i < n+130; i++ {
			next, previous := -1, -1
			for k := range b.Rows() {
				if k >= i && next < 0 {
					next = k
				}
				if k <= i {
					previous = k
				}
			}
			if b.Next(i) != next || b.Previous(i) != previous {
				t.Fatalf("of %v beside %d are %d and %d, want %d and %d", slices.Collect(b.Rows()), i, b.Previous(i), b.Next(i), previous, next)
			}
		}
	}
}
