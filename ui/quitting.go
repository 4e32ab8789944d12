package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// passing are the kinds of sources that cannot be read again.
var passing = []string{"pipe", "device", "command", "listener"}

// passed is how many records came from sources that cannot be read again, and how many of them are there.
func (m *Model) passed() (came, there int64) {
	for i := range m.health {
		if h := &m.health[i]; slices.Contains(passing, h.Kind) {
			came, there = came+h.Records, there+h.Records-h.Gone
		}
	}
	return came, there
}

// onlyHere is how many records are kept nowhere else: those that came since all have been saved.
func (m *Model) onlyHere() int64 {
	came, there := m.passed()
	return max(min(came-m.saved, there), 0)
}

// quit ends the program; where records would be gone with it, it asks. A file that
// is being saved is not left half done.
func (m *Model) quit() tea.Cmd {
	if m.saving != nil {
		m.notice = m.savingText()
		return nil
	}
	n := m.onlyHere()
	if n == 0 {
		return tea.Quit
	}
	m.box = &prompt{title: thousands(n) + " records kept nowhere else:", choices: []choice{
		{"q", "quit", func() tea.Cmd { return tea.Quit }}, {"s", "save", m.saveAll},
	}, other: func(_ *Model, k tea.KeyPressMsg) (tea.Cmd, bool) { return tea.Quit, k.String() == "ctrl+c" }}
	return nil
}

// saveAll saves all records, whatever is filtered.
func (m *Model) saveAll() tea.Cmd {
	s, err := m.newScope(everything())
	if err != nil {
		m.notice = m.Theme.Trouble.Render(clean(err.Error()))
		return nil
	}
	s.cancel() // its views are saved, nothing is looked for in it
	if cmd := m.openSave(); m.box == nil {
		return cmd
	}
	b := m.box.(*saveBox)
	b.of = s
	return nil
}
