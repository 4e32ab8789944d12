package format

import (
	"math/rand/v2"
	"testing"
)

// A bit is set for each byte that ends a run, wherever it stands, and both ways to find them agree.
func TestStopBits(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		room := make([]byte, r.IntN(300)+70)
		for i := range room {
			if room[i] = byte(r.IntN(256)); r.IntN(3) > 0 {
				room[i] = "\"\\\x1f\x20\x00\x7f\x80\xff[]!#"[r.IntN(12)]
			}
		}
		b := room[:r.IntN(len(room)+1)]
		if r.IntN(2) == 0 {
			b = b[:len(b):len(b)]
		}
		stops := [...]stopBytes{jsonStops, quoteStops, blankStops}[r.IntN(3)]
		got := make([]uint64, len(b)/64+1)
		stopBits(got, b, stops)
		for i, c := range b {
			want := c == stops.quote || c == stops.slash || c <= stops.control
			if got[i/64]>>(i%64)&1 != 0 != want {
				t.Fatalf("byte %#x at %d of %d: %v", c, i, len(b), !want)
			}
		}
		for k := range len(b) / 64 {
			if word := stops.word((*[64]byte)(b[k*64:])); word != got[k] {
				t.Fatalf("%q: %x, not %x", b[k*64:k*64+64], word, got[k])
			}
		}
	}
}

func BenchmarkStopBits(b *testing.B) {
	text := make([]byte, 300)
	bits := make([]uint64, len(text)/64+1)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		stopBits(bits, text, jsonStops)
	}
}
