package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// Rows and bars are clicked on; a second click opens them.
func TestMouse(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.Mouse = true
	if s.View().MouseMode == tea.MouseModeNone {
		t.Error("clicks are not asked for")
	}
	click := func(x, y int) { s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
	s.press("'g")
	click(20, 4+7)
	if s.at() != 8 {
		t.Errorf("at line %d", s.at())
	}
	for range 5 {
		s.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	}
	if s.at() != 23 {
		t.Errorf("after the wheel at line %d", s.at())
	}
	click(20, 4)
	at := s.at()
	if click(20, 4); s.mode() != keys.Details || s.at() != at {
		t.Errorf("a second click: %s at %d", s.mode(), s.at())
	}
	s.press("esc")
	click(70, 1) // the newest bar but one
	if s.mode() != keys.Strip {
		t.Fatalf("mode %s", s.mode())
	}
	click(70, 1)
	if m, _, _ := s.scope().tally.matched(0); m.N != 60 {
		t.Errorf("%v records in the bar", m)
	}
	click(79, 23)
	click(0, 0)
}

// Ctrl-c twice quits, once it says so.
func TestInterrupt(t *testing.T) {
	s := open(t, newShop(3), 80, 24, "")
	if s.interrupt() != nil || s.notice == "" {
		t.Error("once is enough, or says nothing")
	}
	if s.interrupt() == nil {
		t.Error("twice is not")
	}
}
