package session_test

import (
	"errors"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

// What is here is counted while a searcher takes its time, and never passes for all there is.
func TestKnownTotals(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...)
	s, c := started(t, p, sourcetest.NewFile("a.log", "2024-05-01T10:00:00Z a\n2024-05-01T10:00:01Z b\n"))
	ok(t, s.Wait(t.Context()))
	v := view(t, s, "")
	f := func(want summary.Count, lacks string) {
		t.Helper()
		before := p.Trips()
		got, err := v.KnownTotals(t.Context())
		ok(t, err)
		source := ""
		for _, n := range got.Notes {
			source += n.Source
		}
		if got.Records != want || got.Levels.Total() != want.N || source != lacks || p.Trips() != before {
			t.Errorf("%s records of %d by level, without %q, after %d questions; want %s, without %q", got.Records, got.Levels.Total(), source, p.Trips()-before, want, lacks)
		}
	}
	f(summary.Count{N: 2, Certainty: summary.Counting}, "prod")

	release := p.Hold()
	counted := make(chan error)
	go func() {
		_, err := v.Totals(t.Context())
		counted <- err
	}()
	<-p.Held()
	f(summary.Count{N: 2, Certainty: summary.Counting}, "prod")
	release()
	ok(t, <-counted)
	f(summary.Count{N: 12}, "")

	p.Add(sourcetest.Records("2024-05-01T11:00:00Z new\n")...)
	c.pass(2 * time.Second)
	f(summary.Count{N: 12, Certainty: summary.Counting}, "")
	totals(t, v)
	f(summary.Count{N: 13}, "")

	p.Fail(errors.New("no route to host"))
	c.pass(2 * time.Second)
	totals(t, v)
	f(summary.Count{N: 2, Certainty: summary.AtLeast}, "prod")
	c.pass(2 * time.Second)
	f(summary.Count{N: 2, Certainty: summary.Counting}, "prod")
}

func totals(t *testing.T, v session.View) {
	t.Helper()
	_, err := v.Totals(t.Context())
	ok(t, err)
}
