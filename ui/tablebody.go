package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/ui/ink"
)

// columnGap is the room between columns of a table.
const columnGap = 2

// body draws the titles and as many rows as there is room for, in at most height
// lines of width cells. Where there are more, a scroll bar tells where they stand.
func (t *table) body(m *Model, width, height int) []string {
	if height < 1 {
		return nil
	}
	rows, room := height, width
	if height > 2 {
		rows-- // for the titles
	}
	if len(t.rows) > rows && width > 8 {
		room -= 2 // for the scroll bar
	}
	t.list.Resize(rows)
	widths := t.widths(max(room-1, 0))
	var lines []string
	if rows < height {
		lines = append(lines, t.titles(m, widths, room))
	}
	from, to := t.list.Visible()
	for i := from; i < to; i++ {
		line := t.row(m, &t.rows[i], widths, i == t.list.Cursor, room)
		if room < width {
			line += m.Theme.Text.Render(" ") + t.thumb(m, i-from, rows)
		}
		lines = append(lines, line)
	}
	return lines
}

// widths are the cells of each column in a line of width cells; 0: it is left out.
func (t *table) widths(width int) []int {
	out := make([]int, len(t.columns))
	copy(out, t.natural)
	used := func() (n int) {
		for _, w := range out {
			if w > 0 {
				n += w + columnGap
			}
		}
		return n - columnGap
	}
	for i := range out {
		out[i] = min(out[i], width)
	}
	for over := used() - width; over > 0; over = used() - width {
		if widest := t.widestOf(out); widest >= 0 {
			out[widest]--
			continue
		}
		lightest := -1
		for i, c := range t.columns {
			if out[i] > 0 && c.weight > 0 && (lightest < 0 || c.weight <= t.columns[lightest].weight) {
				lightest = i
			}
		}
		if lightest < 0 {
			return t.squeezed(out, over)
		}
		out[lightest] = 0
		for i, c := range t.columns { // the others have its room
			if out[i] > 0 && c.least > 0 {
				out[i] = min(t.natural[i], width)
			}
		}
	}
	return out
}

// squeezed makes the words narrower than they should be, so that numbers are seen; what
// still does not fit is cut off at the end.
func (t *table) squeezed(widths []int, over int) []int {
	for i, c := range t.columns {
		if c.kind == words && widths[i] > 0 {
			less := max(min(over, widths[i]-leastWord), 0)
			widths[i], over = widths[i]-less, over-less
		}
	}
	return widths
}

// leastWord is how many cells a name has at least.
const leastWord = 4

// widestOf is the widest of the columns that can be made narrower; -1: there is none.
func (t *table) widestOf(widths []int) int {
	widest := -1
	for i, c := range t.columns {
		if c.least > 0 && widths[i] > c.least && (widest < 0 || widths[i] > widths[widest]) {
			widest = i
		}
	}
	return widest
}

// titles is the line above the rows, with a sign at the column that they are sorted by.
func (t *table) titles(m *Model, widths []int, width int) string {
	var b strings.Builder
	for i, c := range t.columns {
		if widths[i] == 0 {
			continue
		}
		style, title := m.Theme.Dim, c.title
		if i == t.sorted {
			sign := m.Glyphs.New
			if t.reverse {
				sign = m.Glyphs.Late
			}
			style, title = m.Theme.Strong, cut(title, widths[i]-1)+sign
			if c.kind == number {
				title = sign + cut(c.title, widths[i]-1)
			}
		}
		b.WriteString(blank(b.Len() > 0) + style.Render(aligned(cut(title, widths[i]), widths[i], c.kind)))
	}
	return fit(b.String(), width)
}

// blank is what stands before a column.
func blank(further bool) string {
	if further {
		return strings.Repeat(" ", columnGap)
	}
	return " "
}

// aligned is text in width cells, a number at their end.
func aligned(text string, width int, kind columnKind) string {
	if kind == number {
		return strings.Repeat(" ", max(width-cellWidth(text), 0)) + text
	}
	return pad(text, width)
}

// row draws one row in exactly width cells.
func (t *table) row(m *Model, r *tableRow, widths []int, cursor bool, width int) string {
	over := func(s lipgloss.Style) lipgloss.Style {
		if cursor {
			return m.Theme.Cursor
		}
		return s
	}
	var b strings.Builder
	for i, c := range t.columns {
		if widths[i] == 0 {
			continue
		}
		gap := blank(b.Len() > 0)
		if cursor && b.Len() == 0 {
			gap = m.Glyphs.Cursor
		}
		b.WriteString(over(m.Theme.Text).Render(gap))
		of := r.cell(i)
		if of.draw != nil {
			drawn := strings.TrimRight(of.draw(over(of.style), widths[i]), " ")
			b.WriteString(drawn + over(m.Theme.Text).Render(strings.Repeat(" ", max(widths[i]-cellWidth(drawn), 0))))
			continue
		}
		full := aligned(cleanCut(of.text, widths[i]), widths[i], c.kind)
		text := strings.TrimLeft(full, " ")
		before := full[:len(full)-len(text)]
		text = strings.TrimRight(text, " ")
		plain := over(m.Theme.Text) // so that the text alone stands out
		b.WriteString(plain.Render(before) + t.find.paint(text, ink.Of(over(of.style)), ink.Of(m.Theme.Found)) + plain.Render(full[len(before)+len(text):]))
	}
	line := fit(b.String(), width)
	return line + over(m.Theme.Text).Render(strings.Repeat(" ", max(width-cellWidth(line), 0)))
}

// thumb is the cell of the scroll bar in one of height lines.
func (t *table) thumb(m *Model, line, height int) string {
	from := t.list.Top * height / len(t.rows)
	to := max((t.list.Top+height)*height/len(t.rows), from+1)
	if line >= from && line < to {
		return m.Theme.Dim.Render(m.Glyphs.Thumb)
	}
	return m.Theme.Dim.Render(m.Glyphs.Track)
}
