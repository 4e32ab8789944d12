package ui

import (
	tea "charm.land/bubbletea/v2"
)

// prompt is a question that one key answers. Esc and whatever else it does not know mean no.
type prompt struct {
	title   string
	choices []choice
	other   func(m *Model, k tea.KeyPressMsg) (tea.Cmd, bool) // keys that begin something else; nil: none
}

// choice is one answer.
type choice struct {
	key, text string
	do        func() tea.Cmd
}

func (p *prompt) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	m.box = nil
	for _, c := range p.choices {
		if c.key == k.String() {
			return c.do()
		}
	}
	if p.other != nil {
		if cmd, ok := p.other(m, k); ok {
			return cmd
		}
	}
	return nil
}

func (p *prompt) status(m *Model, width int) (string, int) {
	t := m.Theme
	line := " " + t.Strong.Render(p.title)
	for _, c := range p.choices {
		piece := "  " + t.Strong.Render(c.key) + " " + clean(c.text)
		if cellWidth(line)+cellWidth(piece) > width {
			break
		}
		line += piece
	}
	return fit(line, width), -1
}

func (p *prompt) footer(*Model) []hint {
	return []hint{{"Esc", "no"}}
}
