package session_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

// shopLines is n records from the number given on: every fourth is an error, every third of payment. Each has a time.
func shopLines(from, n int) string {
	var b strings.Builder
	for i := from; i < from+n; i++ {
		level, service, text := "INFO", "orders", "went well"
		if i%4 == 0 {
			level, text = "ERROR", "it failed"
		}
		if i%3 == 0 {
			service = "payment"
		}
		fmt.Fprintf(&b, "2024-05-01T10:%02d:%02dZ %s %s number %d %s\n", i/60%60, i%60, level, service, i, text)
	}
	return b.String()
}

// figuresAgree checks that the figures of one answer do not contradict each other, for records that all have a time.
func figuresAgree(t *testing.T, what string, got *summary.Totals) {
	t.Helper()
	services, minutes := int64(0), summary.ByLevel{}
	for _, n := range got.Services {
		services += n
	}
	for _, l := range got.Minutes {
		minutes.Add(l)
	}
	n := got.Records.N
	if got.Levels.Total() != n || services != n || minutes != got.Levels || got.Lines != n {
		t.Errorf("%s: %d records, by level %v, by service %v, by minute and level %v, %d lines", what, n, got.Levels, got.Services, minutes, got.Lines)
	}
	if n > 0 && (got.First == logs.NoTime || got.First > got.Last) {
		t.Errorf("%s: %d records from %d to %d", what, n, got.First, got.Last)
	}
}

// asked looks at a view again and again until done is closed, and then once more. Records only go where they may.
func asked(t *testing.T, s *session.Session, text string, mayGo bool, done <-chan struct{}) {
	v := view(t, s, text)
	before := int64(0)
	for {
		last := false
		select {
		case <-done:
			last = true
		default:
		}
		got, err := v.Totals(t.Context())
		ok(t, err)
		figuresAgree(t, text, got)
		if strings.Contains(text, "ERROR") && got.Levels.Total() != got.Levels[logs.Error.Level()] {
			t.Errorf("%s: levels %v", text, got.Levels)
		}
		if n := got.Records.N; n < before && !mayGo {
			t.Errorf("%s: %d records after %d", text, n, before)
		} else {
			before = n
		}
		ascends(t, text, v)
		if last {
			return
		}
	}
}

// ascends checks that a page has every record once, in order.
func ascends(t *testing.T, text string, v session.View) {
	t.Helper()
	p, err := v.Rows(t.Context(), session.LastKey, 200, 0)
	ok(t, err)
	for i := 1; i < len(p.Rows); i++ {
		if p.Rows[i-1].Key.Compare(p.Rows[i].Key) >= 0 {
			t.Errorf("%s: row %d, %q, does not stand behind %q", text, i, p.Rows[i].Record.Body, p.Rows[i-1].Record.Body)
		}
	}
}

// While files grow, are rotated and truncated, the figures of each answer agree with one another.
func TestFiguresOfOneAnswerAgree(t *testing.T) {
	f := func(name string, steps int, mayGo bool, step func(file *sourcetest.File, i int) error) {
		t.Run(name, func(t *testing.T) {
			one, two := sourcetest.NewFile("one.log", shopLines(0, 1_000)), sourcetest.NewFile("two.log", "")
			one.Follow, two.Follow = true, true
			s, _ := started(t, one, two)
			done := make(chan struct{})
			var asking sync.WaitGroup
			for _, text := range []string{"", "level:ERROR", "failed", "service:payment and level:ERROR", `@timestamp >= "2024-05-01T10:20:00Z"`} {
				asking.Go(func() { asked(t, s, text, mayGo, done) })
			}
			for i := range steps {
				file := one
				if i%2 == 1 {
					file = two
				}
				if err := step(file, i); err != nil {
					t.Error(err)
				}
			}
			close(done)
			asking.Wait()
		})
	}
	grow := func(file *sourcetest.File, i int) error { return file.Grow(shopLines(i*50, 50)) }
	f("grow", 150, false, grow)
	f("rotate", 100, false, func(file *sourcetest.File, i int) error {
		if i%10 < 2 {
			return file.Rotate(shopLines(i*50, 50))
		}
		return grow(file, i)
	})
	f("truncate", 100, true, func(file *sourcetest.File, i int) error {
		if i%10 < 2 {
			return file.Truncate(shopLines(i*50, 50))
		}
		return grow(file, i)
	})
}
