package query

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestParseNumber(t *testing.T) {
	f := func(text string, want bool) {
		t.Helper()
		if _, ok := parseNumber(text); ok != want {
			t.Errorf("%q: %t", text, ok)
		}
	}
	for _, s := range []string{"0", "-0", "+5", "42.000", ".5", "5.", "4.2e1", "1E-3", "007", "1e999", "18446744073709551616"} {
		f(s, true)
	}
	for _, s := range []string{"", "-", ".", "e1", "1e", "1e+", "0x1F", "Infinity", "NaN", "1_000", "1 ", "1.2.3", "--1", "1e1.5"} {
		f(s, false)
	}
}

func TestNumberCompare(t *testing.T) {
	f := func(a, b string, want int) {
		t.Helper()
		x, _ := parseNumber(a)
		y, _ := parseNumber(b)
		if got := x.compare(y); got != want || y.compare(x) != -want || (x == y) != (want == 0) {
			t.Errorf("%s with %s: %d", a, b, got)
		}
	}
	f("42", "4.2e1", 0)
	f("42.0", "42", 0)
	f("-0.0", "0", 0)
	f("0.1", "1e-1", 0)
	f("9223372036854775807", "9223372036854775808", -1)
	f("9007199254740993", "9007199254740992", 1)
	f("-9223372036854775808", "-9223372036854775807", -1)
	f("18446744073709551615", "1.8446744073709551615e19", 0)
	f("18446744073709551615", "18446744073709551616", -1)
	f("-5", "3", -1)
	f("2.5", "2", 1)
	f("-2.5", "-2", -1)
	f("1e999", "1e20", 1)
	f("1e-999", "0", 0)
}

// Integers of 64 bits are exact however they are written.
func TestNumberExact(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	spell := func(n int64) string {
		s := strconv.FormatInt(n, 10)
		switch r.IntN(3) {
		case 0:
			return s + ".00"
		case 1:
			return s + "0e-1"
		}
		return s
	}
	for range 50_000 {
		a, b := r.Int64()>>r.IntN(60), r.Int64()>>r.IntN(60)
		if r.IntN(2) == 0 {
			b = a - int64(r.IntN(3)) + 1
		}
		if r.IntN(2) == 0 {
			a, b = -a, -b
		}
		x, _ := parseNumber(spell(a))
		y, _ := parseNumber(spell(b))
		if got, want := x.compare(y), big.NewInt(a).Cmp(big.NewInt(b)); got != want {
			t.Fatalf("%d with %d: %d", a, b, got)
		}
	}
}
