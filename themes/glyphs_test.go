package themes

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/width"
)

// signs are all signs of a set by field.
func signs(g *Glyphs) map[string][]string {
	out := map[string][]string{}
	v := reflect.ValueOf(*g)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			out[name] = []string{f.String()}
		case reflect.Array:
			for j := range f.Len() {
				out[name] = append(out[name], f.Index(j).String())
			}
		}
	}
	return out
}

func TestSignsAreOneCellWide(t *testing.T) {
	f := func(name string, g *Glyphs, may func(r rune) bool) {
		t.Helper()
		for field, list := range signs(g) {
			for i, s := range list {
				r, n := utf8.DecodeRuneInString(s)
				if n == 0 || n != len(s) || ansi.StringWidth(s) != 1 {
					t.Errorf("%s: %s[%d] is %q, not one sign of one cell", name, field, i, s)
				} else if !may(r) {
					t.Errorf("%s: %s[%d] is %q, which the terminal may not have", name, field, i, s)
				}
			}
		}
	}
	certain := func(r rune) bool {
		k := width.LookupRune(r).Kind()
		return k == width.Neutral || k == width.EastAsianNarrow
	}
	f("Unicode", Unicode(), func(r rune) bool { return width.LookupRune(r).Kind() != width.EastAsianWide })
	f("Narrow", Narrow(), certain)
	f("ASCII", ASCII(), func(r rune) bool { return r >= ' ' && r <= '~' })
	// What code page 437 draws, below 32 too, as far as it is used.
	f("Console", Console(), func(r rune) bool {
		return r >= ' ' && r <= '~' || strings.ContainsRune("•○♦▲▼─│├░▒▓█▄▀", r)
	})
}

// Higher bars never look lower, and levels that stand on each other never look alike.
func TestBarsAndStacks(t *testing.T) {
	for name, g := range map[string]*Glyphs{"Unicode": Unicode(), "ASCII": ASCII(), "Console": Console(), "Narrow": Narrow()} {
		done := map[string]bool{}
		for i, s := range g.Bars {
			if i > 0 && s == g.Bars[i-1] {
				continue
			}
			if done[s] {
				t.Errorf("%s: bar %d looks like a lower one", name, i)
			}
			done[s] = true
		}
		if g.Bars[0] != " " || len(done) < 4 {
			t.Errorf("%s: %d heights from %q", name, len(done), g.Bars[0])
		}
		for l := 3; l <= 5; l++ {
			if g.Stack[l] == g.Stack[l-1] {
				t.Errorf("%s: level %d is stacked with the sign of the one below", name, l)
			}
		}
	}
}

func TestChooseGlyphs(t *testing.T) {
	sets := map[string]*Glyphs{"unicode": Unicode(), "ascii": ASCII(), "console": Console(), "narrow": Narrow()}
	f := func(set string, ambiguous int, e Terminal, want string) {
		t.Helper()
		if got := ChooseGlyphs(set, ambiguous, e); *got != *sets[want] {
			t.Errorf("%+v: %+v, want %s", e, *got, want)
		}
	}
	const x = "xterm-256color"
	f("auto", 1, Terminal{Term: x, Lang: "de_DE.UTF-8"}, "unicode")
	f("auto", 1, Terminal{Term: "xterm", Lang: "C.utf8"}, "unicode")
	f("auto", 1, Terminal{Term: x, LCAll: "C", Lang: "de_DE.UTF-8"}, "ascii")
	f("auto", 1, Terminal{Term: x, LCCType: "POSIX", Lang: "de_DE.UTF-8"}, "ascii")
	f("auto", 1, Terminal{Term: x, LCAll: "de_DE.UTF-8", LCCType: "C", Lang: "C"}, "unicode")
	f("auto", 1, Terminal{Term: x, Lang: "de_DE.ISO-8859-1"}, "ascii")
	f("auto", 1, Terminal{Term: x, Lang: "de_DE"}, "ascii")
	f("auto", 1, Terminal{Term: x}, "unicode") // no locale at all
	f("auto", 1, Terminal{Term: "screen"}, "unicode")
	f("auto", 1, Terminal{WTSession: "1"}, "unicode")
	f("auto", 1, Terminal{Term: "xterm"}, "ascii")
	f("auto", 1, Terminal{}, "ascii")
	f("auto", 1, Terminal{Term: "linux"}, "ascii")
	f("auto", 1, Terminal{Term: "linux", Lang: "en_US.UTF-8"}, "console")
	f("auto", 2, Terminal{Term: x, Lang: "ja_JP.UTF-8"}, "narrow")
	f("auto", 2, Terminal{Term: x, Lang: "ja_JP.eucJP"}, "ascii")
	f("auto", 1, Terminal{Term: "vt220", Lang: "de_DE.UTF-8"}, "ascii")
	f("auto", 1, Terminal{Term: "dumb", Lang: "de_DE.UTF-8"}, "ascii")
	f("ascii", 2, Terminal{Term: x, Lang: "de_DE.UTF-8"}, "ascii")
	f("unicode", 1, Terminal{Term: "vt100", Lang: "C"}, "unicode")
	f("unicode", 2, Terminal{Term: "linux"}, "narrow")
}

func TestSampleFits(t *testing.T) {
	for _, theme := range All() {
		for _, g := range []*Glyphs{Unicode(), ASCII()} {
			for _, line := range theme.Sample(g) {
				if w := ansi.StringWidth(line); w > SampleWidth || strings.Contains(line, "\n") {
					t.Errorf("%s: %d cells: %q", theme.Name, w, line)
				}
			}
		}
	}
}
