package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
)

// View implements tea.Model: header, body, status, footer.
func (m *Model) View() tea.View {
	height := m.room()
	lines := make([]string, 0, m.height)
	lines = append(lines, m.header())
	body := m.mode.body(m, m.width, height)
	for i := range height {
		if i < len(body) {
			lines = append(lines, body[i])
		} else {
			lines = append(lines, "")
		}
	}
	lines = append(lines, m.mode.status(m, m.width), m.foot())
	v := tea.NewView(strings.Join(lines[:min(len(lines), m.height)], "\n"))
	v.AltScreen = true
	v.WindowTitle = ""
	if box, ok := m.mode.(filterMode); ok && m.height >= 3 {
		v.Cursor = tea.NewCursor(box.cursor(m), m.height-2)
	}
	return v
}

// header says what is shown: the sources in words, then time and zone of the record under the cursor.
func (m *Model) header() string {
	t := m.Theme
	var parts []string
	trouble, reading := 0, 0
	for _, h := range m.health {
		switch {
		case h.State == session.Trouble || h.Text != "" && ended(h):
			trouble++
			parts = append(parts, t.Trouble.Render("! "+clean(shortName(h.Source))))
		case !ended(h):
			reading++
		}
	}
	switch n := len(m.health); {
	case n == 1 && trouble == 0:
		parts = append(parts, t.Strong.Render(clean(shortName(m.health[0].Source)))+" "+m.stateText(m.health[0]))
	case n-trouble > 0:
		text := fmt.Sprintf("%d sources", n-trouble)
		if reading > 0 {
			text += fmt.Sprintf(", %d being read", reading)
		}
		parts = append(parts, t.Strong.Render(text))
	}
	return sides(" "+strings.Join(parts, "  "), t.Dim.Render(m.Zone)+" ", m.width)
}

// stateText is a source's state as a sign and a word.
func (m *Model) stateText(h session.Health) string {
	if ended(h) {
		return m.Theme.Dim.Render("- ended")
	}
	word := h.State.String()
	if h.Size > 0 && h.Read < h.Size {
		word += fmt.Sprintf(" %d %%", 100*h.Read/h.Size)
	}
	sign := "◌ "
	if h.State == session.Live {
		sign = "● "
	}
	return m.Theme.Healthy.Render(sign) + word
}

func ended(h session.Health) bool { return h.State == session.Ended }

// foot is the footer: whole hints from the left, as many as fit; what failed takes their place.
func (m *Model) foot() string {
	if m.failure != "" {
		return fit(" "+m.Theme.Trouble.Render(clean(m.failure)), m.width)
	}
	line := ""
	for _, h := range m.mode.footer(m) {
		text := "  " + m.Theme.Dim.Render(h.does)
		if h.key != "" {
			text = "  " + m.Theme.Strong.Render(h.key) + " " + m.Theme.Dim.Render(h.does)
		}
		if cellWidth(line)+cellWidth(text) > m.width {
			break
		}
		line += text
	}
	if line == "" {
		return ""
	}
	return line[1:]
}
