package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/logs"
)

// style is that of a tint in a record.
func (m *Model) style(t tint, r *logs.Record) lipgloss.Style {
	switch t {
	case tintDim:
		return m.Theme.Dim
	case tintNumber:
		return m.Theme.Service
	case tintBool:
		return m.Theme.Notice
	case tintService:
		return m.Theme.Service
	case tintTrace:
		return m.Theme.Trace
	case tintLevel:
		return m.Theme.Levels[r.Severity.Level()]
	}
	return m.Theme.Text
}

// draw is what is seen of the page.
func (d *details) draw(m *Model, focused bool) []string {
	p := &d.page
	lines := make([]string, 0, p.height)
	marked := !focused
	for at, short := p.top, 0; len(lines) < p.height && short == 0; at, short = p.below(at, 1) {
		room, key := p.head(at.part)
		n := at.line - room
		if n < 0 {
			lines = append(lines, "")
			continue
		}
		mark := " "
		if !marked && at.part == p.cursor && p.face == faceFields {
			mark, marked = m.Theme.Dim.Render(m.Glyphs.Cursor), true
		}
		lines = append(lines, mark+d.keyCell(m, at.part, n, key > 0, focused)+d.valueCell(m, at.part, n-key))
	}
	return lines
}

// keyCell is the column of keys in line n of a part.
func (d *details) keyCell(m *Model, i, n int, own, focused bool) string {
	p, q := &d.page, &d.page.parts[i]
	if q.key == "" {
		return ""
	}
	if n > 0 {
		return strings.Repeat(" ", p.key+2)
	}
	room := p.key
	if own {
		room = p.width - 2
	}
	text := cleanCut(q.key, room)
	style := m.Theme.Dim
	if focused && i == p.cursor {
		style = m.Theme.Strong
	}
	cell := d.finding(m).marked(text, style, m.Theme.Found)
	if own {
		return cell
	}
	return cell + strings.Repeat(" ", max(p.key-cellWidth(text), 0)+2)
}

// valueCell is row n of a part's value.
func (d *details) valueCell(m *Model, i, n int) string {
	p, q := &d.page, &d.page.parts[i]
	f := p.flow(i)
	if n < 0 || !f.has(n) {
		return ""
	}
	r := f.rows[n]
	width := p.width - p.indent(i) - r.indent
	end := ""
	switch {
	case n == foldRows-1 && p.folded(i) && f.has(foldRows):
		end = " " + f.rest(n)
	case f.raw && r.next > r.to:
		end = strings.NewReplacer("\r", `\r`, "\n", `\n`, " ", "").Replace(f.text[r.to:r.next])
	}
	left := 0
	if p.flat {
		left = d.left
	}
	room := width - cellWidth(end)
	from, to := f.window(r, left, room)
	text := strings.Repeat(" ", r.indent) + d.paint(m, q, f, r, from, to)
	if room := width - f.cells(flowRow{from: from, to: to}); end != "" && room > 0 {
		text += m.Theme.Dim.Render(cut(end, room))
	}
	return text
}

// paint draws the bytes from, to of a row.
func (d *details) paint(m *Model, q *part, f *flow, r flowRow, from, to int) string {
	value := max(r.from, min(f.dim, r.to))
	spans := []span{{r.from, value, q.tint}, {value, r.to, tintDim}}
	if f.json {
		spans, _ = jsonSpans(f.text, r.from, r.to, r.state)
	}
	hits := d.finding(m).within(f.text, from, to)
	var b strings.Builder
	for _, s := range spans {
		at, end := max(s.from, from), min(s.to, to)
		style := m.style(s.tint, d.row.Record)
		for at < end {
			for len(hits) > 0 && hits[0].to <= at {
				hits = hits[1:]
			}
			next, look := end, style
			switch {
			case len(hits) == 0:
			case hits[0].from <= at:
				next, look = min(hits[0].to, end), m.Theme.Found
			default:
				next = min(hits[0].from, end)
			}
			b.WriteString(look.Render(f.drawable(at, next)))
			at = next
		}
	}
	return b.String()
}

// longest is how far what is seen reaches beyond the window.
func (d *details) longest() int {
	p := &d.page
	most := 0
	for at, n := p.top, 0; n < p.height; n++ {
		room, key := p.head(at.part)
		if f := p.flow(at.part); at.line >= room+key && f.has(at.line-room-key) {
			most = max(most, f.cells(f.rows[at.line-room-key])-(p.width-p.indent(at.part)-1))
		}
		at, _ = p.below(at, 1)
	}
	return most
}
