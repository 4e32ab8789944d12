package chart

import (
	"charm.land/lipgloss/v2"
	"github.com/lxlog/lx/ui/ink"

	"github.com/lxlog/lx/logs"
)

// cell is what one cell of a column shows.
func (d *drawing) cell(s *stack, row int) (sign string, with *ink.Ink) {
	floor, top := 8*(row-1), s.tops[0]
	switch {
	case s.state == Unknown && row == 1:
		return d.glyphs.Unknown, d.noted
	case s.state == Unknown:
		return " ", d.thin
	case s.state == Unfinished && (top > floor || row == 1):
		return d.glyphs.Unfinished, d.thin
	case top <= floor:
		return " ", d.thin
	}
	p := partsOf(s, floor)
	switch {
	case top < floor+8:
		return d.end(top-floor, p.most, row), d.ink(p.most)
	case !d.solid:
		return d.glyphs.Stack[p.most], d.ink(p.most)
	}
	if p.lower != p.rest {
		if both := d.mixed(p.lower, p.rest); both != nil {
			return d.glyphs.Bars[s.tops[p.lower]-floor], both
		}
	}
	return d.glyphs.Bars[8], d.ink(p.most)
}

// parts are the levels in one cell: the lowest, the one with most of the rest of it,
// and the one that stands for the cell where only one can. That is the one with most
// of it, except that an error that is seen nowhere else goes before all.
type parts struct{ lower, rest, most int }

func partsOf(s *stack, floor int) (p parts) {
	p = parts{-1, -1, -1}
	bottom, share, largest := floor, 0, 0
	for l := logs.Levels - 1; l >= 0; l-- {
		part := min(s.tops[l], floor+8) - bottom
		if part <= 0 {
			continue
		}
		bottom += part
		if p.lower < 0 {
			p = parts{l, l, l}
			largest = part
			if floor == 0 && logs.Level(l) >= logs.Error.Level() {
				largest = 8
			}
			continue
		}
		if part > share {
			p.rest, share = l, part
		}
		if part > largest {
			p.most, largest = l, part
		}
	}
	return p
}

// end is the uppermost cell of a bar, of so many eighths. A sign that cannot be
// drawn in part stands for half of it and more.
func (d *drawing) end(eighths, level, row int) string {
	sign := d.glyphs.Stack[level]
	switch {
	case d.solid || sign == d.glyphs.Bars[8] || eighths < 4 && row == 1:
		return d.glyphs.Bars[eighths]
	case eighths < 4:
		return " "
	}
	return sign
}

// style is the look of a level, dim where the level filter hides it.
func (d *drawing) style(level int) lipgloss.Style {
	if logs.Level(level) < d.Least {
		return d.theme.Dim
	}
	return d.theme.Levels[level]
}

func (d *drawing) ink(level int) *ink.Ink {
	if d.full[level] == nil {
		k := filled(d.style(level))
		d.full[level] = &k
	}
	return d.full[level]
}

// mixed is the ink of a cell in which one level ends below another; nil if they have one colour.
func (d *drawing) mixed(lower, upper int) *ink.Ink {
	made := &d.over[lower][upper]
	if *made == nil {
		a, b := d.style(lower), d.style(upper)
		if area(a) == area(b) {
			return nil
		}
		k := between(a, b)
		*made = &k
	}
	return *made
}
