package themes

import (
	"fmt"
	"image/color"
	"reflect"
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

// styles are all styles of a theme by name: Text, Levels[3] ...
func styles(t *Theme) map[string]lipgloss.Style {
	out := map[string]lipgloss.Style{}
	v := reflect.ValueOf(*t)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch f := v.Field(i).Interface().(type) {
		case lipgloss.Style:
			out[name] = f
		case string:
		default:
			for j := range v.Field(i).Len() {
				out[fmt.Sprintf("%s[%d]", name, j)] = v.Field(i).Index(j).Interface().(lipgloss.Style)
			}
		}
	}
	return out
}

func drawn(s lipgloss.Style) string { return s.Render("x") }

func TestEveryMeaningHasALook(t *testing.T) {
	for _, theme := range All() {
		if theme.Name == "" || theme.About == "" {
			t.Errorf("%q: a theme without name or description", theme.Name)
		}
		for name, s := range styles(theme) {
			mayBePlain := name == "Text" || name == "Levels[0]" || theme.Name == "mono" &&
				(name == "Dim" || name == "Service" || name == "Healthy" || strings.HasPrefix(name, "Sources") || name < "Levels[5]" && strings.HasPrefix(name, "Levels"))
			if drawn(s) == "x" && !mayBePlain {
				t.Errorf("%s: %s has no look", theme.Name, name)
			}
		}
		distinct := map[string]bool{}
		for _, s := range theme.Sources {
			distinct[drawn(s)] = true
		}
		if theme.Name != "mono" && len(distinct) < 6 || len(distinct) != len(theme.Sources) {
			t.Errorf("%s: %d looks tell %d sources apart", theme.Name, len(distinct), len(theme.Sources))
		}
	}
}

func TestLevelsAreToldApart(t *testing.T) {
	for _, theme := range All() {
		for l := 4; l < len(theme.Levels); l++ {
			if theme.Name == "mono" && l == 4 {
				continue
			}
			if drawn(theme.Levels[l]) == drawn(theme.Levels[l-1]) {
				t.Errorf("%s: level %d looks like the one below it", theme.Name, l)
			}
		}
		if info := theme.Levels[3]; info.GetBold() || info.GetReverse() || info.GetUnderline() {
			t.Errorf("%s: INFO is not quiet", theme.Name)
		}
		if !theme.Levels[5].GetBold() && theme.Name != "ansi" || !theme.Levels[6].GetReverse() {
			t.Errorf("%s: ERROR or FATAL does not stand out", theme.Name)
		}
	}
}

func TestOnlyOverlaysHaveABackground(t *testing.T) {
	for _, theme := range All() {
		for name, s := range styles(theme) {
			if _, none := s.GetBackground().(lipgloss.NoColor); !none && name != "Cursor" && name != "Selected" && name != "Found" {
				t.Errorf("%s: %s has a background of its own", theme.Name, name)
			}
		}
	}
}

// grounds are the backgrounds that a theme is made for, and the least contrast on them.
var grounds = map[string]struct {
	colours    []string
	least, dim float64
}{
	"dark":              {[]string{"#000000", "#1e1e1e", "#282c34"}, 4.5, 3},
	"light":             {[]string{"#ffffff", "#f0f0f0"}, 4.5, 3},
	"contrast":          {[]string{"#000000", "#1e1e1e", "#282c34"}, 7, 7},
	"contrast-light":    {[]string{"#ffffff", "#f0f0f0"}, 7, 7},
	"colourblind":       {[]string{"#000000", "#1e1e1e", "#282c34"}, 4.5, 3},
	"colourblind-light": {[]string{"#ffffff", "#f0f0f0"}, 4.5, 3},
}

func TestContrast(t *testing.T) {
	for name, g := range grounds {
		theme, ok := Named(name)
		if !ok {
			t.Fatalf("no theme %s", name)
		}
		for what, s := range styles(theme) {
			least := g.least
			if what == "Dim" || what == "Context" || what == "Levels[1]" {
				least = g.dim
			}
			text := s.GetForeground()
			if _, none := text.(lipgloss.NoColor); none {
				continue
			}
			behind := make([]color.Color, 0, len(g.colours))
			for _, c := range g.colours {
				behind = append(behind, lipgloss.Color(c))
			}
			if own := s.GetBackground(); own != (lipgloss.NoColor{}) {
				behind = []color.Color{own}
			}
			for _, b := range behind {
				if got := contrast(text, b); got < least {
					t.Errorf("%s: %s has contrast %.2f on %v, less than %.1f", name, what, got, b, least)
				}
			}
		}
	}
	if got := contrast(color.White, color.Black); got < 20.9 || got > 21.1 {
		t.Errorf("white on black has contrast %.2f, want 21", got)
	}
}

// Levels from INFO differ for every eye from each other, the lower ones from their neighbours.
func TestColourblindLevels(t *testing.T) {
	const least, quiet = 25, 14
	for _, theme := range []*Theme{Colourblind(), ColourblindLight()} {
		for eye, matrix := range deficiencies {
			for a := 1; a < len(theme.Levels); a++ {
				for b := a + 1; b < len(theme.Levels); b++ {
					want := float64(least)
					if a < 3 {
						want = quiet
					}
					if a < 3 && b > a+1 {
						continue
					}
					if got := deltaE(theme.Levels[a].GetForeground(), theme.Levels[b].GetForeground(), matrix); got < want {
						t.Errorf("%s, %s: levels %d and %d are %.1f apart, want %.0f", theme.Name, eye, a, b, got, want)
					}
				}
			}
		}
	}
}

// What is fixed is fixed by its number: 256 colours show it as 16 million do, in few bytes.
func TestColoursOfPalettesAreIndexed(t *testing.T) {
	for name := range grounds {
		theme, _ := Named(name)
		for what, s := range styles(theme) {
			for _, c := range []color.Color{s.GetForeground(), s.GetBackground()} {
				kind := fmt.Sprintf("%T", c)
				if kind != "lipgloss.NoColor" && kind != "ansi.IndexedColor" {
					t.Errorf("%s: %s is a %s", name, what, kind)
				}
			}
		}
	}
}

func TestNamed(t *testing.T) {
	f := func(name, want string) {
		t.Helper()
		theme, ok := Named(name)
		if ok != (want != "") || ok && theme.Name != want {
			t.Errorf("Named(%q): %v, want %q", name, theme, want)
		}
	}
	for _, theme := range All() {
		f(theme.Name, theme.Name)
	}
	f("plain", "mono")
	f("colorblind-light", "colourblind-light")
	f("", "")
	f("Dark", "")
	if !slices.ContainsFunc(All(), func(t *Theme) bool { return t.Name == "ansi" }) || All()[0].Name != "ansi" {
		t.Error("ansi is not offered first")
	}
}

func TestChoose(t *testing.T) {
	f := func(name string, e Terminal, want, why string) {
		t.Helper()
		c, err := Choose(name, "--theme", e)
		if err != nil || c.Name != want || c.Why != why {
			t.Errorf("%q with %+v: %s (%s) %v, want %s (%s)", name, e, c.Name, c.Why, err, want, why)
		}
	}
	f("", Terminal{}, "ansi", "default")
	f("", Terminal{Term: "xterm-256color"}, "ansi", "default")
	f("", Terminal{Term: "xterm-256color", NoColor: "1"}, "mono", "NO_COLOR is set")
	f("", Terminal{Term: "xterm-256color", NoColor: "yes", ColorFGBG: "15;0"}, "mono", "NO_COLOR is set")
	f("auto", Terminal{Term: "xterm-256color", ColorFGBG: "15;0"}, "dark", "COLORFGBG=15;0")
	f("", Terminal{Term: "dumb"}, "mono", "TERM=dumb")
	f("", Terminal{Term: "vt100", ColorTerm: "truecolor"}, "mono", "TERM=vt100")
	f("", Terminal{Term: "vte-256color"}, "ansi", "default")
	f("", Terminal{Term: "xterm-256color", ColorFGBG: "15;0"}, "dark", "COLORFGBG=15;0")
	f("", Terminal{Term: "rxvt-unicode-256color", ColorFGBG: "0;default;15"}, "light", "COLORFGBG=0;default;15")
	f("", Terminal{Term: "xterm", ColorFGBG: "15;0"}, "ansi", "default")
	f("", Terminal{Term: "xterm", ColorTerm: "truecolor", ColorFGBG: "0;7"}, "light", "COLORFGBG=0;7")
	f("", Terminal{Term: "linux", ColorFGBG: "15;0"}, "ansi", "default")
	f("", Terminal{Term: "xterm-256color", ColorFGBG: "default;default"}, "ansi", "default")
	f("", Terminal{Term: "xterm-256color", ColorFGBG: ";;16"}, "ansi", "default")
	f("light", Terminal{Term: "xterm-256color", ColorFGBG: "15;0"}, "light", "--theme")
	f("light", Terminal{Term: "tmux", NoColor: "1"}, "light", "--theme")
	f("ansi", Terminal{Term: "xterm", NoColor: "1"}, "ansi", "--theme")
	f("mono", Terminal{Term: "xterm-kitty"}, "mono", "--theme")
	f("dark", Terminal{Term: "xterm-kitty"}, "dark", "--theme")
	f("dark", Terminal{Term: "xterm"}, "ansi", "--theme says dark, TERM=xterm has no 256 colours")
	f("dark", Terminal{Term: "vt220"}, "mono", "--theme says dark, TERM=vt220 has no colours")
	f("dark", Terminal{WTSession: "1"}, "dark", "--theme")
}

func TestChooseUnknown(t *testing.T) {
	f := func(name, want string) {
		t.Helper()
		c, err := Choose(name, "--theme", Terminal{Term: "dumb"})
		if err == nil || len(err.Error()) > 200 || !strings.Contains(err.Error(), "did you mean "+want+"?") || c.Name != "mono" {
			t.Errorf("%q: %s, %v, want %s", name, c.Name, err, want)
		}
	}
	f("drak", "dark")
	f("Light", "light")
	f("contrst-light", "contrast-light")
	f("color-blind", "colourblind")
	f("monochrome", "mono")
	f("\x1b[31m", "ansi")
	f(strings.Repeat("x", 1<<20), nearest("xxxx"+strings.Repeat("x", 1000)))
}

func TestEnvironment(t *testing.T) {
	got := Environment(strings.ToLower)
	if want := (Terminal{"term", "colorterm", "colorfgbg", "no_color", "lc_all", "lc_ctype", "lang", "wt_session"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
