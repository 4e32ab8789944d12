package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/ink"
	"github.com/lxlog/lx/ui/keys"
)

// helpView lists what keys do: first those of the view that it was opened from, then
// the query language, then what differs in the other views.
type helpView struct {
	of     keys.Mode // where it was opened
	narrow search    // only lines that have this text
	top    int       // the first visible line
	height int       // visible lines
	total  int       // lines there are, as they were drawn last
}

// openHelp puts the help over the view on top.
func (m *Model) openHelp() tea.Cmd {
	m.push(&helpView{of: m.mode()})
	return nil
}

func (*helpView) mode() keys.Mode { return keys.Help }

func (v *helpView) do(m *Model, a keys.Action) tea.Cmd {
	v.height = m.frame().body
	page := max(v.height-1, 1)
	switch a {
	case keys.Down:
		v.top++
	case keys.Up:
		v.top--
	case keys.PageDown:
		v.top += page
	case keys.PageUp:
		v.top -= page
	case keys.HalfDown:
		v.top += v.height / 2
	case keys.HalfUp:
		v.top -= v.height / 2
	case keys.Top:
		v.top = 0
	case keys.Bottom:
		v.top = v.total
	case keys.Search:
		b := &helpBox{view: v, old: v.narrow.text}
		b.set(v.narrow.text)
		m.box = b
	}
	return nil
}

// closing shows all keys again first, where only some were.
func (v *helpView) closing(*Model) bool {
	had := v.narrow.text != ""
	v.narrow.set("")
	return had
}

func (v *helpView) title(m *Model, _ int) string {
	return m.titleLine(m.Theme.Strong.Render("help") + "  " + modeTitle(v.of))
}

// helpColumns is the width from which help stands in two columns.
const helpColumns = 120

func (v *helpView) body(m *Model, width, height int) []string {
	blocks := v.blocks(m)
	var lines []string
	if width >= helpColumns {
		left, right := halves(blocks)
		half := (width - 3) / 2
		lines = beside(v.lines(m, left, half), v.lines(m, right, half), half, m.Theme.Dim.Render(" "+m.Glyphs.Track+" "))
	} else {
		lines = v.lines(m, blocks, width)
	}
	if len(lines) == 0 {
		lines = []string{"", m.Theme.Dim.Render(cut("   no key and no word of the query language has "+cleanCut(v.narrow.text, 40), width))}
	}
	v.total, v.height = len(lines), height
	v.top = max(0, min(v.top, v.total-height))
	return lines[v.top:min(v.top+height, len(lines))]
}

func (v *helpView) status(m *Model, width int) string {
	t := m.Theme
	left := t.Dim.Render("all keys")
	if v.narrow.text != "" {
		left = t.Strong.Render("/"+cleanCut(v.narrow.text, width/2)) + " " + t.Dim.Render(m.showKey(keys.Close)+" all keys")
	}
	right := ""
	if v.total > v.height {
		right = fmt.Sprintf("lines %d-%d of %d", v.top+1, min(v.top+v.height, v.total), v.total)
	}
	return sides(" "+left, right+" ", width)
}

// lines draws blocks below one another.
func (v *helpView) lines(m *Model, blocks []helpBlock, width int) (out []string) {
	t := m.Theme
	found := ink.Of(t.Found)
	for i, b := range blocks {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, cut(" "+t.Strong.Render(b.title), width))
		w := 0
		for _, e := range b.entries {
			w = max(w, min(cellWidth(e.keys), b.widest))
		}
		for _, e := range b.entries {
			does := cut(e.does, width-w-5-cellWidth(e.own))
			line := "   " + v.narrow.paint(pad(cut(e.keys, w), w), ink.Of(t.Service), found) + "  " + v.narrow.paint(does, ink.Of(t.Text), found)
			if e.own != "" {
				line += t.Notice.Render(e.own)
			}
			out = append(out, fit(line, width))
		}
	}
	return out
}

// helpBox is where the text is typed that lines of the help are to have.
type helpBox struct {
	line
	view *helpView
	old  string
}

func (b *helpBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch m.Keys.Action(keys.Text, k.String()) {
	case keys.Apply:
		m.box = nil
	case keys.Cancel:
		m.box = nil
		b.view.narrow.set(b.old)
	default:
		if b.edit(k.String(), k.Text) {
			b.look()
		}
	}
	return nil
}

// insert takes what was pasted.
func (b *helpBox) insert(text string) {
	b.line.insert(text)
	b.look()
}

func (b *helpBox) look() {
	b.view.narrow.set(b.text())
	b.view.top = 0
}

func (b *helpBox) status(m *Model, width int) (string, int) { return b.draw(m.Theme, "/", -1, width) }

func (b *helpBox) footer(m *Model) []hint {
	n := 0
	for _, block := range b.view.blocks(m) {
		n += len(block.entries)
	}
	return []hint{{plural(n, "line"), ""}, {"Enter", "keep"}, {"Esc", "close"}}
}

// has reports whether an entry, under its title, has the text that is looked for.
func (v *helpView) has(title string, e helpEntry) bool {
	text := strings.ToLower(v.narrow.text)
	for word := range strings.FieldsSeq(text) {
		if !strings.Contains(strings.ToLower(title+" "+e.keys+" "+e.does+" "+e.name), word) {
			return false
		}
	}
	return true
}
