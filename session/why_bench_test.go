package session_test

import (
	"fmt"
	"testing"

	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// Why nothing is selected of 400,000 records of JSON, 130 MB. Each time it is a query that nobody has asked for before.
func BenchmarkWhy(b *testing.B) {
	text := shopText(b, corpus.Options{Records: 400_000})
	s := read(b, sourcetest.NewFile("shop.log", text))
	fresh := 0
	for name, made := range map[string]func() string{
		"value": func() string { return fmt.Sprintf(`level=ERROR service:chekou%d and "timed out"`, fresh) },
		"field": func() string { return fmt.Sprintf(`durationms > %d and "timed out"`, fresh) },
		"word":  func() string { return fmt.Sprintf("imeou and not zz%d", fresh) },
		"user":  func() string { return fmt.Sprintf("user_id:usr%d and timeout", fresh) },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				fresh++
				w, err := s.Why(b.Context(), filter(b, made()), nil, nil)
				ok(b, err)
				if w.Matches.N > 0 || len(w.Conditions) < 2 {
					b.Fatalf("%+v", w)
				}
			}
		})
	}
}
