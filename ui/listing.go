package ui

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// longest is how far the messages reach beyond the screen.
func (m *Model) longest() int {
	s := m.scope()
	c := m.columns(s, m.width)
	from, to := s.list.Visible()
	most := 0
	for _, it := range s.items[from:to] {
		if it.Record != nil {
			first, _, _ := strings.Cut(it.Record.Body, "\n")
			most = max(most, cellWidth(cleanCut(first, 4096)))
		}
	}
	return max(most-(m.width-c.indent()), 0)
}

// listing draws the visible items, the scroll bar at their right.
func (m *Model) listing(s *scope, width, height int) []string {
	s.list.Lines = nil
	if m.Wrap || s.context > 0 {
		c := m.columns(s, width-1)
		s.list.Lines = func(i int) int { return m.linesOf(&s.items[i], c) }
	}
	s.list.Resize(height)
	c := m.columns(s, width-1)
	bar := m.scrollBar(s, height)
	from, to := s.list.Visible()
	lines := make([]string, 0, height)
	before := logs.NoTime
	if from > 0 && s.items[from-1].Record != nil {
		before = s.items[from-1].Record.Time
	}
	first, last := s.chosen()
	for i := from; i < to; i++ {
		it := &s.items[i]
		k := look{cursor: i == s.list.Cursor, context: it.context, before: before, selected: s.anchorRow >= 0 && i >= first && i <= last}
		most := 1
		if m.Wrap {
			most = height
		}
		drawn := m.row(it, c, k, most)
		if it.apart {
			drawn = append([]string{" " + m.inks.dim.Render(strings.Repeat(m.Glyphs.Rule, 2))}, drawn...)
		}
		for _, l := range drawn {
			if n := len(lines); n < height {
				lines = append(lines, pad(l, width-1)+bar[n])
			}
		}
		if it.Record != nil {
			before = it.Record.Time
		}
	}
	return lines
}

// linesOf is how many lines an item takes where long lines are wrapped.
func (m *Model) linesOf(it *item, c columns) int {
	n := 1
	if it.apart {
		n++
	}
	if it.Record == nil || !m.Wrap {
		return n
	}
	room := c.width - c.indent()
	return n - 1 + len(m.message(it.Record, max(room-cellWidth(aheadText(it)+m.noteText(it, room)), 1), m.listHeight()))
}

// beside puts two columns of lines side by side.
func beside(left, right []string, width int, between string) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = pad(l, width) + between + r
	}
	return out
}
