package when

import (
	"math/rand/v2"
	"testing"
)

// Lines that differ in a few bytes, which is where a remembered second could mislead.
func TestStampRemembers(t *testing.T) {
	const bytes = "0123456789:/-. ,TZ+AMPx"
	r := rand.New(rand.NewPCG(7, 8))
	loc := location(t, "America/New_York")
	p := NewParser(loc)
	text := []byte(seeds[0])
	for range 300000 {
		switch r.IntN(8) {
		case 0:
			text = append(text[:0], seeds[r.IntN(len(seeds))]...)
		case 1:
			text = text[:r.IntN(len(text))+1]
		case 2:
			text = append(text, bytes[r.IntN(len(bytes))])
		default:
			text[r.IntN(len(text))] = bytes[r.IntN(len(bytes))]
		}
		whole := r.IntN(4) == 0
		s, n := p.read(text, whole)
		if fresh, m := NewParser(loc).read(text, whole); s != fresh || n != m {
			t.Fatalf("%q: %+v, %d; read anew %+v, %d", text, s, n, fresh, m)
		}
		if n > 0 && !whole && !MayHold(text) {
			t.Fatalf("%q is a stamp, but is thought to hold none", text[:n])
		}
		value, ok := p.Whole(text)
		if fresh, want := NewParser(loc).Whole(text); value != fresh || ok != want {
			t.Fatalf("%q as a whole: %+v, %t; read anew %+v, %t", text, value, ok, fresh, want)
		}
	}
}

func TestStampAllocatesNothing(t *testing.T) {
	p := NewParser(location(t, "America/New_York"))
	texts := make([][]byte, len(seeds))
	for i, s := range seeds {
		texts[i] = []byte(s)
	}
	if n := testing.AllocsPerRun(100, func() {
		for _, text := range texts {
			p.Stamp(text)
			p.Whole(text)
			p.Find(text, 64)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
