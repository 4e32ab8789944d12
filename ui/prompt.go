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
	line, _ := p.draw(m, width)
	return fit(line, width), -1
}

// draw is the question with as many of the answers as fit into width cells, and how many these are.
func (p *prompt) draw(m *Model, width int) (line string, n int) {
	t := m.Theme
	line = " " + t.Strong.Render(p.title)
	for i, c := range p.choices {
		piece := "  " + t.Strong.Render(c.key) + " " + clean(c.text)
		if cellWidth(line)+cellWidth(piece) > width {
			return line, i
		}
		line += piece
	}
	return line, len(p.choices)
}

// footer names the answers that the line above has no room for.
func (p *prompt) footer(m *Model) (hints []hint) {
	_, n := p.draw(m, m.width)
	for _, c := range p.choices[n:] {
		hints = append(hints, hint{c.key, clean(c.text)})
	}
	return append(hints, hint{"Esc", "no"})
}
