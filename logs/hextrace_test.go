package logs

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// The fast path says of every byte, at every place, what strconv says.
func TestHexTrace(t *testing.T) {
	id := []byte("4bf92f3577b34DA6")
	for i := range id {
		for c := range 256 {
			b := append([]byte(nil), id...)
			b[i] = byte(c)
			want, err := strconv.ParseUint(string(b), 16, 64)
			if got, ok := hexTrace(string(b)); ok != (err == nil) || ok && got != want {
				t.Fatalf("%q: %x %t, want %x %v", b, got, ok, want, err)
			}
		}
	}
	for range 1000 {
		high, low := rand.Uint64(), rand.Uint64()
		b := strconv.AppendUint(strconv.AppendUint(nil, high|1<<63, 16), low|1<<63, 16)
		if got := NormalTrace(string(b)); got != low|1<<63 {
			t.Fatalf("%s: %x", b, got)
		}
	}
}

func BenchmarkNormalTrace(b *testing.B) {
	b.SetBytes(32)
	for b.Loop() {
		NormalTrace("4bf92f3577b34da6a3ce929d0e0e4736")
	}
}
