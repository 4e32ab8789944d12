package chart

import (
	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// What stands beside the bars of a strip, in cells: at the left a blank and the
// label, at the right a blank and the rate.
const (
	labelCells = 8
	rateCells  = 9
	leastBars  = 12 // before label and rate get room
)

// quietScale is the count that the highest bar of a strip stands for at least, so
// that one record in an hour is not drawn as a catastrophe.
const quietScale = 8

// Strip is a row of bars on a scale of its own.
type Strip struct {
	Label string // "all", "ERROR", "match": up to six cells
	*Series
	Least    logs.Level // the least level that is counted, 0: all records
	Style    lipgloss.Style
	Dimmed   bool  // the level filter hides what the strip counts
	Shown    Range // the list's range: underlined
	Selected Range
	Cursor   int // column under the cursor; -1: none
}

// StripColumns is how many columns a strip of the width has room for. A series with
// more loses its oldest ones; one with less leaves room before the rate.
func StripColumns(width int) int {
	_, bars, _ := stripCells(width)
	return bars
}

// StripColumn is the column, of a series of n, that is drawn in cell x of a strip of
// the width: for the mouse; -1 if none is.
func StripColumn(x, width, n int) int {
	label, bars, _ := stripCells(width)
	x -= label
	if x < 0 || x >= min(bars, n) {
		return -1
	}
	return x + max(n-bars, 0)
}

func stripCells(width int) (label, bars, rate int) {
	bars = max(width, 0)
	if bars >= labelCells+leastBars {
		label, bars = labelCells, bars-labelCells
	}
	if bars >= rateCells+leastBars {
		rate, bars = rateCells, bars-rateCells
	}
	return label, bars, rate
}

// Line draws the strip in exactly width cells. Series may be nil: no bars then.
func (s Strip) Line(t *themes.Theme, g *themes.Glyphs, width int) string {
	label, bars, rate := stripCells(width)
	of := s.Series
	if of == nil {
		of = &Series{}
	}
	var p pen
	p.Grow(3*bars + 128) // bytes: three a bar, label, rate and colours
	dim, strong := ink.Of(t.Dim), ink.Of(t.Strong)
	if label > 0 {
		p.put(" "+fit(s.Label, label-2)+" ", &dim)
	}
	looks := stripLooks{strip: &s, theme: t}
	most := max(of.most(s.Least), quietScale)
	first := max(len(of.Columns)-bars, 0)
	for i := first; i < len(of.Columns); i++ {
		c := &of.Columns[i]
		p.put(bar(c, c.Count(s.Least), most, g), looks.ink(i))
	}
	p.put(blanks(bars-len(of.Columns)+first), &dim)
	if rate > 0 {
		text, style := of.rate(s.Least)+"/min", &strong
		if s.Dimmed {
			style = &dim
		}
		p.put(fitRight(text, rate), style)
	}
	return p.line()
}

// bar is a column as one cell.
func bar(c *Column, n, most int64, g *themes.Glyphs) string {
	switch c.State {
	case Unknown:
		return g.Unknown
	case Unfinished:
		return g.Unfinished
	}
	return g.Bars[eighths(n, most, 1)]
}

// stripLooks keeps the inks that a strip has used.
type stripLooks struct {
	strip *Strip
	theme *themes.Theme
	made  [2][2][4]*ink.Ink // by: in colour or dim, shown, selected and cursor
}

func (l *stripLooks) ink(i int) *ink.Ink {
	s := l.strip
	var faint, shown, over int
	if s.Dimmed || s.Columns[i].State != Known {
		faint = 1
	}
	if s.Shown.has(i) {
		shown = 1
	}
	if s.Selected.has(i) {
		over = 1
	}
	if i == s.Cursor {
		over |= 2
	}
	made := &l.made[faint][shown][over]
	if *made == nil {
		style := s.Style
		if faint > 0 {
			style = l.theme.Dim
		}
		k := ink.Of(marked(style.Underline(shown > 0), over, l.theme))
		*made = &k
	}
	return *made
}

// marked lays the looks of a selection (1) and of the cursor (2) over a style. The
// cursor turns front and back round, which is seen on bars of any height and in a selection.
func marked(s lipgloss.Style, over int, t *themes.Theme) lipgloss.Style {
	if over&1 > 0 {
		s = t.Selected.Inherit(s)
	}
	if over&2 > 0 {
		s = s.Reverse(!s.GetReverse())
	}
	return s
}
