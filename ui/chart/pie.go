package chart

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// Slice is a part of a whole.
type Slice struct {
	Count int64
	Style lipgloss.Style
	Glyph string // one cell, best a letter: what it is where there is no colour
}

// Pie draws shares of a whole as a disc in the middle of height lines of exactly
// width cells, from twelve o'clock on clockwise. A slice of anything has a dot of
// its own while there are enough; of two in one colour the smaller is shaded. Where all
// have one colour their borders are drawn and the glyph stands in them; without
// blocks glyphs fill them.
func Pie(slices []Slice, t *themes.Theme, g *themes.Glyphs, width, height int) []string {
	width, height = max(width, 0), max(height, 0)
	across := min(width, 2*height) // cells; a cell is half as wide as high
	down := (across + 1) / 2
	var rows []string
	switch {
	case !g.Round:
		rows = drawLetters(slices, newDisc(slices, across, down, 2))
	case coloured(slices):
		rows = drawBlocks(slices, newDisc(slices, across, 2*down, 1))
	default:
		rows = drawBorders(slices, newDisc(slices, 2*across, 4*down, 1), t)
	}
	lines := make([]string, height)
	above, left := (height-down)/2, (width-across)/2
	for i := range lines {
		if y := i - above; y >= 0 && y < len(rows) {
			lines[i] = blanks(left) + rows[y] + blanks(width-across-left)
		} else {
			lines[i] = blanks(width)
		}
	}
	return lines
}

// coloured: there are slices of different colours, or there is only one.
func coloured(slices []Slice) bool {
	seen, n := map[color.Color]bool{}, 0
	for _, s := range slices {
		if s.Count > 0 {
			seen[area(s.Style)] = true
			n++
		}
	}
	return len(seen) > 1 || n == 1
}

// drawLetters draws a dot a cell.
func drawLetters(slices []Slice, d *disc) []string {
	inks := make([]ink.Ink, len(slices))
	for i := range slices {
		inks[i] = filled(slices[i].Style)
	}
	var p pen
	rows, blank := make([]string, d.height), ink.Ink{}
	for y := range rows {
		for x := range d.width {
			if s := d.at(x, y); s == nothing {
				p.put(" ", &blank)
			} else {
				p.put(fit(slices[s].Glyph, 1), &inks[s])
			}
		}
		rows[y] = p.line()
	}
	return rows
}

// drawBlocks draws two dots a cell, one above the other, in their colours.
func drawBlocks(slices []Slice, d *disc) []string {
	made := map[[2]int]*ink.Ink{}
	use := func(sign, rest int) *ink.Ink {
		k := made[[2]int{sign, rest}]
		if k == nil {
			k = &ink.Ink{}
			switch {
			case sign == nothing:
			case rest == nothing:
				*k = filled(slices[sign].Style)
			default:
				*k = between(slices[sign].Style, slices[rest].Style)
			}
			made[[2]int{sign, rest}] = k
		}
		return k
	}
	full := fills(slices)
	var p pen
	rows := make([]string, (d.height+1)/2)
	for y := range rows {
		for x := range d.width {
			switch upper, lower := d.at(x, 2*y), d.at(x, 2*y+1); {
			case upper == nothing && lower == nothing:
				p.put(" ", use(nothing, nothing))
			case upper == lower:
				p.put(full[upper], use(upper, nothing))
			case upper == nothing:
				p.put("▄", use(lower, nothing))
			case lower != nothing && area(slices[upper].Style) == area(slices[lower].Style):
				p.put("▒", use(upper, nothing))
			default:
				p.put("▀", use(upper, lower))
			}
		}
		rows[y] = p.line()
	}
	return rows
}

// fills is what a cell of each slice is filled with: of those in one colour the
// largest is solid, the others shaded.
func fills(slices []Slice) []string {
	largest := map[color.Color]int{}
	for i, s := range slices {
		if l, other := largest[area(s.Style)]; !other || s.Count > slices[l].Count {
			largest[area(s.Style)] = i
		}
	}
	full := make([]string, len(slices))
	for i, s := range slices {
		full[i] = "▒"
		if largest[area(s.Style)] == i {
			full[i] = "█"
		}
	}
	return full
}

// drawBorders draws eight dots a cell: those at which a slice ends, and the glyph in its middle.
func drawBorders(slices []Slice, d *disc, t *themes.Theme) []string {
	rows := make([]string, (d.height+3)/4)
	cells := d.middles(len(slices))
	lines, strong := ink.Of(t.Text), ink.Of(t.Strong)
	bits := [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	var p pen
	for y := range rows {
		for x := range d.width / 2 {
			if s, here := cells[[2]int{x, y}]; here {
				p.put(fit(slices[s].Glyph, 1), &strong)
				continue
			}
			sign := rune(0)
			for dy := range bits {
				for dx, bit := range bits[dy] {
					if d.border(2*x+dx, 4*y+dy) {
						sign |= bit
					}
				}
			}
			if sign == 0 {
				p.put(" ", &lines)
			} else {
				p.put(string(0x2800+sign), &lines)
			}
		}
		rows[y] = p.line()
	}
	return rows
}
