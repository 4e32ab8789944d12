package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
)

// A mode has the keys: it says what they do, and what is drawn between header and status.
type mode interface {
	// key acts on a key, and may put another mode in its place.
	key(m *Model, k tea.KeyPressMsg) tea.Cmd
	// body is what stands between the header and the status line: height lines of width cells.
	body(m *Model, width, height int) []string
	// status is the line above the footer.
	status(m *Model, width int) string
	// footer names the keys that matter now, the first the most.
	footer(m *Model) []hint
}

// hint is one key of the footer.
type hint struct{ key, does string }

// Update implements tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = max(msg.Width, 1), max(msg.Height, 1)
		m.list.Resize(m.room())
		return m, m.fetch()
	case pageMsg:
		return m, m.arrived(msg)
	case totalsMsg:
		return m, m.counted(msg)
	case changedMsg:
		m.health = msg.health
		return m, tea.Batch(m.wait(), m.fetch(), m.count())
	case tea.PasteMsg:
		m.paste(msg.Content)
		return m, nil
	case tea.KeyPressMsg:
		switch msg.String() {
		case "ctrl+c":
			return m, m.interrupt()
		case "ctrl+l":
			return m, tea.ClearScreen
		case "ctrl+z":
			return m, tea.Suspend
		}
		return m, m.mode.key(m, msg)
	}
	return m, nil
}

// interrupt is Ctrl-c: it closes what is open, and at the root it quits.
func (m *Model) interrupt() tea.Cmd {
	if _, root := m.mode.(listMode); root {
		return tea.Quit
	}
	m.mode = listMode{}
	return nil
}

// paste puts text into the filter box and opens it: what is pasted never runs as keys.
func (m *Model) paste(text string) {
	if _, open := m.mode.(filterMode); !open {
		m.openFilter()
	}
	m.input.insert(oneLine(text))
	_ = m.check() // its fault is drawn
}

// apply makes the text of the filter box the filter; the cursor stays on its
// record where that still matches. A text that is no query stays in the box.
func (m *Model) apply() tea.Cmd {
	if m.check() != nil {
		return nil
	}
	f := m.Filter
	f.Query, _ = query.Parse(m.input.text())
	if err := m.open(f); err != nil {
		m.failure = err.Error()
		return nil
	}
	m.mode = listMode{}
	return tea.Batch(m.fetchAt(m.anchor()), m.count())
}
