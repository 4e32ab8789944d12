package chart

import (
	"image/color"
	"math"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/themes"
)

// Slice is a part of a whole.
type Slice struct {
	Count int64
	Style lipgloss.Style
	Glyph string // one cell, best a letter: what it is where there is no colour
}

// nothing is where no slice is.
const nothing = -1

// disc is a round picture of width times height dots: at each the number of a slice.
type disc struct {
	width, height int
	dots          []int
}

func (d *disc) at(x, y int) int {
	if x < 0 || y < 0 || x >= d.width || y >= d.height {
		return nothing
	}
	return d.dots[y*d.width+x]
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

// newDisc fills a disc; a dot is tall times as high as wide.
func newDisc(slices []Slice, width, height int, tall float64) *disc {
	d := &disc{width, height, make([]int, width*height)}
	ends, total := make([]float64, len(slices)), 0.0
	for i, s := range slices {
		total += float64(max(s.Count, 0))
		ends[i] = total
	}
	radius := float64(width) / 2
	have := make([]int, len(slices))
	for i := range d.dots {
		d.dots[i] = nothing
		x := float64(i%width) + 0.5 - radius
		y := (float64(i/width) + 0.5 - float64(height)/2) * tall
		if total == 0 || math.Hypot(x, y) > radius {
			continue
		}
		turn := math.Atan2(x, -y) / (2 * math.Pi)
		if turn < 0 {
			turn++
		}
		s := 0
		for s < len(ends)-1 && (ends[s] <= turn*total || slices[s].Count <= 0) {
			s++
		}
		for slices[s].Count <= 0 { // rounding has gone past the last one of anything
			s--
		}
		d.dots[i] = s
		have[s]++
	}
	for s := range slices {
		if slices[s].Count > 0 && have[s] == 0 {
			middle := (ends[s] - float64(slices[s].Count)/2) / total * 2 * math.Pi
			d.spare(s, middle, tall, have)
		}
	}
	return d
}

// spare gives slice s the outermost dot at the angle that another one can do without.
func (d *disc) spare(s int, angle, tall float64, have []int) {
	for r := float64(d.width) / 2; r > 0; r -= 0.25 {
		x := int(math.Floor(float64(d.width)/2 + r*math.Sin(angle)))
		y := int(math.Floor(float64(d.height)/2 - r*math.Cos(angle)/tall))
		if owner := d.at(x, y); owner != nothing && have[owner] > 1 {
			have[owner]--
			have[s]++
			d.dots[y*d.width+x] = s
			return
		}
	}
}

// drawLetters draws a dot a cell.
func drawLetters(slices []Slice, d *disc) []string {
	inks := make([]ink, len(slices))
	for i := range slices {
		inks[i] = filled(slices[i].Style)
	}
	var p pen
	rows, blank := make([]string, d.height), ink{}
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
	made := map[[2]int]*ink{}
	use := func(sign, rest int) *ink {
		k := made[[2]int{sign, rest}]
		if k == nil {
			k = &ink{}
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
	lines, strong := inkOf(t.Text), inkOf(t.Strong)
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

// border: the dot is of a slice, and right of it or below it is another, or beside it nothing.
func (d *disc) border(x, y int) bool {
	s := d.at(x, y)
	if s == nothing {
		return false
	}
	right, below := d.at(x+1, y), d.at(x, y+1)
	return right != s || below != s || d.at(x-1, y) == nothing || d.at(x, y-1) == nothing
}

// middles is the cell, of eight dots, in the middle of each slice that has room for a sign there.
func (d *disc) middles(n int) map[[2]int]int {
	type middle struct{ x, y, n int }
	sums := make([]middle, n)
	for i, s := range d.dots {
		if s != nothing {
			sums[s].x += i % d.width
			sums[s].y += i / d.width
			sums[s].n++
		}
	}
	cells := map[[2]int]int{}
	for s, m := range sums {
		if m.n == 0 {
			continue
		}
		x, y := m.x/m.n/2, m.y/m.n/4
		room := true
		for i := range 8 {
			room = room && d.at(2*x+i%2, 4*y+i/2) == s
		}
		if room {
			cells[[2]int{x, y}] = s
		}
	}
	return cells
}
