package chart

import (
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// Room that the axes of a stacked histogram take, if it has more than that.
const (
	gutterCells = 8 // the numbers and the line at the left
	axisRows    = 2 // the line below and its times
	leastRows   = 2 // of bars, before axes get room
)

// Stacked is a histogram of bars that are stacked by level. The worst level is at
// the bottom: all errors stand on one line and so can be compared with one another,
// and a few of them are seen below thousands of others. Where there is no colour, or
// no blocks, each level has a sign of its own.
type Stacked struct {
	*Series
	Zone     *time.Location // of the times below; nil: UTC
	Least    logs.Level     // levels below it are hidden by the level filter, and dimmed
	Shown    Range          // the list's range: the axis below is strong
	Selected Range
	Cursor   int // column under the cursor; -1: none
}

// StackedColumns is how many columns a histogram of the width has room for at a cell
// each. With room for twice as many as there are, each is two cells wide, and so on;
// a series with more loses its oldest ones.
func StackedColumns(width int) int {
	if width >= gutterCells+leastBars {
		return width - gutterCells
	}
	return max(width, 0)
}

// stack is what is drawn of one column.
type stack struct {
	tops  [logs.Levels]int // upper edge of each level, in eighths of a row
	state State
}

// Lines draws the histogram in exactly height lines of width cells: the counts of a
// column at the left, times below. Series may be nil.
func (s Stacked) Lines(t *themes.Theme, g *themes.Glyphs, width, height int) []string {
	width, height = max(width, 0), max(height, 0)
	room := StackedColumns(width)
	d := drawing{Stacked: &s, theme: t, glyphs: g, gutter: width - room, rows: height}
	if height >= axisRows+leastRows && d.gutter > 0 {
		d.rows = height - axisRows
	} else {
		room, d.gutter = width, 0
	}
	if s.Series != nil {
		d.first = max(len(s.Columns)-room, 0)
		d.part = Series{From: s.Start(d.first), Step: s.Step, Columns: s.Columns[d.first:]}
	}
	d.cells = max(room/max(len(d.part.Columns), 1), 1)
	d.rest = room - d.cells*len(d.part.Columns)
	d.scale = ticksFor(d.part.most(0), d.rows)
	d.stack()
	lines := make([]string, 0, height)
	for row := d.rows; row > 0; row-- {
		lines = append(lines, d.row(row))
	}
	if len(lines) < height {
		lines = append(lines, d.axis(), d.times(width))
	}
	return lines
}

// drawing is a histogram while it is drawn.
type drawing struct {
	*Stacked
	theme       *themes.Theme
	glyphs      *themes.Glyphs
	part        Series // the columns that are drawn
	first       int    // number of the first of them
	cells       int    // width of a column
	rest        int    // cells behind the last one
	gutter      int
	rows        int
	scale       ticks
	solid       bool // blocks are told apart by colour; else levels are by their signs
	stacks      []stack
	full        [logs.Levels]*ink.Ink
	over        [logs.Levels][logs.Levels]*ink.Ink // by the lower level and the one above it
	noted, thin *ink.Ink
}

func (d *drawing) stack() {
	d.stacks = make([]stack, len(d.part.Columns))
	for i := range d.stacks {
		c := &d.part.Columns[i]
		d.stacks[i].state = c.State
		var n int64
		for l := logs.Levels - 1; l >= 0; l-- {
			n = sum(n, c.Levels[l])
			d.stacks[i].tops[l] = d.scale.eighths(n)
		}
	}
	d.solid = d.glyphs.Round && d.coloured()
	noted, thin := ink.Of(d.theme.Notice), ink.Of(d.theme.Dim)
	d.noted, d.thin = &noted, &thin
}

// coloured: not all levels are drawn in one colour.
func (d *drawing) coloured() bool {
	for l := range logs.Levels {
		if area(d.style(l)) != area(d.style(logs.Levels-1)) {
			return true
		}
	}
	return false
}

// row draws one row of cells, 1 being the lowest.
func (d *drawing) row(row int) string {
	var p pen
	p.Grow(4 * (len(d.stacks)*d.cells + d.gutter + 16))
	if d.gutter > 0 {
		sign, label := signsOf(d.glyphs).number, d.scale.label(row)
		if label == "" {
			sign = signsOf(d.glyphs).plain
		}
		p.put(fitRight(label, d.gutter-2)+" "+sign, d.thin)
	}
	for i := range d.stacks {
		sign, with := d.cell(&d.stacks[i], row)
		line := sign == " " && d.first+i == d.Cursor
		for x := range d.cells {
			if line && x == (d.cells-1)/2 {
				p.put(d.glyphs.Track, d.thin)
				continue
			}
			p.put(sign, with)
		}
	}
	p.put(blanks(d.rest), d.thin)
	return p.line()
}

// axis draws the line below the bars, with ticks at round times and the cursor.
func (d *drawing) axis() string {
	signs := signsOf(d.glyphs)
	tick := map[int]bool{}
	for _, s := range d.part.stamps(d.cells, d.zone()) {
		tick[s.column] = true
	}
	dim, strong, selected := d.thin, ink.Of(d.theme.Strong), ink.Of(d.theme.Selected)
	var p pen
	p.put(fitRight(d.scale.label(0), d.gutter-2)+" "+signs.corner, dim)
	for i := range d.part.Columns {
		with := dim
		switch {
		case d.Selected.has(d.first + i):
			with = &selected
		case d.Shown.has(d.first + i):
			with = &strong
		}
		for x := range d.cells {
			switch middle := x == (d.cells-1)/2; {
			case middle && d.first+i == d.Cursor:
				p.put(d.glyphs.Late, &strong)
			case middle && tick[i]:
				p.put(signs.tick, with)
			default:
				p.put(signs.line, with)
			}
		}
	}
	for range d.rest {
		p.put(signs.line, dim)
	}
	return p.line()
}

func (d *drawing) times(width int) string {
	var p pen
	p.put(stampLine(d.part.stamps(d.cells, d.zone()), d.gutter, d.cells, width), d.thin)
	return p.line()
}

func (d *drawing) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone
}
