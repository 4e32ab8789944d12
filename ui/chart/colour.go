package chart

import (
	"github.com/lxlog/lx/ui/ink"
	"image/color"

	"charm.land/lipgloss/v2"
)

// area is the colour of a style where it fills an area; lipgloss.NoColor: the terminal's own.
func area(s lipgloss.Style) color.Color {
	if _, none := s.GetBackground().(lipgloss.NoColor); !none && !s.GetReverse() {
		return s.GetBackground()
	}
	return s.GetForeground()
}

func own(c color.Color) bool {
	_, none := c.(lipgloss.NoColor)
	return none
}

// filled is the ink of an area in one style; without a colour it keeps what else the style has.
func filled(s lipgloss.Style) ink.Ink {
	if c := area(s); !own(c) {
		return ink.Of(lipgloss.NewStyle().Foreground(c))
	}
	return ink.Of(s.Reverse(false))
}

// between is the ink of a cell whose sign is drawn in the area's colour of one style
// and its rest in that of another. The two must differ.
func between(sign, rest lipgloss.Style) ink.Ink {
	front, back := area(sign), area(rest)
	if own(back) { // the terminal's own text colour fills the rest: only reversed it does
		return ink.Of(lipgloss.NewStyle().Background(front).Reverse(true))
	}
	return ink.Of(lipgloss.NewStyle().Foreground(front).Background(back))
}
