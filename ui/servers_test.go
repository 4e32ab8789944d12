package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// asked is a screen over a server that holds numbered records, and others.
func askedServer(t *testing.T, n, width, height int, filter string, others ...sources.Source) (*screen, *sourcetest.Paged) {
	t.Helper()
	p := sourcetest.NewPaged("prod", sourcetest.Records(numbered(0, n))...)
	p.PageSize = 500
	x := running(t, append([]sources.Source{p}, others...)...)
	known(t, x)
	return open(t, x, width, height, filter), p
}

// known waits until each source has said what it is.
func known(t *testing.T, x timed) {
	t.Helper()
	for {
		changed, all := x.Changed(), true
		for _, h := range x.Health() {
			all = all && h.Kind != ""
		}
		if all {
			return
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal("a source does not say what it is")
		}
	}
}

// held is what a screen shows while the server does not answer: the commands of do are
// under way. finish lets it answer, and runs them to their end.
func (s *screen) held(p *sourcetest.Paged, do func() tea.Cmd) (finish func()) {
	s.t.Helper()
	release := p.Hold()
	msgs := make(chan tea.Msg)
	running := 0
	var start func(cmd tea.Cmd)
	start = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		running++
		go func() { msgs <- cmd() }()
	}
	tick := s.tick
	s.tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	start(do())
	take := func(msg tea.Msg) {
		running--
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				start(c)
			}
			return
		}
		_, cmd := s.Update(msg)
		start(cmd)
	}
	for {
		select {
		case msg := <-msgs:
			take(msg)
			continue
		case <-time.After(50 * time.Millisecond):
		}
		break
	}
	return func() {
		s.tick = tick
		release()
		for running > 0 {
			take(<-msgs)
		}
	}
}

func TestAskingIsSaid(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}} {
		s, p := askedServer(t, 2000, size.w, size.h, "")
		s.frame()
		_ = p
		t.Log("\n" + s.frame())
		fin := s.held(p, func() tea.Cmd { return s.jump(session.FirstKey) })
		t.Log("\n" + s.frame())
		fin()
		t.Log("\n" + s.frame())
		p.Fail(errors.New("503 Service Unavailable"))
		s.came()
		t.Log("\n" + s.frame())
		s.press("'G")
		t.Log("\n" + s.frame())
		p.Fail(nil)
		s.came()
		s.press("'R")
		if strings.Contains(s.frame(), "503") {
			t.Error("still")
		}
	}
}

// A search over a server looks through what is here, then has more fetched, and says
// that there is no hit when it has seen the end, not before.
func TestSearchFetchesOn(t *testing.T) {
	s, p := askedServer(t, 3000, 80, 24, "")
	trips := p.Trips()
	f := func(want int, keys ...string) {
		t.Helper()
		s.press(keys...)
		s.stands(t, want)
		if got := p.Trips(); got != trips && want >= 2950 {
			t.Errorf("%v: %d questions for what was here", keys, got-trips)
		}
	}
	f(2999, "'/n2990", "enter")
	if !strings.Contains(s.notice, "no hit below") {
		t.Errorf("the end is here: %s", s.notice)
	}
	f(2990, "'N")
	f(2990, "'/n7 ", "enter") // below there is none
	f(7, "'N")
	if p.Trips() < trips+5 {
		t.Errorf("found after %d questions", p.Trips()-trips)
	}
	f(7, "'N")
	if !strings.Contains(s.notice, "no hit above") {
		t.Errorf("the top is here: %s", s.notice)
	}
	s, _ = askedServer(t, 3000, 80, 24, "")
	s.press("'g", "'/n2000 ")
	if s.stands(t, 20); !strings.Contains(s.notice, "not among what is fetched · Enter searches on") {
		t.Errorf("while it is typed nothing is fetched: %s", s.notice)
	}
	f(2000, "enter")
}

// A search tells how far it is, stops at Ctrl-c, turns into a filter, and does not say
// "no hit" where the server does not answer.
func TestSearchUnderWay(t *testing.T) {
	begun := func() (s *screen, p *sourcetest.Paged, answer func()) {
		s, p = askedServer(t, 3000, 80, 24, "")
		s.press("'g", "'/nothing")
		m := s.held(p, func() tea.Cmd {
			_, cmd := s.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
			return cmd
		})
		return s, p, m
	}
	s, _, answer := begun()
	s.tells("searching 55 of 3,000 · Ctrl-c stops · Ctrl-t as filter (asks the server)")
	s.press("ctrl+c")
	s.tells("search stopped")
	answer()
	if s.search.running() || strings.Contains(s.frame(), "no hit") {
		t.Errorf("it goes on:\n%s", s.frame())
	}

	s, _, answer = begun()
	s.press("ctrl+t")
	if b, ok := s.box.(*filterBox); !ok || b.text() != "*nothing*" {
		t.Errorf("Ctrl-t opens %T", s.box)
	}
	answer()

	s, p, answer := begun()
	p.Fail(errors.New("503 Service Unavailable"))
	answer()
	if f := s.frame(); !strings.Contains(f, "no further") || strings.Contains(f, "no hit") {
		t.Errorf("it failed:\n%s", f)
	}
	p.Fail(nil)
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.press("'n")
	s.tells("no hit below")
}
