package chart

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// lying are the eighths of a cell from the left.
var lying = [8]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar draws n of most as a bar from the left in exactly width cells; what is not
// nothing is seen.
func Bar(n, most int64, style lipgloss.Style, g *themes.Glyphs, width int) string {
	width = max(width, 0)
	e := eighths(n, most, width)
	full, rest := e/8, ""
	if g.Round {
		rest = lying[e%8]
	} else if full = (e + 4) / 8; e > 0 {
		full = max(full, 1)
	}
	s := strings.Repeat(g.Bars[8], full) + rest
	if rest != "" {
		full++
	}
	if s != "" {
		s = style.Render(s)
	}
	return s + blanks(width-full)
}

// Sparkline draws counts, oldest first, as bars on a scale of their own in exactly
// width cells. More counts than cells are added up in neighbours; fewer leave room behind.
func Sparkline(counts []int64, style lipgloss.Style, g *themes.Glyphs, width int) string {
	width = max(width, 0)
	n := min(len(counts), width)
	if n == 0 {
		return blanks(width)
	}
	sums, most := make([]int64, n), int64(0)
	for i, c := range counts {
		at := i * n / len(counts)
		sums[at] = sum(sums[at], c)
		most = max(most, sums[at])
	}
	var b strings.Builder
	for _, c := range sums {
		b.WriteString(g.Bars[eighths(c, most, 1)])
	}
	with := ink.Of(style)
	return with.Before + b.String() + with.Behind + blanks(width-n)
}
