package themes

import (
	"fmt"
	"slices"
	"strings"
)

// All are the themes in the order in which they are offered, the default first. They are the caller's.
func All() []*Theme {
	return []*Theme{ANSI(), Dark(), Light(), Contrast(), ContrastLight(), Colourblind(), ColourblindLight(), Mono()}
}

// Names are the names of All.
func Names() (names []string) {
	for _, t := range All() {
		names = append(names, t.Name)
	}
	return names
}

// Named is the theme of a name, "plain" and American spelling among them.
func Named(name string) (*Theme, bool) {
	name = strings.Replace(name, "colorblind", "colourblind", 1)
	if name == "plain" {
		name = "mono"
	}
	all := All()
	i := slices.IndexFunc(all, func(t *Theme) bool { return t.Name == name })
	if i < 0 {
		return nil, false
	}
	return all[i], true
}

// Choice is a theme and why it is the one, in words for people: "default", "NO_COLOR is set".
type Choice struct {
	*Theme

	Why string
}

// Choose chooses the theme for a terminal. A name that is given (by from: "--theme",
// "configuration") wins, also over NO_COLOR, unless the terminal has fewer than 256 colours:
// sixteen would draw WARN and ERROR alike, so there it is ansi, and Why says so. "" and "auto"
// leave it to the terminal. The error is of a name that does not exist, with the nearest that
// does; the choice then is as if none had been given.
func Choose(name, from string, t Terminal) (Choice, error) {
	var err error
	if name != "" && name != "auto" {
		theme, ok := Named(name)
		switch {
		case !ok:
			err = fmt.Errorf("no theme %q; did you mean %s? lx themes lists all", name[:min(len(name), 40)], nearest(name))
		case theme.Name == "ansi" || theme.Name == "mono" || t.rich():
			return Choice{theme, from}, nil
		case t.bare():
			return Choice{Mono(), fmt.Sprintf("%s says %s, TERM=%s has no colours", from, theme.Name, t.Term)}, nil
		default:
			return Choice{ANSI(), fmt.Sprintf("%s says %s, TERM=%s has no 256 colours", from, theme.Name, t.Term)}, nil
		}
	}
	switch {
	case t.NoColor != "":
		return Choice{Mono(), "NO_COLOR is set"}, err
	case t.bare():
		return Choice{Mono(), "TERM=" + t.Term}, err
	case t.rich() && t.ground() != "":
		theme, _ := Named(t.ground())
		return Choice{theme, "COLORFGBG=" + t.ColorFGBG}, err
	}
	return Choice{ANSI(), "default"}, err
}

// nearest is the theme's name that takes the fewest letters to change into name.
func nearest(name string) string {
	best, least := "", 0
	for i, known := range Names() {
		if d := distance(name, known); i == 0 || d < least {
			best, least = known, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace between two names. Beyond 40 bytes a name is not looked at.
func distance(a, b string) int {
	a = a[:min(len(a), 40)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0]++
		for j := range len(b) {
			d := corner
			if a[i] != b[j] {
				d = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
