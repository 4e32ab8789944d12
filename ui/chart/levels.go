package chart

import (
	"cmp"
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// LevelsRow draws the counts of the levels that there are, worst first, in exactly
// width cells, and the caption, what they are of, at the right, and behind it the mark, what
// they lack. Levels below least are hidden by the level filter, and dimmed. Without room
// the caption goes first, then the mildest levels, each as a whole: "+2" says how many.
// The mark stays, in half of the width.
func LevelsRow(of *summary.ByLevel, least logs.Level, mark, caption string, t *themes.Theme, width int) string {
	total := all(of)
	dim, blank, notice := ink.Of(t.Dim), ink.Ink{}, ink.Of(t.Notice)
	var p pen
	mark = ansi.TruncateWc(output.Cells(mark), max(width, 0)/2, "")
	width -= ansi.StringWidthWc(mark)
	left, there := width, 0
	for _, n := range of {
		if n > 0 {
			there++
		}
	}
	for l := logs.Levels - 1; l >= 0; l-- {
		if of[l] <= 0 {
			continue
		}
		count, share := cmp.Or(logs.Level(l).Short(), "none")+" "+summary.Thousands(of[l]), Percent(of[l], total)
		gap := "  "
		if left == width {
			gap = " "
		}
		cells := len(gap) + len(count) + len("  ") + len(share)
		if left < cells || there > 1 && left-cells < len("  +2") {
			more := fmt.Sprintf("%s+%d", gap, there)
			if left < width && len(more) <= left {
				p.put(more, &dim)
				left -= len(more)
			}
			break
		}
		left -= cells
		there--
		with := dim
		if logs.Level(l) >= least {
			with = ink.Of(t.Levels[l])
		}
		p.put(gap, &blank)
		p.put(count, &with)
		p.put("  "+share, &dim)
	}
	caption = fit(caption, ansi.StringWidth(caption))
	if n := ansi.StringWidth(caption); n == 0 || n+2 > left {
		p.put(blanks(left), &blank)
	} else {
		p.put(blanks(left-n)+caption, &dim)
	}
	p.put(mark, &notice)
	return p.line()
}

func all(of *summary.ByLevel) int64 {
	c := Column{Levels: *of}
	return c.Count(0)
}

// Percent is a share as "5.6%". Only nothing is "0%" and only all is "100%".
func Percent(n, of int64) string {
	switch {
	case n <= 0 || of <= 0:
		return "0%"
	case n >= of:
		return "100%"
	}
	share := 100 * float64(n) / float64(of)
	switch {
	case share < 0.05:
		return "<0.1%"
	case share >= 99.95:
		return ">99.9%"
	}
	return fmt.Sprintf("%.1f%%", share)
}
