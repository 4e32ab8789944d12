package themes

import "strings"

// Terminal is what the environment says of the terminal, each by its variable. The
// terminal itself is never asked: its answer could be taken for keys.
type Terminal struct {
	Term, ColorTerm, ColorFGBG, NoColor string
	LCAll, LCCType, Lang                string
	WTSession                           string // Windows Terminal, which sets no TERM
}

// Environment reads a Terminal with lookup, which is os.Getenv.
func Environment(lookup func(string) string) Terminal {
	return Terminal{
		Term: lookup("TERM"), ColorTerm: lookup("COLORTERM"), ColorFGBG: lookup("COLORFGBG"), NoColor: lookup("NO_COLOR"),
		LCAll: lookup("LC_ALL"), LCCType: lookup("LC_CTYPE"), Lang: lookup("LANG"), WTSession: lookup("WT_SESSION"),
	}
}

// bare reports whether the terminal has neither colours nor signs beyond ASCII: dumb, vt52 to vt525.
func (t Terminal) bare() bool {
	return t.Term == "dumb" || t.Term == "unknown" || len(t.Term) > 2 && t.Term[:2] == "vt" && t.Term[2] >= '0' && t.Term[2] <= '9'
}

// modern are emulators whose names alone say that they have all colours and UTF-8.
var modern = []string{"alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm", "tmux"}

// rich reports whether the terminal has 256 colours or more.
func (t Terminal) rich() bool {
	switch strings.ToLower(t.ColorTerm) {
	case "truecolor", "24bit":
		return !t.bare()
	}
	if t.WTSession != "" || strings.HasSuffix(t.Term, "256color") || strings.HasSuffix(t.Term, "direct") {
		return true
	}
	name := strings.TrimPrefix(t.Term, "xterm-")
	for _, m := range modern {
		if name == m || strings.HasPrefix(name, m+"-") {
			return true
		}
	}
	return strings.HasPrefix(t.Term, "screen")
}

// ground is what COLORFGBG ("15;0", "0;default;15") says of the background: "dark", "light" or "".
func (t Terminal) ground() string {
	switch t.ColorFGBG[strings.LastIndexByte(t.ColorFGBG, ';')+1:] {
	case "0", "1", "2", "3", "4", "5", "6", "8":
		return "dark"
	case "7", "9", "10", "11", "12", "13", "14", "15":
		return "light"
	}
	return ""
}

// locale is the one that decides about characters; "" where none is set.
func (t Terminal) locale() string {
	for _, l := range [...]string{t.LCAll, t.LCCType, t.Lang} {
		if l != "" {
			return l
		}
	}
	return ""
}

// utf8 reports whether the terminal shows UTF-8. A locale that is set decides, so C and
// POSIX say no. Where none is set, as in small containers and many SSH sessions, an
// emulator of 256 colours is believed to: they all do, and log text comes as UTF-8 anyway.
func (t Terminal) utf8() bool {
	l := strings.ToUpper(t.locale())
	if l == "" {
		return t.rich()
	}
	return strings.Contains(l, "UTF-8") || strings.Contains(l, "UTF8")
}
