package chart

import (
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
)

var update = flag.Bool("update", false, "write the golden files anew")

var theme = themes.ANSI()

// signs are the sets of glyphs that golden files are drawn with.
var signs = map[string]*themes.Glyphs{"unicode": themes.Unicode(), "ascii": themes.ASCII()}

// anySigns is one of all sets of glyphs.
func anySigns(r *rand.Rand) *themes.Glyphs {
	return []*themes.Glyphs{themes.Unicode(), themes.ASCII(), themes.Console(), themes.Narrow()}[r.IntN(4)]
}

// noon is the end of the series that tests draw.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).UnixNano()

// golden compares lines without their colours with a file.
func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	got := ansi.Strip(strings.Join(lines, "\n")) + "\n"
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%swant\n%s", name, got, want)
	}
}

// exact checks that each line has width cells.
func exact(t *testing.T, what string, width int, lines ...string) {
	t.Helper()
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != max(width, 0) || strings.Contains(l, "\n") {
			t.Fatalf("%s: line %d has %d cells, want %d: %q", what, i, n, width, l)
		}
	}
}

// shop is an hour and more of a shop, errors at its end.
func shop(n int) *Series {
	s := &Series{From: StartFor(noon, 1, n, time.UTC), Step: 1, Columns: make([]Column, n)}
	for i := range s.Columns {
		x := float64(i)
		c := &s.Columns[i].Levels
		c[2] = 30
		c[3] = int64(300 + 60*math.Sin(x/7) + 25*math.Sin(x))
		c[4] = int64(20 + 10*math.Cos(x/3))
		c[5] = int64(i % 3)
		if i > n-14 {
			c[5] = int64(20 + 3*(i%5))
		}
	}
	s.Columns[n-1].State = Unfinished
	return s
}

// random is a series of anything.
func random(r *rand.Rand) *Series {
	s := &Series{From: r.Int64N(math.MaxInt64) - math.MaxInt64/2, Step: []int64{0, 1, 7, 60, 1440, math.MaxInt64}[r.IntN(6)], Columns: make([]Column, r.IntN(300))}
	size := []int64{1, 2, 1000, math.MaxInt64}[r.IntN(4)]
	for i := range s.Columns {
		s.Columns[i].State = State(max(r.IntN(8)-5, 0))
		for l := range s.Columns[i].Levels {
			s.Columns[i].Levels[l] = r.Int64N(size) - int64(r.IntN(2))
		}
	}
	return s
}

func minutes(pairs ...int64) map[int64]*summary.ByLevel {
	m := map[int64]*summary.ByLevel{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]*summary.Minute] = &summary.ByLevel{3: pairs[i+1]}
	}
	return m
}
