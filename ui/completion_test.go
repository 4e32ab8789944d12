package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/complete"
)

// bar is the filter bar that is open.
func (s *screen) bar() *filterBox {
	s.t.Helper()
	b, ok := s.box.(*filterBox)
	if !ok {
		s.t.Fatalf("the filter bar is not open, but %T", s.box)
	}
	return b
}

func TestCompletionByKeys(t *testing.T) {
	f := func(keys, want string) {
		t.Helper()
		s := open(t, fieldShop(300), 80, 24, "")
		s.press("'&")
		for k := range strings.FieldsSeq(keys) {
			s.press(strings.ReplaceAll(k, "_", " "))
		}
		b := s.bar()
		text := b.text()[:b.offset()] + "|" + b.text()[b.offset():]
		if text != want {
			t.Errorf("%s: %q, not %q", keys, text, want)
		}
	}
	f("'serv tab", "service|")
	f("'serv tab tab", "service:|")
	f("'serv tab tab 'p tab", "service:payment|")
	f("'service: tab", "service:orders|")
	f("'service: tab tab", "service:payment|")
	f("'service: tab shift+tab", "service:*|")
	f("'service: tab tab tab tab", "service:orders|")
	f("'service: tab esc", "service:|")
	f("'service: tab '_and_lev tab", "service:orders and level:|")
	f("'user.name:ann tab", "user.name:anna|")
	f("tab", "|")
	f("'zzzz tab", "zzzz|")
	f("'!x", "not x|")
	f("'a! ", "a!|")
	f("'level_>=_er tab", "level >= ERROR|")
}

func TestCompletionOpensAndCloses(t *testing.T) {
	s := open(t, fieldShop(300), 80, 24, "")
	shown := func(want string, is bool) {
		t.Helper()
		if got := strings.Contains(s.frame(), want); got != is {
			t.Errorf("%q is shown: %v\n%s", want, got, s.frame())
		}
	}
	s.press("'&")
	shown("log.level", false)
	s.press("tab")
	shown("log.level", true)
	s.press("esc")
	shown("log.level", false)
	s.press("'service:")
	shown("│ orders   270            │", true)
	s.press("'payment ")
	if s.bar().open {
		t.Error("a list of and, or while one types")
	}
	s.press("esc")
	if s.box != nil {
		t.Error("Esc did not close the bar")
	}
	s.press("'&", "'ser", "enter")
	if s.box != nil || s.scope().text() != "ser" {
		t.Errorf("Enter applied %q, not what was typed", s.scope().text())
	}
}

func TestCompletionBeforeAnythingIsKnown(t *testing.T) {
	s := open(t, fieldShop(300), 80, 24, "")
	_, cmd := s.Update(tea.KeyPressMsg{Code: '&', Text: "&"}) // what is gathered comes later
	s.press("'tr")
	if f := s.frame(); !strings.Contains(f, "trace_id") {
		t.Errorf("no names of core fields:\n%s", f)
	}
	s.press("ctrl+u", "'user")
	if f := s.frame(); strings.Contains(f, "user.name") {
		t.Errorf("what is not known is proposed:\n%s", f)
	}
	s.press("backspace")
	s.run(cmd)
	s.press("'r")
	if f := s.frame(); !strings.Contains(f, "user.name") {
		t.Errorf("what was gathered is not proposed:\n%s", f)
	}
}

func TestCompletionFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {40, 10}, {12, 4}} {
		s := open(t, fieldShop(700), size.w, size.h, "")
		name := fmt.Sprintf("completion-%dx%d-", size.w, size.h)
		s.press("'&", "tab")
		s.golden(name + "fields")
		s.press("'service:payment and user.name:", "tab", "tab")
		s.golden(name + "values")
		s.Glyphs = themes.ASCII()
		s.press("esc", "ctrl+u", "'level ")
		s.golden(name + "operators")
	}
}

// What was typed is never lost, whatever is looked at in between.
func TestHistoryKeepsWhatWasTyped(t *testing.T) {
	s := open(t, newShop(50), 80, 24, "")
	s.press("'&order", "enter", "'&", "ctrl+u", "'timed", "enter", "'&", "ctrl+u", "'payment", "up", "up", "up")
	at := func(want string) {
		t.Helper()
		if got := s.bar().text(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	at("order")
	s.press("down", "down")
	at("payment")
	s.press("up", "' x")
	at("timed x")
	s.press("up")
	at("payment")
	s.press("down")
	at("timed x")
}

// A count that stands in the bar is that of the text in it.
func TestCountIsThatOfTheText(t *testing.T) {
	s := open(t, newShop(200), 80, 24, "")
	shown := func(want string) {
		t.Helper()
		lines := strings.Split(s.frame(), "\n")
		if bar := lines[len(lines)-3]; !strings.HasSuffix(bar, want) {
			t.Errorf("the bar is %q, not with %q", bar, want)
		}
	}
	s.press("'&")
	shown("200 of 200")
	var held []tea.Cmd
	for _, r := range "level:ERROR" {
		_, cmd := s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		held = append(held, cmd)
	}
	shown("counting")
	for _, cmd := range held {
		s.run(cmd)
	}
	shown("20 of 200")
	s.press("' and (")
	shown("(")
}

// What was typed before anything was known of the records is completed once it is; what was closed stays closed.
func TestCompletionComesLate(t *testing.T) {
	s := open(t, newShop(50), 80, 24, "")
	s.press("'&")
	s.dictionary = &dictionary{from: s.scope().from, to: s.scope().to, when: noon}
	known := gatheredMsg{of: s.dictionary, facets: complete.Facets{{Field: "total", Type: "number", Records: 50}}, done: true}
	s.press("'tot")
	b := s.box.(*filterBox)
	if b.open {
		t.Fatal("something is proposed, and nothing is known")
	}
	if s.send(known); !b.open {
		t.Error("nothing is proposed once it is known")
	}
	s.press("esc")
	if s.send(known); b.open {
		t.Error("what was closed is open again")
	}
}
