// Package ink is styles made ready: what a style writes before and behind a text,
// worked out once. A screen of text is drawn with a few styles and many times a second.
package ink

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Ink is a style as what stands before and behind a text.
type Ink struct{ Before, Behind string }

// Of is the ink of a style that has colours and attributes alone: no width, no padding.
func Of(s lipgloss.Style) Ink {
	before, behind, _ := strings.Cut(s.Render("x"), "x")
	return Ink{before, behind}
}

// Render is a text of one line in the ink.
func (i Ink) Render(text string) string {
	if text == "" || i.Before == "" {
		return text
	}
	return i.Before + text + i.Behind
}
