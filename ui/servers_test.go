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
