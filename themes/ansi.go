package themes

import "charm.land/lipgloss/v2"

// ANSI uses the terminal's own sixteen colours, and so reads on light and dark backgrounds alike.
func ANSI() *Theme {
	plain := lipgloss.NewStyle()
	colour := func(c string) lipgloss.Style { return plain.Foreground(lipgloss.Color(c)) }
	return &Theme{
		Text:    plain,
		Dim:     colour("8"),
		Strong:  plain.Bold(true),
		Service: colour("6"),
		Cursor:  plain.Reverse(true),
		Fault:   colour("1").Underline(true),
		Trouble: colour("1").Bold(true),
		Healthy: colour("2"),
		Levels:  [7]lipgloss.Style{plain, colour("8"), colour("8"), colour("2"), colour("3"), colour("1"), colour("1").Bold(true).Reverse(true)},
	}
}

// Plain uses no colour: for NO_COLOR.
func Plain() *Theme {
	plain := lipgloss.NewStyle()
	t := &Theme{Text: plain, Dim: plain, Strong: plain.Bold(true), Service: plain, Cursor: plain.Reverse(true),
		Fault: plain.Underline(true), Trouble: plain.Bold(true), Healthy: plain}
	for i := range t.Levels {
		t.Levels[i] = plain
	}
	t.Levels[5], t.Levels[6] = plain.Bold(true), plain.Bold(true).Reverse(true)
	return t
}
