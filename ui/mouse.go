package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/chart"
	"github.com/lxlog/lx/ui/keys"
)

// wheelRows is how many rows a step of the wheel scrolls.
const wheelRows = 3

// mouse acts on a click or the wheel. It is asked for by `:mouse on` alone: without
// it the terminal selects text as everywhere else, and sends the wheel as arrows.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.box != nil {
		return nil
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		n, a := wheelRows, keys.Down
		if at.Button == tea.MouseWheelUp {
			a = keys.Up
		}
		if at.Button != tea.MouseWheelUp && at.Button != tea.MouseWheelDown {
			return nil
		}
		var cmds []tea.Cmd
		for range n {
			cmds = append(cmds, m.top().view.do(m, a))
		}
		return tea.Batch(cmds...)
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft && m.top().view.mode() == keys.Logs {
			return m.click(at.X, at.Y)
		}
	}
	return nil
}

// click puts the cursor on the record, or the bar, of a cell; a second click opens it.
func (m *Model) click(x, y int) tea.Cmd {
	f, s := m.frame(), m.scope()
	first := f.header + f.strip + f.levels + f.banner
	switch row := y - first; {
	case y >= f.header && y < f.header+f.strip:
		return m.clickBar(x)
	case row >= 0 && row < f.body && len(s.items) > 0:
		i := s.list.At(row)
		if i < 0 {
			return nil
		}
		m.strip.focused = false
		s.stop()
		if i == s.list.Cursor {
			return m.top().view.do(m, keys.Enter)
		}
		s.list.Move(i - s.list.Cursor)
		return m.more(s)
	}
	return nil
}

// clickBar puts the strip's cursor on the bar in cell x.
func (m *Model) clickBar(x int) tea.Cmd {
	w, ok := m.window(chart.StripColumns(m.width))
	if !ok {
		return nil
	}
	i := chart.StripColumn(x, m.width, w.n)
	if i < 0 {
		return nil
	}
	s := m.series(w, m.scope().tally.all)
	if m.strip.focused && i == m.strip.column(s) {
		return m.enterBars(s)
	}
	m.strip.focused = true
	m.strip.cursor = (s.Start(i) + s.Start(i+1)) / 2
	return nil
}
