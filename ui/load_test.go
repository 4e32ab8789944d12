package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// A key that is pressed while rows are on their way counts more than they do.
func TestAnswersDoNotMoveTheCursor(t *testing.T) {
	x := newShop(500)
	all := x.rows
	x.rows = all[:300]
	s := open(t, x, 80, 24, "")
	late := s.load() // following: asks for the last rows
	s.press("'k")
	at, _ := s.scope().current()
	x.rows = all
	s.run(late)
	if now, _ := s.scope().current(); now.Key != at.Key {
		t.Errorf("paused at line %d, the cursor went to %d", at.Record.Line, now.Record.Line)
	}

	s.press("'G")
	for range 10 {
		s.press("'b")
	}
	late = s.load()
	for range 4 {
		s.scope().list.Move(-s.scope().list.Height) // keys for which no rows were wanting
	}
	at, _ = s.scope().current()
	s.run(late)
	if now, _ := s.scope().current(); now.Key != at.Key {
		t.Errorf("at line %d, the cursor went to %d", at.Record.Line, now.Record.Line)
	}
}

// Space and F pause what follows, G goes on.
func TestPause(t *testing.T) {
	x := newShop(100)
	x.health[0].State = session.Live
	s := open(t, x, 80, 24, "")
	for _, key := range []string{"' ", "'F", "'k"} {
		s.press("'G")
		if !s.scope().following {
			t.Errorf("before %q it does not follow", key)
		}
		if s.press(key); s.scope().following {
			t.Errorf("%q does not pause", key)
		}
	}
	if s.press("'F"); !s.scope().following {
		t.Error("F does not follow again")
	}
}

func TestSuspendAndRepaint(t *testing.T) {
	s := open(t, newShop(1), 80, 24, "")
	f := func(key rune, want tea.Msg) {
		t.Helper()
		_, cmd := s.Update(tea.KeyPressMsg{Code: key, Mod: tea.ModCtrl})
		if cmd == nil || cmd() != want {
			t.Errorf("ctrl+%c does nothing", key)
		}
	}
	f('z', tea.Suspend())
	f('l', tea.ClearScreen())
}

func TestCleanCut(t *testing.T) {
	f := func(in string, width int, want string) {
		t.Helper()
		if got := cleanCut(in, width); got != want {
			t.Errorf("%.40q in %d cells: %.60q, not %q", in, width, got, want)
		}
	}
	f("short", 10, "short")
	f("日本語", 5, "日本…")
	f("\x1b[31m", 10, `\x1b[31m`)
	f(strings.Repeat("x", 1<<20), 5, "xxxx…")
	f(strings.Repeat("日", 1<<20), 5, "日日…")
	f("", 0, "")
	if got := cleanCut("e"+strings.Repeat("\u0301", 1<<20), 5); len(got) > 1000 {
		t.Errorf("%d bytes are drawn into 5 cells", len(got))
	}
}

// What holds for a whole stream, such as a tag, is among the details.
func TestDetailsOfTheStream(t *testing.T) {
	x := newShop(1)
	x.rows[0].Record.Resource = &logs.Resource{Source: "forward:shop", Attrs: []logs.Attr{{Key: "tag", Value: logs.TextValue("shop.web")}}}
	s := open(t, x, 80, 24, "")
	s.press("enter")
	if f := s.frame(); !strings.Contains(f, "shop.web") {
		t.Errorf("the tag is missing:\n%s", f)
	}
}

// What a command before the pipe wrote on the screen goes once, when its first records are there.
func TestPipeIsDrawnAnewOnce(t *testing.T) {
	x := newShop(0)
	x.health[0].State = session.Live
	s := open(t, x, 80, 24, "")
	s.Piped = true
	repaints := func() (n int) {
		cmd := s.load()
		for cmd != nil {
			switch msg := cmd().(type) {
			case loadedMsg:
				cmd = s.took(msg)
				continue
			case tea.BatchMsg:
				n += len(msg)
			default:
				if msg == tea.ClearScreen() {
					n++
				}
			}
			cmd = nil
		}
		return n
	}
	if n := repaints(); n != 0 {
		t.Errorf("%d times without a record", n)
	}
	x.rows = newShop(3).rows
	if n := repaints(); n != 1 {
		t.Errorf("%d times at the first records", n)
	}
	if n := repaints(); n != 0 {
		t.Errorf("%d times again", n)
	}
}
