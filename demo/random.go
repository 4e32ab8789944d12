package demo

import "math/rand/v2"

// random is a source of whole numbers alone: they are the same on every machine.
type random struct{ pcg rand.PCG }

func (r *random) seed(seed uint64) { r.pcg.Seed(seed, 0x5bd1e995a7c15f39) }

// below is a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.pcg.Uint64() >> 33 * uint64(n) >> 31) }

// between is a number from a to b-1.
func (r *random) between(a, b int) int { return a + r.below(b-a) }

// oneIn is true once in n times.
func (r *random) oneIn(n int) bool { return r.below(n) == 0 }

// noise is a number from 0 to 1023 that depends on its arguments alone.
// Source: Sebastiano Vigna, splitmix64.c, public domain.
func noise(seed uint64, at int64) int64 {
	z := seed + uint64(at)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int64((z ^ z>>31) & 1023)
}
