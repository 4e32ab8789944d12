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
	trouble, reading := m.troubled(), 0
	for _, h := range m.health {
		if !ended(h) {
			reading++
		}
	}
	switch n := len(m.health); {
	case n == 1 && len(trouble) == 0:
		parts = append(parts, t.Strong.Render(clean(shortName(m.health[0].Source)))+" "+m.stateText(m.health[0]))
	case n > len(trouble):
		text := plural(n-len(trouble), "source")
		if reading > 0 {
			text += fmt.Sprintf(", %d being read", reading)
		}
		parts = append(parts, t.Strong.Render(text))
	}
	switch {
	case len(trouble) == 1:
		parts = append(parts, t.Trouble.Render("! "+clean(trouble[0].Text)))
	case len(trouble) > 1:
		parts = append(parts, t.Trouble.Render(fmt.Sprintf("! %d in trouble: %s", len(trouble), clean(trouble[0].Text))))
	}
	return sides(" "+strings.Join(parts, "  "), t.Dim.Render(m.Zone)+" ", m.width)
}

// troubled are the sources that something is wrong with.
func (m *Model) troubled() (out []session.Health) {
	for _, h := range m.health {
		if h.State == session.Trouble || h.Text != "" && ended(h) {
			out = append(out, h)
		}
	}
	return out
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
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
