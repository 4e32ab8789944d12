package demo_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/demo"
)

// noon is when the shops of these tests begin.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// anHour has an incident in its middle.
func anHour(seed uint64) demo.Options {
	return demo.Options{Seed: seed, Start: noon, Duration: time.Hour, Incident: 30 * time.Minute, For: 5 * time.Minute}
}

func textOf(o demo.Options) string {
	var b strings.Builder
	for l := range demo.New(o).All() {
		b.Write(l.Text)
	}
	return b.String()
}

func TestSameOptionsSameBytes(t *testing.T) {
	one := textOf(anHour(1))
	if other := textOf(anHour(1)); one != other {
		t.Error("the same options made other bytes")
	}
	if textOf(anHour(2)) == one {
		t.Error("another seed made the same bytes")
	}
	// The bytes are those of every machine and every version of Go. Whoever changes what the shop writes changes the sum.
	const want = "f3a03dd3ac92e75d"
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(one)))[:16]; got != want {
		t.Errorf("sum %s, want %s", got, want)
	}
}

func TestLinesAreInOrder(t *testing.T) {
	from, to := noon.UnixNano(), noon.Add(time.Hour).UnixNano()
	last := from
	s := demo.New(anHour(1))
	for at, by, ok := s.Ahead(); ok; at, by, ok = s.Ahead() {
		l, _ := s.Next()
		if l.At != at || l.Stream != by {
			t.Fatalf("ahead was %s at %d, next is %s at %d", by, at, l.Stream, l.At)
		}
		if l.At < last || l.At >= to || l.Time > l.At || l.Time <= l.At-int64(time.Second) {
			t.Fatalf("%d (stamp %d) after %d: %s", l.At, l.Time, last, l.Text)
		}
		if !bytes.HasSuffix(l.Text, []byte("\n")) {
			t.Fatalf("no newline: %s", l.Text)
		}
		last = l.At
	}
	if l, ok := s.Next(); ok {
		t.Errorf("a line behind the last one: %s", l.Text)
	}
}

// What one reader skips, others read: all that is read by one program each is what there is.
func TestSkip(t *testing.T) {
	want := map[demo.Stream][]byte{}
	for l := range demo.New(anHour(3)).All() {
		want[l.Stream] = append(want[l.Stream], l.Text...)
	}
	for _, mine := range demo.Streams() {
		var got strings.Builder
		s := demo.New(anHour(3))
		for _, by, ok := s.Ahead(); ok; _, by, ok = s.Ahead() {
			if by != mine {
				s.Skip()
				continue
			}
			l, _ := s.Next()
			got.Write(l.Text)
		}
		if got.String() != string(want[mine]) {
			t.Errorf("%s: other lines", mine)
		}
	}
}

func TestRate(t *testing.T) {
	f := func(rate, want float64, lasts time.Duration) {
		t.Helper()
		n := 0
		for range demo.New(demo.Options{Seed: 5, Start: noon, Duration: lasts, Rate: rate}).All() {
			n++
		}
		if got := float64(n) / lasts.Seconds(); math.Abs(got-want) > want/12 {
			t.Errorf("%.2f lines a second, want %.2f", got, want)
		}
	}
	f(0, demo.DefaultRate, 24*time.Hour)
	f(1, 1, 24*time.Hour)
	f(200, 240, time.Hour) // at noon there is more to do
}

// A shop without an end goes on, and one without an incident has none.
func TestWithoutEndAndIncident(t *testing.T) {
	s := demo.New(demo.Options{Seed: 1, Start: noon})
	for range 100_000 {
		l, ok := s.Next()
		if !ok || l.Incident {
			t.Fatalf("%v: %s", ok, l.Text)
		}
	}
	if story := s.Story(); story != nil {
		t.Errorf("a story without an incident: %v", story)
	}
}

// However short the incident, and wherever in the shop's time it lies, its errors stand in it.
func TestIncidentsOfAllLengths(t *testing.T) {
	f := func(at, lasts time.Duration, errors bool) {
		t.Helper()
		truth := demo.NewTruth()
		s := demo.New(demo.Options{Seed: 1, Start: noon, Duration: time.Hour, Incident: at, For: lasts})
		for l := range s.All() {
			truth.Add(&l)
		}
		in := truth.Incident
		if (in.Errors > 0) != errors {
			t.Errorf("%d errors", in.Errors)
		}
		if !errors {
			return
		}
		if in.From.Before(noon.Add(at)) || in.To.After(noon.Add(at+lasts+5*time.Second)) {
			t.Errorf("errors from %s to %s", in.From, in.To)
		}
		if !in.From.Equal(noon.Add(at)) && at > 10*time.Second {
			t.Errorf("the first error is at %s", in.From)
		}
		if len(s.Story()) == 0 {
			t.Error("no story")
		}
	}
	f(30*time.Minute, 5*time.Minute, true)
	f(30*time.Minute, time.Second, true)
	f(0, time.Minute, true)
	f(55*time.Minute, time.Hour, true)
	f(2*time.Hour, time.Minute, false)
}

func BenchmarkShop(b *testing.B) {
	run := func(name string, next func(*demo.Shop) int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			s := demo.New(demo.Options{Seed: 1, Start: noon, Incident: time.Hour, For: 5 * time.Minute})
			size := 0
			for b.Loop() {
				size += next(s)
			}
			b.SetBytes(int64(size / b.N))
		})
	}
	run("next", func(s *demo.Shop) int {
		l, _ := s.Next()
		return len(l.Text)
	})
	run("skip", func(s *demo.Shop) int { s.Skip(); return 0 })
	truth := demo.NewTruth()
	run("truth", func(s *demo.Shop) int {
		l, _ := s.Next()
		truth.Add(&l)
		return len(l.Text)
	})
}
