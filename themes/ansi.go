package themes

import "charm.land/lipgloss/v2"

// ANSI uses the terminal's own sixteen colours, and so reads on light and dark backgrounds alike.
func ANSI() *Theme {
	plain := lipgloss.NewStyle()
	colour := func(c string) lipgloss.Style { return plain.Foreground(lipgloss.Color(c)) }
	return &Theme{
		Name:     "ansi",
		About:    "the terminal's own sixteen colours",
		Text:     plain,
		Dim:      colour("8"),
		Strong:   plain.Bold(true),
		Service:  colour("6"),
		Context:  colour("8"),
		Cursor:   plain.Reverse(true),
		Selected: plain.Reverse(true),
		Found:    colour("3").Reverse(true),
		Trace:    colour("5"),
		Mark:     colour("5").Bold(true),
		Fault:    colour("1").Underline(true),
		Trouble:  colour("1").Bold(true),
		Notice:   colour("3"),
		Healthy:  colour("2"),
		Levels:   [7]lipgloss.Style{plain, colour("8"), colour("8"), colour("2"), colour("3"), colour("1"), colour("1").Bold(true).Reverse(true)},
		Sources:  []lipgloss.Style{colour("6"), colour("5"), colour("4"), colour("2"), colour("3"), colour("13"), colour("14")},
	}
}
