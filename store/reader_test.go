package store_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// place is a record of a snapshot.
type place struct {
	c *store.Columns
	i int
}

func places(t testing.TB, st *store.StreamState) (out []place) {
	each(t, st, func(c *store.Columns, i int) { out = append(out, place{c, i}) })
	return out
}

// Whatever the order in which records are read, they are the same.
func TestReaderInAnyOrder(t *testing.T) {
	text := bigText(600_000)
	f := func(name string, st *store.StreamState) {
		t.Helper()
		all := places(t, st)
		n := len(all)
		orders := map[string]func(i int) int{
			"forwards":  func(i int) int { return i },
			"backwards": func(i int) int { return n - 1 - i },
			"jumping":   func(i int) int { return (i * 7919) % n },
			"random":    func(int) int { return rand.IntN(n) },
		}
		for order, at := range orders {
			var r store.Reader
			var rec logs.Record
			for i := 0; i < n; i += 3 {
				p := all[at(i)]
				if err := r.Record(p.c, p.i, &rec); err != nil {
					t.Fatal(err)
				}
				row := p.c.Row(p.i)
				if string(rec.Raw) != text[row.Offset:row.Offset+row.Length] {
					t.Fatalf("%s, %s: record %d has other bytes", name, order, at(i))
				}
				if want := int64(strings.Count(text[:row.Offset], "\n")) + 1; i%500 == 0 && rec.Line != want {
					t.Fatalf("%s, %s: record %d is line %d, want %d", name, order, at(i), rec.Line, want)
				}
			}
		}
	}
	d := &data{}
	s := newStore(t, store.Options{})
	st := open(t, s, d)
	growAll(t, st, d, text, len(text))
	f("file", state(t, s))
	s = newStore(t, store.Options{})
	st = open(t, s, nil)
	appendAll(t, st, text, 10_000)
	f("memory", state(t, s))
	s = newStore(t, store.Options{Memory: 1})
	st = open(t, s, nil)
	appendAll(t, st, text, 500_000)
	f("spilled", state(t, s))
}

func BenchmarkGrow(b *testing.B) {
	text := bigText(64 << 20)
	d := &data{[]byte(text)}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s := newStore(b, store.Options{})
		st := open(b, s, d)
		if err := st.Grow(b.Context(), int64(len(text))); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkResident says how many bytes a record of a file costs while nobody looks at it.
func BenchmarkResident(b *testing.B) {
	text := bigText(64 << 20)
	d := &data{[]byte(text)}
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		s := newStore(b, store.Options{})
		st := open(b, s, d)
		if err := st.Grow(b.Context(), int64(len(text))); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		n := len(places(b, state(b, s)))
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/record")
	}
}

// BenchmarkLongLine appends one line in pieces: the cost of a byte must not grow with the line.
func BenchmarkLongLine(b *testing.B) {
	piece := make([]byte, 4096)
	for _, size := range []int{1 << 20, 48 << 20} {
		b.Run(fmt.Sprintf("%dMiB", size>>20), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				s := newStore(b, store.Options{})
				st := open(b, s, nil)
				for range size / len(piece) {
					if err := st.Append(b.Context(), piece, nil, 0); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkReadForwards(b *testing.B) {
	text := bigText(16 << 20)
	d := &data{[]byte(text)}
	s := newStore(b, store.Options{})
	st := open(b, s, d)
	growAll(b, st, d, text, len(text))
	all := places(b, state(b, s))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var r store.Reader
	var buf []byte
	for b.Loop() {
		for _, p := range all {
			var err error
			if buf, err = r.Raw(p.c, p.i, buf); err != nil {
				b.Fatal(err)
			}
		}
	}
}
