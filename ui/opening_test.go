package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/themes"
)

// opens is the screen of what there is to explore.
func opens(t *testing.T, width, height int, list ...Choice) *screen {
	t.Helper()
	m, err := NewOpening(t.Context(), Options{Theme: themes.Mono(), Location: time.UTC, Zone: "UTC", Now: func() time.Time { return noon }}, list)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{m, t}
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

var choices = []Choice{
	{Name: "prod", About: "/srv/shop/*.log · level >= WARN", Kind: "profile", Args: []string{"--profile", "prod"}},
	{Name: "shop.log", Kind: "file", Size: 3_412_000, ModTime: noon.Add(-3 * time.Minute), Args: []string{"shop.log"}},
	{Name: "/var/log/sys \x1b[31mlog", Kind: "file", Size: 812, ModTime: noon.Add(-50 * time.Hour), Args: []string{"/var/log/sys log"}},
	{Name: "/var/log/auth.log", About: "permission denied", Kind: "file", ModTime: noon},
	{Name: "/var/log", About: "all 2 logs of the folder", Kind: "folder", Args: []string{"/var/log"}},
	{Name: "demo", About: "a generated shop with an incident, live", Kind: "demo", Args: []string{"demo"}},
}

func TestOpeningFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {40, 10}} {
		opens(t, size.w, size.h, choices...).golden(fmt.Sprintf("%dx%d-opening", size.w, size.h))
	}
	opens(t, 80, 24).golden("80x24-opening-nothing")
}

func TestOpening(t *testing.T) {
	f := func(want []string, says string, press ...string) {
		t.Helper()
		s := opens(t, 100, 24, choices...)
		s.press(press...)
		if got := s.Chosen(); !slices.Equal(got, want) {
			t.Errorf("%q: %q", press, got)
		}
		s.tells(says)
	}
	f([]string{"--profile", "prod"}, "lx --profile prod", "enter")
	f([]string{"/var/log/sys log"}, "lx '/var/log/sys log'", "'jj", "enter")
	f([]string{"demo"}, "", "'/dem", "enter", "enter")
	f(nil, "/var/log/auth.log cannot be opened: permission denied", "'jjj", "enter")
	f(nil, "help  what there is to open", "'?")
	f(nil, "quit", "':q")
	for _, key := range []string{"esc", "'q"} {
		s := opens(t, 100, 24, choices...)
		code := tea.KeyPressMsg{Code: tea.KeyEscape}
		if key == "'q" {
			code = tea.KeyPressMsg{Code: 'q', Text: "q"}
		}
		_, cmd := s.Update(code)
		if _, quit := cmd().(tea.QuitMsg); !quit || s.Chosen() != nil {
			t.Errorf("%s does not leave", key)
		}
	}
}

// What is pasted where there is nothing to filter yet does nothing.
func TestOpeningPaste(t *testing.T) {
	s := opens(t, 80, 24, choices...)
	if s.send(tea.PasteMsg{Content: "order 7"}); s.box != nil {
		t.Errorf("%T is open", s.box)
	}
}
