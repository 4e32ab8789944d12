package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
)

// A pipe says when it ended, and what to do where none of its records has a time.
func TestHeaderOfAPipe(t *testing.T) {
	f := func(state sources.State, timed bool, width int, want string) {
		t.Helper()
		x := newShop(20)
		x.health = []session.Health{{Source: "-", Kind: "pipe", State: state, Since: noon.Add(2*time.Minute + 3*time.Second).UnixNano()}}
		if !timed {
			for _, r := range x.rows {
				r.Record.Time = logs.NoTime
			}
		}
		s := open(t, x, width, 24, "")
		if got, _, _ := strings.Cut(s.frame(), "\n"); !strings.HasPrefix(got, want) {
			t.Errorf("the header is %q, not %q", got, want)
		}
	}
	f(session.Live, true, 80, " ● pipe live      ")
	f(session.Live, false, 80, " ● pipe live  no times: kubectl logs --timestamps  ")
	f(session.Ended, true, 80, " - pipe ended 12:02:03      ")
	f(session.Ended, false, 100, " - pipe ended 12:02:03  no times: kubectl logs --timestamps  ")
	f(session.Live, false, 50, " ● pipe live      ")
}

// The newest record's day is said where it is not this one and there is room; a source in trouble leaves room for the others.
func TestHeaderSaysTheDay(t *testing.T) {
	s := open(t, newShop(20), 80, 24, "")
	f := func(day int, width int, want string) {
		t.Helper()
		s.Now = func() time.Time { return noon.AddDate(0, 0, day) }
		s.resize(width, 24)
		if got, _, _ := strings.Cut(s.frame(), "\n"); !strings.HasSuffix(strings.TrimSpace(got), want) {
			t.Errorf("%d days on the header is %q, not %q", day, got, want)
		}
	}
	f(0, 80, "records · 08:00:19 UTC")
	f(1, 80, "20 records · 03-14 08:00:19 UTC")
	f(1, 59, "20 records · UTC")
}

func TestHeaderOfTroubleAndProgress(t *testing.T) {
	x := newShop(20)
	x.health = []session.Health{
		{Source: "/srv/gone.log", State: session.Trouble, Text: "/srv/gone.log: no such file: it is waited for until it is there"},
		{Source: "big.log", State: session.CatchingUp, Read: 19, Size: 100},
	}
	got, _, _ := strings.Cut(open(t, x, 100, 24, "").frame(), "\n")
	for _, want := range []string{"! a gone.log no such file", "◌ b big.log catching up 19 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

// Where there is no room for how a source is, it is named at least.
func TestHeaderNamesSources(t *testing.T) {
	x := newShop(30)
	x.health = []session.Health{
		{Source: "127.0.0.1:9280", Kind: server, State: session.Live, Lag: 2 * time.Second, Late: 36},
		{Source: "search:9200", Kind: server, State: session.Live},
	}
	f := func(width int, want string) {
		t.Helper()
		s := open(t, serverShop{x}, width, 24, "")
		if got, _, _ := strings.Cut(s.frame(), "\n"); !strings.HasPrefix(got, want) {
			t.Errorf("%d cells: %q, not %q", width, got, want)
		}
	}
	f(120, " ● a 127.0.0.1:9280 live, 1 s+ behind, 36 late  ● b search:9200 live  ")
	f(80, " ● a 127.0.0.1:9280 live, 1 s+ behind  +1 ●  ")
	f(66, " ● a 127.0.0.1:9280 live  +1 ●  ")
	f(60, " ● a 127.0.0.1:9280  +1 ●  ")
}
