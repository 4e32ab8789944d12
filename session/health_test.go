package session_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// The rate is that of the last ten seconds, the growth that of the last minute, and what was there at first is in neither.
func TestHealthRate(t *testing.T) {
	file := sourcetest.NewFile("app.log", randomText(rand.New(rand.NewPCG(1, 2)), 500))
	file.Follow = true
	s, c := started(t, file)
	ok(t, s.Wait(t.Context()))
	ok(t, file.Settle())
	had := s.Health()[0]
	f := func(what string, rate, growth float64) {
		t.Helper()
		if h := s.Health()[0]; h.Rate != rate || h.Growth != growth {
			t.Errorf("%s: %v a second, %v bytes a minute, want %v and %v", what, h.Rate, h.Growth, rate, growth)
		}
	}
	line := "2024-05-01T12:00:00Z INFO shop a\n"
	lines := func(n int) (text string) {
		for range n {
			text += line
		}
		return text
	}
	grow := func(n int) {
		ok(t, file.Grow(lines(n)))
		ok(t, file.Settle())
	}
	size := float64(len(line))
	f("at first", 0, 0)
	c.pass(time.Second)
	grow(20)
	f("after a second", 20, 20*60*size)
	for range 30 {
		c.pass(time.Second)
		grow(5)
	}
	f("after half a minute", 5.5, 170*size/(31*time.Second).Minutes()) // the ends of the window are in it
	c.pass(5 * time.Second)
	f("half of the ten seconds later", 3, 170*size/(36*time.Second).Minutes())
	c.pass(time.Hour)
	f("an hour of silence later", 0, 0)
	grow(50)
	f("after a burst", 5, 50*size)
	if h := s.Health()[0]; h.Records != had.Records+220 || had.Records != 500 {
		t.Errorf("%d records at first, %d now", had.Records, h.Records)
	}
}

// What the session knows of a source it says the same way of all.
func TestHealth(t *testing.T) {
	file, e := sourcetest.NewFile("app.log", "2024-05-01T11:00:00Z a\n2024-05-01T10:00:00Z old\n"), sourcetest.NewEmitter("app")
	paged := sourcetest.NewPaged("prod", sourcetest.Records(shop)...)
	file.Follow, file.Loses = true, true
	s, c := started(t, file, e, paged)
	ok(t, s.Wait(t.Context()))
	until(t, s, func() bool { return s.Health()[2].State == sources.Live })
	f := func(i int, want session.Health) {
		t.Helper()
		got := s.Health()[i]
		got.Read, got.Rate, got.Growth = 0, 0, 0
		if got != want {
			t.Errorf("%+v, want\n%+v", got, want)
		}
	}
	start := noon.UnixNano()
	file0 := session.Health{Source: "app.log", Kind: "file", State: sources.Live, Since: start, Records: 2, Newest: at(t, "11:00:00"), Lag: time.Hour}
	f(0, file0)
	f(1, session.Health{Source: "app", Kind: "listener", State: sources.Live, Since: start, Newest: logs.NoTime})
	f(2, session.Health{Source: "prod", Kind: "server", State: sources.Live, Since: start, Newest: logs.NoTime})

	c.pass(time.Minute)
	ok(t, e.Emit("", c.Now().UnixNano(), "2024-05-01T12:00:50Z a\n2024-05-01T12:00:10Z b\n2024-05-01T12:00:49Z c\n2024-05-01T12:00:11Z open\n"))
	ok(t, file.Truncate("2024-05-01T12:00:55Z x\n"))
	ok(t, file.Rotate("2024-05-01T12:00:56Z y\n"))
	paged.Fail(errors.New("no route to host"))
	page(t, view(t, s, ""), session.FirstKey, 0, 1)
	now := c.Now().UnixNano()
	c.pass(time.Second)
	f(1, session.Health{Source: "app", Kind: "listener", State: sources.Live, Since: start, Records: 4, Late: 1, Newest: at(t, "12:00:50"), Lag: 11 * time.Second})
	f(2, session.Health{Source: "prod", Kind: "server", State: sources.Trouble, Text: "prod: no route to host", Retries: 1, Since: now, Newest: logs.NoTime})
	file0.Records, file0.Gone, file0.Rotations, file0.Newest, file0.Lag = 4, 2, 2, at(t, "12:00:56"), 5*time.Second
	f(0, file0)
	ok(t, e.Settle(""))
	if h := s.Health()[1]; h.Late != 2 || h.Records != 4 {
		t.Errorf("%d of %d are late", h.Late, h.Records)
	}
	changed := s.Changed()
	s.Health()
	select {
	case <-changed:
		t.Error("asking is a change")
	default:
	}
}

// Late is counted step by step as one would at the end.
func TestHealthCountsLate(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 41))
		first := randomText(r, r.IntN(100))
		file := sourcetest.NewFile("app.log", first)
		file.Follow = true
		s, _ := started(t, file)
		ok(t, s.Wait(t.Context()))
		ok(t, file.Settle())
		had := len(sourcetest.Records(first))
		for range 15 {
			ok(t, file.Grow(randomText(r, r.IntN(3000))))
			if r.IntN(2) == 0 {
				s.Health()
			}
		}
		ok(t, file.Settle())
		want, n, newest := int64(0), 0, logs.NoTime
		ok(t, view(t, s, "").InOrder(t.Context(), func(k session.Key, _ *logs.Record) bool {
			if n >= had && newest-k.Time > int64(2*time.Second) {
				want++
			}
			n, newest = n+1, max(newest, k.Time)
			return true
		}))
		rows := int64(0)
		for _, r := range page(t, view(t, s, ""), session.FirstKey, 0, n).Rows {
			if r.Late {
				rows++
			}
		}
		if h := s.Health()[0]; h.Late != want || rows != want || want == 0 {
			t.Errorf("seed %d: %d are late, %d of the rows, want %d", seed, h.Late, rows, want)
		}
	}
}

// BenchmarkHealth is what a screen pays for each frame with a thousand sources, of which one has changed.
func BenchmarkHealth(b *testing.B) {
	list := []sources.Source{}
	e := sourcetest.NewEmitter("app")
	for i := range 999 {
		f := sourcetest.NewFile(fmt.Sprint(i), shop)
		f.Follow = true
		list = append(list, f)
	}
	s, _ := started(b, append(list, e)...)
	ok(b, s.Wait(b.Context()))
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			s.Health()
		}
	})
	b.Run("one changed", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			ok(b, e.Emit("", noon.UnixNano(), "2024-05-01T12:00:00Z INFO shop a\n"))
			b.StartTimer()
			s.Health()
		}
	})
}
