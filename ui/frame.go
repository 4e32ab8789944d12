package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// A frame is how the lines of the screen are shared out.
type frame struct {
	header, strip, levels, banner, note int // lines above the body
	body                                int
	status, footer                      int
}

// frame shares the lines out: under 20 one row of the strip and no levels, under 12
// no strip, under 8 the list and the status alone.
func (m *Model) frame() frame {
	f := frame{header: 1, status: 1, footer: 1}
	_, own := m.top().view.(titled)
	switch {
	case m.height < 8:
		f = frame{}
		if m.height > 1 {
			f.status = 1
		}
	case own || m.height < 12 || m.barren():
	case m.height < 20:
		f.strip = 1
	default:
		f.strip, f.levels = 2, 1
	}
	if len(m.Banners) > 0 && m.height >= 8 {
		f.banner = 1
	}
	if !own && m.height >= noteFrom && m.noteLine() != "" {
		f.note = 1
	}
	f.body = max(m.height-f.header-f.strip-f.levels-f.banner-f.note-f.status-f.footer, 1)
	return f
}

// noteFrom is the height from which a line says what the list may lack.
const noteFrom = 12

// barren reports whether there is nothing to draw over time, and nothing to come: no source could be read.
func (m *Model) barren() bool {
	s := m.scope()
	if !s.tally.known || s.tally.all.Records.N > 0 || len(m.health) == 0 {
		return false
	}
	return !slices.ContainsFunc(m.health, func(h session.Health) bool { return !inTrouble(&h) })
}

// listHeight is how many lines the list of records has.
func (m *Model) listHeight() int {
	if len(m.layers) == 0 {
		return max(m.height-6, 1)
	}
	f := m.frame()
	if m.side && m.width < sideFrom {
		return max(f.body-sideHeight(f.body), 1)
	}
	return f.body
}

// narrow is the width below which lines are cut that no view drew for so few cells.
const narrow = 40

// View implements tea.Model.
func (m *Model) View() tea.View {
	f := m.frame()
	lines := make([]string, 0, m.height+2)
	if f.header > 0 {
		if v, ok := m.top().view.(titled); ok {
			lines = append(lines, v.title(m, m.width))
		} else {
			lines = append(lines, m.header())
		}
	}
	lines = append(lines, m.stripRows(f)...)
	if f.banner > 0 {
		lines = append(lines, m.bannerLine())
	}
	if f.note > 0 {
		lines = append(lines, m.noteLine())
	}
	lines = append(lines, m.body(f.body)...)
	cursor, at := -1, len(lines)
	if f.status > 0 {
		var status string
		if m.box != nil {
			status, cursor = m.box.status(m, m.width)
		} else {
			status = m.top().view.status(m, m.width)
		}
		lines = append(lines, status)
	}
	if f.footer > 0 {
		lines = append(lines, m.foot())
	}
	if m.width < narrow {
		for i := range lines {
			lines[i] = cut(lines[i], m.width)
		}
	}
	text := strings.Join(lines[:min(len(lines), m.height)], "\n")
	if m.plainer != nil {
		text = m.plainer.Replace(text)
	}
	v := tea.NewView(text)
	v.AltScreen = true
	if m.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if cursor >= 0 {
		v.Cursor = tea.NewCursor(min(cursor, m.width-1), at)
	}
	return v
}

// bannerLine is what one should know, the first of it.
func (m *Model) bannerLine() string {
	more := ""
	if n := len(m.Banners); n > 1 {
		more = plural(n-1, "more")
	}
	return sides(" "+m.Theme.Notice.Render(cleanCut(m.Banners[0], m.width)), m.Theme.Dim.Render(more+"  Esc closes")+" ", m.width)
}

// body is the view on top in exactly height lines, with what a popup lays over their end.
func (m *Model) body(height int) []string {
	lines := m.top().view.body(m, m.width, height)
	lines = lines[:min(len(lines), height)]
	for len(lines) < height {
		lines = append(lines, "")
	}
	p, ok := m.box.(popup)
	if !ok {
		return lines
	}
	over := p.over(m, m.width, height)
	free := height - len(over)
	if p, ok := p.(placed); ok && len(over) > 0 {
		over = laid(over, lines[free:], p.indent(m.width))
	}
	return append(lines[:free:free], over...)
}

// laid is lines laid over others, from a cell on.
func laid(over, under []string, at int) []string {
	out := make([]string, len(over))
	for i, l := range over {
		out[i] = pad(fit(under[i], at), at) + l + dropCells(under[i], at+cellWidth(l))
	}
	return out
}

// titleLine is the first line of a view that has one of its own: what it is made
// of, and at the right sources in trouble and the zone.
func (m *Model) titleLine(left string) string {
	right := m.Theme.Dim.Render(m.zoneName())
	trouble, _ := m.troubled()
	for i := len(trouble) - 1; i >= 0; i-- {
		text := m.Theme.Trouble.Render(m.Glyphs.Trouble+" ") + m.sourceName(trouble[i])
		if cellWidth(text)+cellWidth(right)+2 > m.width/2 && i > 0 {
			continue
		}
		right = text + "  " + right
	}
	return sides(" "+left, right+" ", m.width)
}

// foot is the footer: what the last key did, or keys that matter, as many as fit.
func (m *Model) foot() string {
	t := m.Theme
	switch {
	case m.notice != "":
		return fit(" "+m.notice, m.width)
	case m.errandText() != "":
		return fit(" "+m.errandText(), m.width)
	case m.lackText() != "":
		return fit(" "+m.lackText(), m.width)
	case m.scope().failure != "":
		return fit(" "+t.Trouble.Render(clean(m.scope().failure)), m.width)
	}
	hints, last := m.hints()
	pieces := func(h hint) string {
		text := " " + t.Dim.Render(h.does)
		if h.key != "" {
			text = " " + t.Strong.Render(h.key) + text
		}
		return text + " "
	}
	line, room := "", m.width
	end := ""
	if last.key != "" {
		end = pieces(last)
		room -= cellWidth(end)
	}
	for _, h := range hints {
		text := pieces(h)
		if cellWidth(line)+cellWidth(text) > room {
			break
		}
		line += text
	}
	return fit(line+end, m.width)
}

// aboutRows do nothing where there is no row; what Enter does then is said elsewhere.
var aboutRows = []keys.Action{
	keys.Enter, keys.Search, keys.Trace, keys.MoreContext, keys.Space, keys.Bottom, keys.Sort, keys.Mark, keys.Copy,
}

// hints are the keys that the footer names, and the one that is never left out.
func (m *Model) hints() (out []hint, last hint) {
	if m.box != nil {
		return m.box.footer(m), hint{}
	}
	mode, top := m.mode(), m.top().view
	list, ok := top.(rowed)
	empty := ok && mode == top.mode() && list.rowless(m)
	if mode == keys.Logs && m.scope().anchorRow >= 0 {
		out = append(out, hintOf(m, keys.Copy, "copy"), hintOf(m, keys.Close, "select none"))
	}
	for _, b := range m.Keys.Footer(mode) {
		if empty && slices.Contains(aboutRows, b.Action) {
			continue
		}
		h := hint{m.showKey(b.Action), b.Short}
		if b.Action == keys.Close && len(m.layers) == 1 && mode == top.mode() {
			h = hint{m.showKey(keys.Close, "q"), "quit"}
		}
		if rest, ok := strings.CutPrefix(b.Short, h.key+" "); ok { // "h l bar" names its keys itself
			i := strings.LastIndexByte(rest, ' ')
			if i < 0 {
				i = 0
			}
			h = hint{strings.TrimSpace(h.key + " " + rest[:i]), strings.TrimSpace(rest[i:])}
		}
		if b.Action == keys.HelpFor {
			last = h
			continue
		}
		out = append(out, h)
	}
	return out, last
}
