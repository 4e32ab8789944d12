package themes

import "charm.land/lipgloss/v2"

// Mono uses no colour: for NO_COLOR.
func Mono() *Theme {
	plain := lipgloss.NewStyle()
	strong, reverse := plain.Bold(true), plain.Reverse(true)
	t := &Theme{Name: "mono", About: "no colour: bold, underlined and reversed alone", Text: plain, Dim: plain, Strong: strong, Service: plain, Context: plain.Faint(true), Cursor: reverse,
		Selected: reverse, Found: plain.Underline(true).Bold(true), Trace: plain.Underline(true), Mark: strong,
		Fault: plain.Underline(true), Trouble: strong, Notice: strong, Healthy: plain, Sources: []lipgloss.Style{plain}}
	for i := range t.Levels {
		t.Levels[i] = plain
	}
	t.Levels[5], t.Levels[6] = strong, strong.Reverse(true)
	return t
}
