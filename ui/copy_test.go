package ui

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/ui/clipboard"
)

// pasted is what a key copies.
func (s *screen) pasted(key string) string {
	s.t.Helper()
	r := []rune(key)[0]
	_, cmd := s.Update(tea.KeyPressMsg{Code: r, Text: key})
	return copyOf(s.t, cmd)
}

// copyOf is the text that a command hands to the clipboard.
func copyOf(t testing.TB, cmd tea.Cmd) string {
	t.Helper()
	if cmd == nil {
		return ""
	}
	raw, ok := cmd().(tea.RawMsg)
	if !ok {
		return ""
	}
	_, text, _ := strings.Cut(fmt.Sprint(raw.Msg), ";c;")
	b, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(text, "\x07"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCopy(t *testing.T) {
	s := openRecord(t, rich(), 80, 24)
	s.Clipboard = clipboard.Env{Term: "xterm"}
	f := func(key, want string) {
		t.Helper()
		if got := s.pasted(key); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	f("y", rich().Body)
	s.press("'/http.status", "enter")
	f("y", "502")
	s.reads("copied http.status, 3 bytes")
	if got := s.pasted("Y"); !strings.HasPrefix(got, `{"timestamp":"2026-03-14T08:00:07.048120000Z","time_guessed":"year",`) {
		t.Error(got)
	}
	s.press("esc")
	f("y", string(rich().Raw))
	s.press("'vjj")
	f("y", string(rich().Raw)+"order 8 accepted\norder 9 accepted\n")
	if got := s.pasted("Y"); strings.Count(got, "\n") != 2 || !strings.Contains(got, `"body":"order 9 accepted"`) {
		t.Error(got)
	}
	s.reads("copied 3 records as JSON")
}

func TestCopyThatTheTerminalDoesNotTake(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	r := rich()
	r.Raw, r.Marks = []byte(strings.Repeat("x", clipboard.Limit+1)), logs.Cut
	s := open(t, withRecord(r), 120, 24, "")
	s.Clipboard = clipboard.Env{Term: "xterm"}
	s.press("'gjjjjjjjy")
	_, path, _ := strings.Cut(s.notice, "written to ")
	path, _, _ = strings.Cut(path, " ")
	if b, err := os.ReadFile(path); err != nil || len(b) != len(r.Raw) {
		t.Errorf("%q: %d bytes, %v", s.notice, len(b), err)
	}
	if !strings.Contains(s.notice, "74995 bytes are more than terminals take") {
		t.Error(s.notice)
	}
}

// A selection that reaches beyond what is loaded is copied whole, upwards and downwards.
func TestCopyOfALongSelection(t *testing.T) {
	for _, keys := range [][]string{{"'gv", "'G"}, {"'Gv", "'g"}} {
		x := newShop(2000)
		for i, r := range x.rows {
			r.Record.Raw = fmt.Appendf(nil, "raw %d\n", i+1)
		}
		s := open(t, x, 80, 24, "")
		s.Clipboard = clipboard.Env{Term: "xterm", Limit: 1 << 20}
		for _, k := range keys {
			s.press(k)
		}
		if !s.scope().beyond() || !strings.Contains(s.frame(), "+ selected") {
			t.Fatalf("all is loaded:\n%s", s.frame())
		}
		msg := s.copyRows()()
		if text := copyOf(t, msg.(selectedMsg).answer(s.Model)); strings.Count(text, "\n") != 2000 || !strings.HasPrefix(text, "raw 1\n") || !strings.HasSuffix(text, "raw 2000\n") {
			t.Errorf("%v: %d lines, %.20q", keys, strings.Count(text, "\n"), text)
		}
	}
}
