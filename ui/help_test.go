package ui

import (
	"strings"
	"testing"

	"github.com/lxlog/lx/ui/keys"
)

func TestHelpFrames(t *testing.T) {
	s := open(t, newShop(50), 80, 24, "")
	s.press("'?")
	s.golden("80x24-help")
	s = open(t, newShop(50), 120, 36, "")
	s.press("'?", "'/level", "enter")
	s.golden("120x36-help")
	s = open(t, newShop(50), 40, 10, "")
	s.press("'?")
	s.golden("40x10-help")
}

func TestHelpListsTheKeysOfItsView(t *testing.T) {
	s := open(t, newShop(50), 100, 200, "")
	f := func(has bool, text string) {
		t.Helper()
		if strings.Contains(s.frame(), text) != has {
			t.Errorf("%q: not %v in\n%s", text, has, s.frame())
		}
	}
	s.press("'?")
	f(true, "help  the list of records")
	f(true, "the bottom, and follow")
	s.press("'?")
	if s.mode() != keys.Logs {
		t.Fatalf("a second ? leaves %s", s.mode())
	}
	s.press("enter", "'H")
	f(true, "help  the details of a record")
	s.press("'q")
	if s.mode() != keys.Details {
		t.Errorf("q goes back to %s", s.mode())
	}
}

// Every key of every mode is in the help of that mode, and no other is.
func TestHelpIsWhole(t *testing.T) {
	all := keys.Default()
	for _, mode := range keys.Views {
		shown := map[string]bool{}
		for _, b := range ownKeys(all, mode) {
			for _, e := range b.entries {
				for key := range strings.FieldsSeq(e.keys) {
					shown[key] = true
				}
			}
		}
		n := 0
		for _, b := range all.Bindings(mode) {
			for _, k := range b.Keys {
				if n++; !shown[keys.Show(k)] {
					t.Errorf("%s: %s is not in the help", mode, k)
				}
			}
		}
		if len(shown) != n {
			t.Errorf("%s: %d keys in the help, of %d", mode, len(shown), n)
		}
	}
}

func TestHelpIsNarrowedWhileTyping(t *testing.T) {
	s := open(t, newShop(50), 80, 24, "")
	s.press("'?", "'/", "'bookm")
	f := s.frame()
	if !strings.Contains(f, "the next bookmark") || strings.Contains(f, "half a page down") || !strings.Contains(f, "Enter keep") {
		t.Errorf("not narrowed:\n%s", f)
	}
	s.press("esc")
	if f := s.frame(); !strings.Contains(f, "half a page down") || s.mode() != keys.Help {
		t.Errorf("not as before:\n%s", f)
	}
	s.press("'/", "'nothing has this", "enter")
	if f := s.frame(); !strings.Contains(f, "no key and no word") {
		t.Errorf("nothing is said of nothing:\n%s", f)
	}
	s.press("esc")
	if f := s.frame(); !strings.Contains(f, "half a page down") {
		t.Errorf("Esc does not show all again:\n%s", f)
	}
}

func TestHelpShowsTheUsersKeys(t *testing.T) {
	s := open(t, newShop(5), 100, 200, "")
	s.Keys, _ = keys.Default().With(map[keys.Mode]map[keys.Action][]string{keys.Logs: {keys.Wrap: {"W", "ctrl+w"}}})
	s.press("'?")
	if f := s.frame(); !strings.Contains(f, "W Ctrl-w") || !strings.Contains(f, "wrap long lines  yours") {
		t.Errorf("the user's keys are not told:\n%s", f)
	}
}

func TestHelpScrollsToItsEnd(t *testing.T) {
	s := open(t, newShop(5), 80, 24, "")
	s.press("'?")
	for range 20 {
		s.press("pgdown")
	}
	if f := s.frame(); !strings.Contains(f, "while something is typed") {
		t.Errorf("the end is not reached:\n%s", f)
	}
	s.press("'g")
	if f := s.frame(); !strings.Contains(f, " move") {
		t.Errorf("not at the top:\n%s", f)
	}
}
