package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
)

// listMode is the list of records: what one sees first and comes back to.
type listMode struct{}

func (listMode) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	page := m.list.Height
	switch k.String() {
	case "j", "down":
		return m.move(1)
	case "k", "up":
		return m.move(-1)
	case "space", "ctrl+f":
		if m.following && !m.finished() {
			m.following = false
			return nil
		}
		return m.move(page)
	case "pgdown":
		return m.move(page)
	case "pgup", "b", "ctrl+b":
		return m.move(-page)
	case "ctrl+d":
		return m.move(page / 2)
	case "ctrl+u":
		return m.move(-page / 2)
	case "g", "home":
		m.following = false
		return m.jump(session.FirstKey)
	case "F":
		if m.following && !m.finished() {
			m.following = false
			return nil
		}
		return m.end()
	case "G", "end":
		return m.end()
	case "enter":
		if _, ok := m.current(); ok {
			m.following = false
			m.mode = &detailsMode{}
		}
	case "&", "f":
		m.openFilter()
	case "R":
		return tea.Batch(m.fetch(), m.count())
	case "q":
		return tea.Quit
	}
	return nil
}

// move moves the cursor, and asks for more rows where it comes near the end of those there are.
func (m *Model) move(n int) tea.Cmd {
	if n < 0 {
		m.following = false
	}
	m.list.Move(n)
	near := m.list.Height
	if m.list.Cursor < near && !m.page.Head || m.list.Cursor >= m.list.Len-near && !m.page.Tail {
		return m.fetch()
	}
	return nil
}

// end goes to the last row and stays there as others come.
func (m *Model) end() tea.Cmd {
	m.following = true
	return m.jump(session.LastKey)
}

// jump goes to the first row from the key on.
func (m *Model) jump(key session.Key) tea.Cmd {
	m.page.Rows, m.list = nil, listOf(m.room())
	return m.fetchAt(key)
}

func (listMode) body(m *Model, width, height int) []string {
	if len(m.page.Rows) == 0 {
		return m.empty(width)
	}
	from, to := m.list.Visible()
	columns := m.columns(width)
	lines := make([]string, 0, height)
	for i := from; i < to; i++ {
		lines = append(lines, m.row(m.page.Rows[i].Record, columns, i == m.list.Cursor))
	}
	return lines
}

// empty says why there is nothing to see, and what to press.
func (m *Model) empty(width int) []string {
	say := func(lines ...string) []string {
		out := []string{""}
		for _, l := range lines {
			out = append(out, fit("   "+l, width))
		}
		return out
	}
	switch {
	case m.failure != "":
		return say(m.Theme.Trouble.Render("The records could not be read"), "", clean(m.failure))
	case m.asking || m.totals:
		return say(m.Theme.Dim.Render("reading ..."))
	case m.filtered() && m.of.N > 0:
		return say(m.Theme.Strong.Render(fmt.Sprintf("0 of %s records match", m.of)), "",
			clean(m.Filter.Query.String()), "",
			m.Theme.Strong.Render("&")+m.Theme.Dim.Render("   edit the filter"))
	case !m.finished():
		return say(m.Theme.Dim.Render("no records yet: waiting for the first"))
	}
	lines := []string{m.Theme.Strong.Render("No records")}
	for _, h := range m.health {
		if h.Text != "" {
			lines = append(lines, "", m.Theme.Trouble.Render(clean(h.Text)))
		}
	}
	return say(lines...)
}

func (listMode) status(m *Model, width int) string {
	left := m.Theme.Dim.Render("no filter")
	if m.filtered() {
		left = clean(m.Filter.Query.String())
	}
	if m.Filter.Level > 0 {
		left = m.Theme.Strong.Render(m.Filter.Level.String()+"+") + " " + left
	}
	var right []string
	if m.filtered() {
		right = append(right, fmt.Sprintf("%s of %s", m.matched, m.of))
	} else {
		right = append(right, m.of.String())
	}
	switch {
	case m.following && !m.finished():
		right = append(right, "following")
	case m.page.Tail && m.list.Cursor == m.list.Len-1:
		right = append(right, "end")
	}
	return sides(" "+left, strings.Join(right, " · ")+" ", width)
}

func (listMode) footer(*Model) []hint {
	return []hint{{"&", "filter"}, {"Enter", "details"}, {"g G", "first, last"}, {"Space b", "page"}, {"q", "quit"}}
}
