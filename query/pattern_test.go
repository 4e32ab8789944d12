package query

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestPattern(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 7))
	random := func(letters string, n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteByte(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	for range 50_000 {
		glob, text := random("ab*", 8), random("ab", 10)
		p := newPattern(strings.Split(glob, "*"))
		want := regexp.MustCompile("^" + strings.ReplaceAll(glob, "*", ".*") + "$").MatchString(text)
		if p.match(text) != want {
			t.Fatalf("%s on %s: not %t", glob, text, want)
		}
	}
}

func TestPieces(t *testing.T) {
	f := func(parts []string, want ...[]string) {
		t.Helper()
		if got := pieces(parts); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", parts, got)
		}
	}
	f([]string{"time", ""}, []string{"time", ""})
	f([]string{"", "read ti", ""}, []string{"", "read"}, []string{"ti", ""})
	f([]string{"a ", " b"}, []string{"a"}, []string{"", ""}, []string{"b"})
	f([]string{" a", "b c "}, []string{"a", "b"}, []string{"c"})
}
