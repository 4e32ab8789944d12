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
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
)

func TestLevelsRow(t *testing.T) {
	f := func(want string, width int, l summary.ByLevel) {
		t.Helper()
		if got := ansi.Strip(LevelsRow(&l, 0, "", "1 h from 13:12", theme, width)); got != want+blanks(width-len(want)) {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
	l := summary.ByLevel{0: 3, 2: 540, 3: 4890, 4: 402, 5: 348}
	f(" ERR 348  5.6%  WRN 402  6.5%  INF 4,890  79.1%  DBG 540  8.7%  none 3  <0.1%  1 h from 13:12", 93, l)
	f(" ERR 348  5.6%  WRN 402  6.5%  INF 4,890  79.1%  DBG 540  8.7%  none 3  <0.1%", 92, l)
	f(" ERR 348  5.6%  WRN 402  6.5%  INF 4,890  79.1%  DBG 540  8.7%  +1", 76, l)
	f(" ERR 348  5.6%  +4", 20, l)
	f("", 13, l)
	f("", 0, l)
	f("  1 h from 13:12", 16, summary.ByLevel{})
	f("", 15, summary.ByLevel{})
	f(" INF 5  100%", 14, summary.ByLevel{3: 5, 4: -1})
	row := LevelsRow(&l, logs.Warn.Level(), "", "", theme, 80)
	for _, want := range []string{"\x1b[33mWRN 402", "\x1b[90mINF 4,890"} {
		if !strings.Contains(row, want) {
			t.Errorf("no %q in %q", want, row)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for width := range 501 {
		s := random(r)
		s.Columns = append(s.Columns, Column{})
		exact(t, "levels", width, LevelsRow(&s.Columns[0].Levels, logs.Level(r.IntN(7)), "", "日本 from \x1b[2J", theme, width))
		exact(t, "marked levels", width, LevelsRow(&s.Columns[0].Levels, 0, "without 日本\x1b[2J ", "1 h from 13:12 ", theme, width))
	}
	m := func(want string, width int) {
		t.Helper()
		if got := ansi.Strip(LevelsRow(&l, 0, "· without prod ", "1 h from 13:12 ", theme, width)); got != want {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
	m(" ERR 348  5.6%  WRN 402  6.5%  INF 4,890  79.1%  DBG 540  8.7%  none 3  <0.1%  1 h from 13:12 · without prod ", 109)
	m(" ERR 348  5.6%  +4       · without prod ", 40)
	m("          · without", 19)
}

func TestPercent(t *testing.T) {
	f := func(n, of int64, want string) {
		t.Helper()
		if got := Percent(n, of); got != want {
			t.Errorf("%d of %d: %s, want %s", n, of, got, want)
		}
	}
	f(0, 5, "0%")
	f(5, 0, "0%")
	f(5, 5, "100%")
	f(348, 6180, "5.6%")
	f(1, 100_000, "<0.1%")
	f(99_999, 100_000, ">99.9%")
	f(1, 2, "50.0%")
	f(math.MaxInt64/2, math.MaxInt64, "50.0%")
}

func TestBar(t *testing.T) {
	f := func(n, most int64, unicode, ascii string) {
		t.Helper()
		for want, g := range map[string]*themes.Glyphs{unicode: themes.Unicode(), ascii: themes.ASCII()} {
			if got := ansi.Strip(Bar(n, most, theme.Text, g, 4)); got != want {
				t.Errorf("%d of %d: %q, want %q", n, most, got, want)
			}
		}
	}
	f(0, 32, "    ", blanks(4))
	f(1, 32, "▏   ", "#   ")
	f(1, 1_000_000, "▏   ", "#   ")
	f(11, 32, "█▍  ", "#   ")
	f(12, 32, "█▌  ", "##  ")
	f(15, 32, "█▉  ", "##  ")
	f(32, 32, "████", "####")
	f(99, 32, "████", "####")
	f(3, 0, "    ", blanks(4))
	f(-3, 5, "    ", blanks(4))
	f(math.MaxInt64, math.MaxInt64, "████", "####")
}

func TestSparkline(t *testing.T) {
	f := func(want string, width int, counts ...int64) {
		t.Helper()
		if got := ansi.Strip(Sparkline(counts, theme.Text, themes.Unicode(), width)); got != want {
			t.Errorf("%d: %q, want %q", counts, got, want)
		}
	}
	f("▁▂▄█", 4, 1, 2, 4, 8)
	f("▁█  ", 4, 1, 1000)
	f("▃█", 2, 1, 2, 3, 5) // neighbours are added up
	f("    ", 4)
	f(" ", 1, 0, 0)
	f("", 0, 5)
	f("█", 1, math.MaxInt64, math.MaxInt64)
}

func slicesOf(t *themes.Theme, counts ...int64) (out []Slice) {
	for i, n := range counts {
		out = append(out, Slice{n, t.Levels[(6-i+7)%7], string("FEWIDT?"[i%7])})
	}
	return out
}

func TestPie(t *testing.T) {
	shares := []int64{0, 348, 402, 4890, 540}
	for name, g := range signs {
		for _, rows := range []int{5, 10, 18} {
			golden(t, fmt.Sprintf("pie-%s-%d", name, rows), Pie(slicesOf(theme, shares...), theme, g, 40, rows))
		}
	}
	golden(t, "pie-plain", Pie(slicesOf(themes.Mono(), shares...), themes.Mono(), themes.Unicode(), 40, 18))
	golden(t, "pie-one", Pie(slicesOf(theme, 0, 0, 7), theme, themes.Unicode(), 20, 10))
	golden(t, "pie-none", Pie(nil, theme, themes.Unicode(), 6, 3))
}

func TestPieTurnsFromTwelve(t *testing.T) {
	lines := Pie(slicesOf(theme, 25, 25, 25, 25), theme, themes.ASCII(), 20, 10)
	at := func(x, y int) byte { return ansi.Strip(lines[y])[x] }
	if got := string([]byte{at(11, 1), at(11, 8), at(8, 8), at(8, 1)}); got != "FEWI" {
		t.Errorf("clockwise from twelve: %s, want FEWI", got)
	}
}

func TestPieShares(t *testing.T) {
	// The dots are as many as the shares say, and nobody is left out.
	f := func(width, height int, counts ...int64) {
		t.Helper()
		of, total := slicesOf(theme, counts...), 0.0
		for _, n := range counts {
			total += float64(n)
		}
		d := newDisc(of, width, height, 1)
		have, dots := make([]int, len(of)), 0
		for _, s := range d.dots {
			if s != nothing {
				have[s]++
				dots++
			}
		}
		for i, n := range counts {
			want := float64(n) / total * float64(dots)
			if n > 0 && have[i] == 0 || n == 0 && have[i] > 0 || math.Abs(float64(have[i])-want) > 2+float64(dots)/40 {
				t.Errorf("%d: slice %d has %d of %d dots, want %.1f", counts, i, have[i], dots, want)
			}
		}
	}
	f(40, 40, 50, 30, 20)
	f(20, 20, 1, 1, 1_000_000)
	f(20, 20, 1_000_000, 1, 0, 1, 0)
	f(20, 20, 0, 0, 1)
	f(40, 40, math.MaxInt64, math.MaxInt64, 1)
	f(4, 4, 1, 1, 1, 1)
}

func TestPieOfOneColourForTwo(t *testing.T) {
	red := lipgloss.NewStyle().Foreground(lipgloss.Red)
	of := []Slice{{30, red, "F"}, {50, red, "E"}, {20, lipgloss.NewStyle(), "I"}}
	if all := strings.Join(Pie(of, theme, themes.Unicode(), 40, 20), ""); !strings.Contains(all, "▒") || !strings.Contains(all, "█") {
		t.Errorf("two slices in one colour are not told apart")
	}
}

func TestSharesSize(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 400 {
		width, height := r.IntN(501), r.IntN(101)
		if r.IntN(2) > 0 {
			width, height = r.IntN(30), r.IntN(10)
		}
		g := anySigns(r)
		th := []*themes.Theme{theme, themes.Mono()}[r.IntN(2)]
		counts := make([]int64, r.IntN(9))
		for i := range counts {
			counts[i] = r.Int64N([]int64{1, 3, math.MaxInt64}[r.IntN(3)]) - int64(r.IntN(2))
		}
		lines := Pie(slicesOf(th, counts...), th, g, width, height)
		if len(lines) != height {
			t.Fatalf("%d lines, want %d", len(lines), height)
		}
		exact(t, fmt.Sprintf("pie %dx%d", width, height), width, lines...)
		exact(t, "bar", width, Bar(r.Int64(), r.Int64(), th.Text, g, width))
		exact(t, "sparkline", width, Sparkline(counts, th.Text, g, width))
	}
	exact(t, "less than nothing", 0, Bar(1, 1, theme.Text, signs["ascii"], -1), Sparkline([]int64{1}, theme.Text, signs["ascii"], -1))
}
