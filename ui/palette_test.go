package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// lined is a shop whose lines are counted: a record each.
type lined struct{ *shop }

func (l lined) AtLine(_ context.Context, _, line int64) (key session.Key, last int64, ok bool, err error) {
	last = int64(len(l.rows))
	if line > last {
		return key, last, false, nil
	}
	return l.rows[line-1].Key, last, true, nil
}

func (s *screen) tells(text string) {
	s.t.Helper()
	if f := s.frame(); !strings.Contains(f, text) {
		s.t.Errorf("not there: %s\n%s", text, f)
	}
}

func TestPaletteFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {40, 10}} {
		s := open(t, newShop(50), size.w, size.h, "")
		s.press("':", "'quit")
		s.golden(fmt.Sprintf("%dx%d-palette", size.w, size.h))
		s.press("ctrl+u", "'08:00:10")
		s.golden(fmt.Sprintf("%dx%d-palette-time", size.w, size.h))
	}
}

func TestPaletteGoesThere(t *testing.T) {
	f := func(text, says string, line int64) {
		t.Helper()
		s := open(t, lined{newShop(200)}, 100, 24, "")
		s.press("':", "'"+text)
		s.tells(says)
		s.press("enter")
		if s.box != nil || s.at() != line {
			t.Errorf("%s leads to line %d, not %d\n%s", text, s.at(), line, s.frame())
		}
	}
	f("08:00:10", "the first record from 2026-03-14 08:00:10 +00:00", 11)
	f("2026-03-14T08:01", "the first record from 2026-03-14 08:01:00 +00:00", 61)
	f("1773475230", "2026-03-14 08:00:30", 31)
	f("17", "line 17 of shop.log", 17)
	f(":17", "line 17 of shop.log", 17)
	f("yesterday", "2026-03-13 00:00:00", 1)
	f("bottom", "to the bottom, and follow", 200)
	f("top", "to the top", 1)
}

func TestPaletteSaysWhatIsWrong(t *testing.T) {
	f := func(text, says string) {
		t.Helper()
		s := open(t, lined{newShop(20)}, 100, 24, "")
		s.press("':", "'"+text, "enter")
		s.tells(says)
	}
	f("0", "lines are counted from 1")
	f("99", "shop.log has no line 99: the last is 20")
	f("25:99", "is no time")
	f("11:00", "there is not the first record from 2026-03-14 11:00:00")
	f("xyzzy", "no such command: xyzzy")
	f("level loud", "loud is no level")
	f("filter (", "Esc close")
	f("theme pink", "no theme pink; there are ")
}

func TestPaletteCommands(t *testing.T) {
	s := open(t, newShop(200), 100, 24, "")
	run := func(text string) {
		t.Helper()
		if s.press("':", "'"+text, "enter"); s.box != nil {
			t.Fatalf("%s: the palette is open still\n%s", text, s.frame())
		}
	}
	run("level error")
	if n, _, _ := s.scope().tally.matched(s.scope().level); n.N != 20 {
		t.Errorf("%d of level ERROR", n.N)
	}
	run("level all")
	run("filter service:payment")
	if s.scope().text() != "service:payment" {
		t.Errorf("filter %s", s.scope().text())
	}
	run("theme light")
	if s.Theme.Name != "light" || s.inks.levels != inksOf(s.Theme).levels {
		t.Errorf("theme %s", s.Theme.Name)
	}
	run("columns total,host")
	s.tells("columns: total, host")
	run("wra") // the best that fits
	if !s.Wrap {
		t.Error("wra is not wrap")
	}
	run("trace 5e0d78d4")
	if s.top().name != "t" || s.scope().text() != "trace.id:5e0d78d4" {
		t.Errorf("layer %q of %s", s.top().name, s.scope().text())
	}
	s.press("'q")
	s.press("':", "'", "up")
	s.tells(":trace 5e0d78d4")
	s.press("up")
	s.tells(":wra")
	s.press("down", "down")
	if s.box.(*paletteBox).text() != "" {
		t.Errorf("what was typed is %q", s.box.(*paletteBox).text())
	}
}

// The exact name comes first, then beginnings, words, what it does, letters.
func TestPaletteRanks(t *testing.T) {
	s := open(t, newShop(20), 100, 24, "")
	f := func(text, want string) {
		t.Helper()
		got := ""
		if list := ranked(s.palette(keys.Logs), text); len(list) > 0 {
			got = list[0].name
		}
		if got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
	f("q", "quit")
	f("w", "write")
	f("wrap", "wrap")
	f("save", "save")
	f("level", "level")
	f("nhi", "next-hit")
	f("next err", "next-error")
	f("stack", "") // nothing has it
}

func TestPaletteCompletes(t *testing.T) {
	s := open(t, newShop(20), 100, 24, "")
	f := func(typed, want string) {
		t.Helper()
		s.press("':", "'"+typed, "tab")
		if got := s.box.(*paletteBox).text(); got != want {
			t.Errorf("%s: %q, not %q", typed, got, want)
		}
		s.press("esc")
	}
	f("them", "theme ")
	f("theme li", "theme light")
	f("level f", "level fatal")
	dir := t.TempDir()
	touch(t, dir+"/errors.log")
	f("w "+dir+"/er", "w "+dir+"/errors.log")
	s.press("':", "'w "+dir+"/none", "tab")
	s.tells("nothing completes this")
}
