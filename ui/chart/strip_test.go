package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/themes"
)

func TestStrip(t *testing.T) {
	gap := shop(60)
	gap.Mark(gap.Start(40), gap.Start(43), Unknown)
	down := shop(60)
	down.Mark(down.Start(57), down.Start(60), Unknown)
	for name, g := range signs {
		lines := []string{}
		for _, width := range []int{80, 46, 21, 12, 120} {
			lines = append(lines,
				Strip{Label: "all", Series: shop(60), Cursor: -1}.Line(theme, g, width),
				Strip{Label: "ERROR", Series: shop(60), Least: logs.Error.Level(), Cursor: -1}.Line(theme, g, width))
		}
		lines = append(lines,
			Strip{Label: "match", Series: gap, Cursor: -1}.Line(theme, g, 80),
			Strip{Label: "all", Series: down, Cursor: -1}.Line(theme, g, 80),
			Strip{Label: "too long", Series: shop(99), Cursor: -1}.Line(theme, g, 80),
			Strip{Label: "none", Cursor: -1}.Line(theme, g, 80))
		golden(t, "strip-"+name, lines)
	}
}

func counts(step int64, n ...int64) *Series {
	s := &Series{Step: step, Columns: make([]Column, len(n))}
	for i := range n {
		s.Columns[i].Levels[3] = n[i]
	}
	return s
}

func TestStripBars(t *testing.T) {
	f := func(want string, n ...int64) {
		t.Helper()
		if got := ansi.Strip(Strip{Series: counts(1, n...), Cursor: -1}.Line(theme, themes.Unicode(), len(n))); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	f(" ▁▂▃▄▅▆▇█", 0, 1, 2, 3, 4, 5, 6, 7, 8)
	f(" ▁▄█", 0, 1, 500, 1000) // one of a thousand is not nothing
	f("▁ ▂", 1, 0, 2)          // a few records are drawn as few
	f("   ", 0, 0, 0)
	f("█▁", math.MaxInt64, 1)
	f("█ ", 9, -4)
}

func TestStripRate(t *testing.T) {
	f := func(want string, s *Series, states ...State) {
		t.Helper()
		for i, st := range states {
			s.Columns[i].State = st
		}
		line := ansi.Strip(Strip{Series: s, Cursor: -1}.Line(theme, themes.Unicode(), 60))
		if !strings.HasSuffix(line, " "+want) {
			t.Errorf("%q, want %s at its end", line, want)
		}
	}
	f("412/min", counts(1, 5, 412))
	f("412/min", counts(1, 412, 3), Known, Unfinished)
	f("?/min", counts(1, 412, 3), Unknown, Unfinished)
	f("?/min", counts(1, 3), Unfinished)
	f("?/min", counts(1))
	f("0/min", counts(1, 0))
	f("82/min", counts(5, 412))
	f("0.4/min", counts(5, 2))
	f("<0.1/min", counts(1440, 2))
	f("9.2E/min", counts(1, math.MaxInt64))
}

func TestShort(t *testing.T) {
	f := func(n float64, want string) {
		t.Helper()
		if got := Short(n); got != want {
			t.Errorf("%v: %s, want %s", n, got, want)
		}
	}
	f(0, "0")
	f(-3, "0")
	f(0.04, "<0.1")
	f(0.05, "0.1")
	f(1, "1")
	f(1.25, "1.2")
	f(9.94, "9.9")
	f(9.97, "10")
	f(412, "412")
	f(999.4, "999")
	f(999.6, "1.0k")
	f(4120, "4.1k")
	f(41200, "41k")
	f(999_600, "1.0M")
	f(1e30, "lots")
	f(math.Inf(1), "lots")
	f(math.NaN(), "0")
}

func TestStripLooks(t *testing.T) {
	// What is laid over which column, told by the sequences of the plain theme.
	f := func(want string, s Strip) {
		t.Helper()
		s.Series = counts(1, 8, 8, 8, 8)
		if got := s.Line(themes.Mono(), themes.Unicode(), 4); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f("████", Strip{Cursor: -1})
	f("█\x1b[7m█\x1b[m██", Strip{Cursor: 1})
	f("█\x1b[7m██\x1b[m█", Strip{Cursor: -1, Selected: Range{1, 3}})
	f("\x1b[7m█\x1b[m█\x1b[7m█\x1b[m█", Strip{Cursor: 1, Selected: Range{-4, 3}})
	f("█\x1b[4;4m███\x1b[m", Strip{Cursor: -1, Shown: Range{1, 9}})
	f("█\x1b[4;4m█\x1b[m\x1b[4;7;4m█\x1b[m\x1b[4;4m█\x1b[m", Strip{Cursor: 2, Shown: Range{1, 9}})
	grey := *theme
	grey.Selected = lipgloss.NewStyle().Background(lipgloss.BrightBlack)
	both := Strip{Series: counts(1, 8, 8), Style: theme.Levels[5], Selected: Range{0, 2}, Cursor: 1}
	if got := both.Line(&grey, themes.Unicode(), 2); got != "\x1b[31;100m█\x1b[m\x1b[7;31;100m█\x1b[m" {
		t.Errorf("the cursor in a selection with a background: %q", got)
	}
	s := Strip{Dimmed: true, Style: theme.Levels[5], Series: counts(1, 8), Cursor: -1}
	if got := s.Line(theme, themes.Unicode(), 1); got != "\x1b[90m█\x1b[m" {
		t.Errorf("dimmed: %q", got)
	}
}

func TestStripWidth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		width := r.IntN(501)
		s := Strip{Label: "日本語 \x1b[2J", Series: random(r), Least: logs.Level(r.IntN(7)), Dimmed: r.IntN(2) > 0, Shown: Range{r.IntN(9) - 2, r.IntN(400)}, Selected: Range{r.IntN(400), r.IntN(400)}, Cursor: r.IntN(400) - 2}
		g := anySigns(r)
		exact(t, fmt.Sprintf("%d columns", len(s.Columns)), width, s.Line(theme, g, width))
	}
	exact(t, "less than nothing", 0, Strip{}.Line(theme, themes.Unicode(), -4))
}

func TestStripColumn(t *testing.T) {
	if n := StripColumns(80); n != 63 {
		t.Errorf("80 cells have %d bars, want 63", n)
	}
	f := func(x, n, want int) {
		t.Helper()
		if got := StripColumn(x, 80, n); got != want {
			t.Errorf("cell %d of %d columns: %d, want %d", x, n, got, want)
		}
	}
	f(7, 60, -1)
	f(8, 60, 0)
	f(67, 60, 59)
	f(68, 60, -1)
	f(8, 100, 37)
	f(70, 100, 99)
	f(71, 100, -1)
}

func BenchmarkStrip(b *testing.B) {
	s := Strip{Label: "all", Series: shop(200), Shown: Range{150, 200}, Cursor: 170}
	s.Mark(s.Start(40), s.Start(43), Unknown)
	b.ReportAllocs()
	for b.Loop() {
		s.Line(theme, themes.Unicode(), 217)
	}
}
