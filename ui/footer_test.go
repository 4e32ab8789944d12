package ui

import (
	"strings"
	"testing"
)

// Where there is no row the footer names no key that is about one; at the root q quits.
func TestFooterWithoutRows(t *testing.T) {
	f := func(keys string, without, with []string) {
		t.Helper()
		s := open(t, newShop(30), 200, 50, "service:nobody")
		s.press("'" + keys)
		lines := strings.Split(strings.TrimRight(s.frame(), "\n"), "\n")
		foot := lines[len(lines)-1]
		for _, text := range without {
			if strings.Contains(foot, text) {
				t.Errorf("%s: %q is in %s", keys, text, foot)
			}
		}
		for _, text := range with {
			if !strings.Contains(foot, text) {
				t.Errorf("%s: no %q in %s", keys, text, foot)
			}
		}
	}
	f("", []string{"Enter", "search", "trace", "context", "newest"}, []string{"& filter", "q quit", "? keys"})
	f("3", []string{"Enter", "search", "sort"}, []string{"& filter", "Esc close"})
	f("9", []string{"Enter", "search", "sort", "remove", "copy"}, []string{"& filter", "Esc close"})
	f("S", nil, []string{"Enter records", "Esc close"})
	f("X", nil, []string{"Enter details", "t trace", "Esc close"})
}

// Enter takes the offer of an empty screen in the views that show it, too.
func TestOffersOfOtherViews(t *testing.T) {
	for _, view := range []string{"'3", "'5"} {
		s := open(t, &whyShop{shop: newShop(30)}, 80, 24, "")
		s.press("'&xyzzy and level:INFO", "enter")
		s.press(view)
		if !strings.Contains(s.frame(), "Enter   without xyzzy") {
			t.Fatalf("%s: no offer:\n%s", view, s.frame())
		}
		s.press("enter")
		if got := s.scope().text(); got != "level:INFO" {
			t.Errorf("%s: Enter made the filter %q", view, got)
		}
	}
}

// Context is of what a filter leaves out: without one there is nothing to show.
func TestContextWithoutFilter(t *testing.T) {
	s := open(t, newShop(30), 80, 24, "")
	s.press("'..")
	if s.scope().context != 0 || !strings.Contains(s.frame(), "no filter: no record is left out") {
		t.Errorf("context %d:\n%s", s.scope().context, s.frame())
	}
	s.press("'&service:payment", "enter", "'..", "'&", "ctrl+u", "enter")
	for _, it := range s.scope().items {
		if it.apart || it.context {
			t.Fatal("records stand apart where none is left out")
		}
	}
}

// What a question has no room for stands in the line below it; what is selected is counted.
func TestNarrowPrompts(t *testing.T) {
	for _, key := range []string{"'L", "'r"} {
		s := open(t, newShop(30), 40, 10, "")
		s.press(key)
		for _, c := range s.box.(*prompt).choices {
			if !strings.Contains(s.frame(), " "+c.key+" "+c.text) {
				t.Errorf("%s: no %q:\n%s", key, c.text, s.frame())
			}
		}
	}
}

func TestSelectionIsCounted(t *testing.T) {
	s := open(t, newShop(30), 80, 24, "")
	s.press("'vkk")
	if f := s.frame(); !strings.Contains(f, "3 selected · ") || !strings.Contains(f, " y copy  Esc select none ") {
		t.Errorf("it does not say what is selected:\n%s", f)
	}
	s.press("esc")
	if f := s.frame(); strings.Contains(f, "select") {
		t.Errorf("it is still selected:\n%s", f)
	}
}

// With the focus on the strip the bar under the cursor is explained.
func TestStripSaysItsBar(t *testing.T) {
	s := open(t, newShop(130), 80, 24, "")
	s.press("tab", "'h")
	if f := s.frame(); !strings.Contains(f, "▲ 08:01  60 records") {
		t.Errorf("the bar is not explained:\n%s", f)
	}
}
