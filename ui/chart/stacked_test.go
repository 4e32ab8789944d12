package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
)

func TestStacked(t *testing.T) {
	gap := shop(72)
	gap.Mark(gap.Start(40), gap.Start(43), Unknown)
	days := shop(100)
	days.Step, days.From = 60, StartFor(noon, 60, 100, time.UTC)
	for name, g := range signs {
		for _, size := range [][2]int{{80, 24}, {80, 8}, {120, 12}, {19, 6}, {30, 3}} {
			golden(t, fmt.Sprintf("stacked-%s-%dx%d", name, size[0], size[1]),
				Stacked{Series: gap, Cursor: 30}.Lines(theme, g, size[0], size[1]))
		}
		golden(t, "stacked-plain-"+name, Stacked{Series: gap, Cursor: 30}.Lines(themes.Mono(), g, 80, 12))
		golden(t, "stacked-wide-"+name, Stacked{Series: shop(30), Cursor: 3}.Lines(theme, g, 120, 10))
		golden(t, "stacked-days-"+name, Stacked{Series: days, Cursor: -1}.Lines(theme, g, 120, 10))
		golden(t, "stacked-none-"+name, Stacked{Cursor: -1}.Lines(theme, g, 40, 6))
	}
}

func TestTicks(t *testing.T) {
	f := func(most int64, rows int, want string) {
		t.Helper()
		k, got := ticksFor(most, rows), []string{}
		for i := range rows + 1 {
			if l := k.label(i); l != "" {
				got = append(got, l)
			}
		}
		if all := strings.Join(got, " "); all != want {
			t.Errorf("%d on %d rows: %s, want %s", most, rows, all, want)
		}
		if k.eighths(most) > 8*rows || most > 0 && most < 8e18 && float64(most) > k.top() {
			t.Errorf("%d does not fit on a scale to %v", most, k.top())
		}
	}
	f(0, 4, "0 1 2 3 4")
	f(3, 4, "0 1 2 3 4")
	f(5, 4, "0 2 4 6 8")
	f(480, 5, "0 100 200 300 400 500")
	f(480, 12, "0 150 300 450 600")
	f(7400, 5, "0 1,500 3,000 4,500 6,000 7,500")
	f(62_000, 5, "0 15k 30k 45k 60k 75k")
	f(6_200, 2, "0 4,000 8,000")
	f(12_500, 5, "0 2.5k 5k 7.5k 10k 12.5k")
	f(math.MaxInt64, 1, "0 8E")
}

func TestStampsAreRound(t *testing.T) {
	berlin := time.FixedZone("", 2*3600)
	f := func(step int64, n, cells int, zone *time.Location, want ...string) {
		t.Helper()
		s := &Series{From: StartFor(noon, step, n, zone), Step: step, Columns: make([]Column, n)}
		got := []string{}
		for _, st := range s.stamps(cells, zone) {
			got = append(got, st.text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d columns of %d minutes: %q, want %q", n, step, got, want)
		}
	}
	f(1, 30, 1, time.UTC, "11:40", "11:50", "12:00")
	f(1, 11, 3, time.UTC, "11:50", "11:55", "12:00")
	f(1, 12, 1, berlin, "13:50", "14:00")
	f(30, 40, 1, time.UTC, "18:00", "03-02", "06:00", "12:00") // midnight is a date
	f(1440, 20, 1, time.UTC, "02-12", "02-26")
	f(1440, 120, 1, time.UTC, "2025-11-06", "2025-11-20", "2025-12-04", "2025-12-18", "2026-01-01", "2026-01-15", "2026-01-29", "2026-02-12", "2026-02-26")
	f(1, 0, 1, time.UTC)
}

// column draws one column of levels without axes, its top first.
func column(c Column, t *themes.Theme, g *themes.Glyphs, height int) string {
	s := &Series{Step: 1, Columns: []Column{c, {Levels: summary.ByLevel{3: 100}}}}
	var b strings.Builder
	for _, l := range (Stacked{Series: s, Cursor: -1}).Lines(t, g, 2, height) {
		b.WriteString(string([]rune(ansi.Strip(l))[0]))
	}
	return b.String()
}

func TestStackedLevels(t *testing.T) {
	f := func(want string, g *themes.Glyphs, th *themes.Theme, height int, state State, l summary.ByLevel) {
		t.Helper()
		if got := column(Column{Levels: l, State: state}, th, g, height); got != want {
			t.Errorf("%v: %q, want %q", l, got, want)
		}
	}
	uni, ascii, plain := themes.Unicode(), themes.ASCII(), themes.Mono()
	f("=wwEE", ascii, theme, 5, Known, summary.ByLevel{3: 20, 4: 40, 5: 40})
	f("=====", ascii, theme, 5, Known, summary.ByLevel{3: 100})
	f("====E", ascii, theme, 5, Known, summary.ByLevel{3: 99, 5: 1}) // one error is seen below all else
	f("=====", ascii, theme, 5, Known, summary.ByLevel{3: 99, 4: 1})
	f("████▁", uni, theme, 5, Known, summary.ByLevel{3: 99, 5: 1}) // in colour, an eighth of it before the rest
	shaded := themes.Unicode()
	shaded.Stack = [7]string{2: "░", 3: "▒", 4: "▓", 5: "█"}
	f("▒▒▒▓█", shaded, plain, 5, Known, summary.ByLevel{3: 60, 4: 20, 5: 20}) // no colour
	f("  ▒▒▒", shaded, plain, 5, Known, summary.ByLevel{3: 52})               // half a cell is a cell
	f("    ▂", shaded, plain, 5, Known, summary.ByLevel{3: 5})
	f("   ▄█", shaded, plain, 5, Known, summary.ByLevel{5: 30})
	f("   ▄█", uni, theme, 5, Known, summary.ByLevel{3: 30})
	f("   ==", ascii, theme, 5, Known, summary.ByLevel{3: 30})
	f("    ▁", uni, theme, 5, Known, summary.ByLevel{1: 1}) // not nothing
	f("     ", uni, theme, 5, Known, summary.ByLevel{})
	f("    ?", uni, theme, 5, Unknown, summary.ByLevel{3: 100})
	f("  :::", uni, theme, 5, Unfinished, summary.ByLevel{3: 60})
	f("    :", uni, theme, 5, Unfinished, summary.ByLevel{})
}

func TestStackedLooks(t *testing.T) {
	has := func(what string, s Stacked, line int, want string) {
		t.Helper()
		lines := s.Lines(theme, themes.Unicode(), 24, 5)
		if !strings.Contains(lines[line], want) {
			t.Errorf("%s: %q, want %q in it", what, lines[line], want)
		}
	}
	s := &Series{Step: 1, Columns: make([]Column, 16)}
	s.Columns[0].Levels = summary.ByLevel{3: 90, 5: 10}
	has("two levels in one cell", Stacked{Series: s, Cursor: -1}, 2, "\x1b[31;42m▂\x1b[m")
	has("hidden levels are dim", Stacked{Series: s, Cursor: -1, Least: logs.Warn.Level()}, 2, "\x1b[31;100m▂\x1b[m")
	has("the cursor is marked below", Stacked{Series: s, Cursor: 7}, 3, "\x1b[1m▲\x1b[m")
	has("the cursor has a line above", Stacked{Series: s, Cursor: 7}, 2, "      │ ")
	has("the selection", Stacked{Series: s, Cursor: -1, Selected: Range{2, 5}}, 3, "\x1b[7m───\x1b[m")
	has("the list's range", Stacked{Series: s, Cursor: -1, Shown: Range{2, 5}}, 3, "\x1b[1m───\x1b[m")
}

func TestStackedSize(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	zones := []*time.Location{nil, time.UTC, time.FixedZone("", -9*3600-1800)}
	for range 600 {
		width, height := r.IntN(501), r.IntN(101)
		if r.IntN(2) > 0 {
			width, height = r.IntN(40), r.IntN(8)
		}
		s := Stacked{Series: random(r), Zone: zones[r.IntN(3)], Least: logs.Level(r.IntN(7)), Selected: Range{r.IntN(400), r.IntN(400)}, Cursor: r.IntN(400) - 2}
		lines := s.Lines([]*themes.Theme{theme, themes.Mono()}[r.IntN(2)], anySigns(r), width, height)
		if len(lines) != height {
			t.Fatalf("%d lines, want %d", len(lines), height)
		}
		exact(t, fmt.Sprintf("%dx%d, %d columns of %d", width, height, len(s.Columns), s.Step), width, lines...)
	}
	if lines := (Stacked{}).Lines(theme, themes.ASCII(), -1, -1); len(lines) != 0 {
		t.Errorf("less than nothing has %d lines", len(lines))
	}
}

func BenchmarkStacked(b *testing.B) {
	s := Stacked{Series: shop(192), Cursor: 3}
	b.ReportAllocs()
	for b.Loop() {
		s.Lines(theme, themes.Unicode(), 200, 40)
	}
}
