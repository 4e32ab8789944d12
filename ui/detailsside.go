package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// sideFrom is the width from which details stand at the side of the list, and not below.
const sideFrom = 110

// sideWidth is the width of the pane at the side, sideHeight its height below.
func sideWidth(width int) int   { return width * 2 / 5 }
func sideHeight(height int) int { return max(height/3, 1) }

// toggleSide opens the pane, or closes it.
func (m *Model) toggleSide() tea.Cmd {
	m.side, m.pane.focused = !m.side, false
	s := m.scope()
	s.list.Resize(m.listHeight())
	return m.more(s)
}

// paneFocused reports whether the pane has the keys.
func (m *Model) paneFocused() bool {
	return m.side && m.pane.focused && m.top().view.mode() == keys.Logs
}

// nextFocus gives the keys to the next of list, strip and pane.
func (m *Model) nextFocus() {
	switch strip := m.frame().strip > 0; {
	case m.top().view.mode() != keys.Logs:
	case m.paneFocused():
		m.pane.focused = false
	case m.strip.focused || !strip:
		m.strip.focused, m.pane.focused = false, m.side
	default:
		m.strip.focused = true
	}
}

// withSide is the list with the pane beside it, or below.
func (m *Model) withSide(s *scope, width, height int) []string {
	if width >= sideFrom {
		w := sideWidth(width)
		line := m.Theme.Dim
		if m.paneFocused() {
			line = m.Theme.Strong
		}
		return beside(m.listing(s, width-w-1, height), m.pane.body(m, w, height), width-w-1, line.Render(m.Glyphs.Track))
	}
	h := sideHeight(height)
	list := m.listing(s, width, height-h)
	for len(list) < height-h {
		list = append(list, "")
	}
	line := m.Theme.Dim
	if m.paneFocused() {
		line = m.Theme.Strong
	}
	if h == 1 {
		return append(list, m.pane.body(m, width, 1)...)
	}
	rule := line.Render(strings.Repeat(m.Glyphs.Rule, width))
	return append(append(list, rule), m.pane.body(m, width, h-1)...)
}
