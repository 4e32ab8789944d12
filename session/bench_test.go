package session_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// million is a session of one file of n records, a few of them late.
func million(b *testing.B, n int) *session.Session {
	b.Helper()
	var text strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	levels := []string{"INFO", "INFO", "INFO", "WARN", "ERROR"}
	for i := range n {
		at := noon.Add(time.Duration(i) * time.Millisecond)
		if r.IntN(100) == 0 {
			at = at.Add(-time.Duration(r.IntN(5000)) * time.Millisecond)
		}
		fmt.Fprintf(&text, "%s %s s%d n%d\n", at.Format("2006-01-02T15:04:05.000Z07:00"), levels[r.IntN(5)], i%10, i)
	}
	s, _ := started(b, sourcetest.NewFile("app.log", text.String()))
	if err := s.Wait(b.Context()); err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkMillion(b *testing.B) {
	s := million(b, 1_000_000)
	v := view(b, s, "")
	first := page(b, v, session.FirstKey, 0, 1).Rows[0].Key.Time
	b.Run("page", func(b *testing.B) {
		r := rand.New(rand.NewPCG(3, 4))
		for b.Loop() {
			page(b, v, session.Key{Time: first + r.Int64N(1e12)}, 50, 50)
		}
	})
	b.Run("level", func(b *testing.B) { // the first evaluation
		for b.Loop() {
			page(b, view(b, s, "level=ERROR"), session.LastKey, 50, 0)
		}
	})
	filtered := view(b, s, "level=ERROR")
	page(b, filtered, session.LastKey, 50, 0)
	b.Run("page of level", func(b *testing.B) {
		r := rand.New(rand.NewPCG(3, 4))
		for b.Loop() {
			page(b, filtered, session.Key{Time: first + r.Int64N(1e12)}, 50, 50)
		}
	})
	b.Run("word, all of it", func(b *testing.B) {
		for b.Loop() {
			page(b, view(b, s, "n123456"), session.LastKey, 50, 0)
		}
	})
	b.Run("totals", func(b *testing.B) {
		for b.Loop() {
			if _, err := view(b, s, "").Totals(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("totals again", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.Totals(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("each", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			if err := v.Each(b.Context(), count(&n)); err != nil || n != 1_000_000 {
				b.Fatal(n, err)
			}
		}
	})
}
