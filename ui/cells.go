package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/output"
)

// clean makes text from outside harmless. Every cell that is drawn of it passes here.
func clean(s string) string { return output.Cells(s) }

// cellWidth is the room of s as it is drawn: a rune at a time, as most terminals count and Bubble Tea draws.
func cellWidth(s string) int { return ansi.StringWidthWc(s) }

// cut is s in at most width cells, an ellipsis where something is left out.
func cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width {
		return s
	}
	return ansi.TruncateWc(s, width, "…")
}

// cleanCut is text from outside, made harmless, in at most width cells. It looks
// at no more of a long text than can be seen.
func cleanCut(s string, width int) string {
	const perCell = 16 // bytes: a letter with its marks, escapes
	most := perCell*max(width, 1) + utf8.UTFMax
	if len(s) <= most {
		return cut(clean(s), width)
	}
	for !utf8.RuneStart(s[most]) && most > perCell {
		most--
	}
	return cut(clean(s[:most])+"…", width)
}

// fit is s in at most width cells.
func fit(s string, width int) string { return ansi.TruncateWc(s, width, "") }

// dropCells is s without its first n cells.
func dropCells(s string, n int) string { return ansi.TruncateLeftWc(s, n, "") }

// pad fills s up with blanks to width cells.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-cellWidth(s), 0))
}

// sides is a line with text at its left and at its right; the left one gives way.
func sides(left, right string, width int) string {
	room := width - cellWidth(right) - 1
	if room < 1 {
		return fit(right, width)
	}
	return pad(cut(left, room), room+1) + right
}

// wrap breaks text into lines of at most width cells, at blanks where it can, which a hyphen
// is not, as it stands in names; at least one line.
func wrap(s string, width int) []string {
	const hyphen, kept = "-", "\ue000" // as wide, and no place to break
	if !strings.Contains(s, kept) {
		s = strings.ReplaceAll(s, hyphen, kept)
		return strings.Split(strings.ReplaceAll(ansi.WrapWc(s, max(width, 1), " "), kept, hyphen), "\n")
	}
	return strings.Split(ansi.WrapWc(s, max(width, 1), " "), "\n")
}
