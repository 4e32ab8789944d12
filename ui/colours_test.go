package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/themes"
)

// Frames of each theme with their colours: in a terminal `cat` shows how they look.
func TestThemeFrames(t *testing.T) {
	for _, theme := range themes.All() {
		t.Run(theme.Name, func(t *testing.T) {
			f := func(name string, keys ...string) {
				t.Helper()
				s := open(t, newShop(200), 80, 24, "")
				s.Theme, s.inks = theme, inksOf(theme)
				s.press(append([]string{"home", "down", "down", "down"}, keys...)...)
				s.coloured(theme.Name + "-" + name)
			}
			f("logs", "'/timed", "enter", "'v", "down")
			f("fault", "'&level >= ERROR and (")
			f("empty", "'&level:ERROR and service:orders", "enter")
			f("prompt", "'L")
			f("details", "enter")
			f("fields", "'5")
			f("levels", "'3")
			f("histogram", "'i")
			f("sources", "'S")
			f("help", "'?")
		})
	}
}

// coloured compares the frame with its escape sequences with the one in testdata/themes.
func (s *screen) coloured(name string) {
	s.t.Helper()
	got := s.View().Content + "\n"
	path := filepath.Join("testdata", "themes", name+".ansi")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if got == string(b) {
		return
	}
	lines, want := strings.Split(got, "\n"), strings.Split(string(b), "\n")
	for i := range max(len(lines), len(want)) {
		a, b := "", ""
		if i < len(lines) {
			a = lines[i]
		}
		if i < len(want) {
			b = want[i]
		}
		switch {
		case a == b:
		case ansi.Strip(a) == ansi.Strip(b):
			s.t.Errorf("%s: line %d has other colours:\n%q\nnot\n%q", name, i+1, a, b)
		default:
			s.t.Errorf("%s: line %d is\n%s\nnot\n%s", name, i+1, ansi.Strip(a), ansi.Strip(b))
		}
	}
}

// With signs of ASCII the screen is ASCII, as long as the records are.
func TestASCIIFrames(t *testing.T) {
	x := newShop(200)
	for _, r := range x.rows {
		r.Record.Body = strings.ToValidUTF8(strings.ReplaceAll(r.Record.Body, "日本語", ""), "")
	}
	x.health = append(x.health, session.Health{Source: "missing.log", State: session.Ended, Text: "missing.log: " + strings.Repeat("no such file ", 20)})
	for _, width := range []int{40, 80, 160} {
		f := func(keys ...string) {
			t.Helper()
			s := open(t, x, width, 24, "")
			s.Glyphs, s.plainer = themes.ASCII(), plainer(themes.ASCII())
			s.press(keys...)
			for i, l := range strings.Split(ansi.Strip(s.View().Content), "\n") {
				if strings.ContainsFunc(l, func(r rune) bool { return r > '~' }) {
					t.Errorf("%d, %v: line %d is %q", width, keys, i, l)
				}
			}
		}
		f()
		f("'k", "'v", "'k")
		f("'&level >= ERROR and (")
		f("'&level:ERROR and service:orders", "enter")
		f("'L")
		f("'r08:00")
		f("'r08:00 to 08:01", "enter", "'x")
		f("home", "down", "down", "down", "enter")
		f("'p")
		f("'5")
		f("'3")
		f("'i")
		f("'S")
		f("'?")
		f("'/timed", "enter")
		f("':")
		f("'+")
		f("esc")
	}
}
