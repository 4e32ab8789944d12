package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/clipboard"
)

// copy copies a text to the clipboard of the terminal, or to a file where the
// terminal does not take it, and says so. what names the text for people.
func (m *Model) copy(what, text string) tea.Cmd {
	if text == "" {
		m.notice = "there is nothing to copy"
		return nil
	}
	seq, ok, why := clipboard.Sequence(text, m.Clipboard)
	if !ok {
		return func() tea.Msg {
			path, err := clipboard.WriteFile(text)
			return copiedMsg{why, path, err}
		}
	}
	m.notice = "copied " + clean(what) + ", " + thousands(int64(len(text))) + " bytes"
	if why != "" {
		m.notice += m.Theme.Dim.Render(" · " + why)
	}
	return tea.Raw(seq)
}

// copiedMsg says where a copy is that the terminal did not take.
type copiedMsg struct {
	why, path string
	err       error
}

func (c copiedMsg) answer(m *Model) tea.Cmd { //nolint:unparam // as every answer
	if c.err != nil {
		m.notice = m.Theme.Trouble.Render("not copied: " + clean(c.err.Error()))
		return nil
	}
	m.notice = "written to " + clean(c.path) + m.Theme.Dim.Render(" · "+c.why)
	return nil
}

// copyValue copies the value under the cursor, or the whole text.
func (d *details) copyValue(m *Model) tea.Cmd {
	q := &d.page.parts[d.page.cursor]
	what := "the message"
	switch {
	case d.face != faceFields:
		what = "the record, " + d.face.String()
	case q.key != "":
		what = cleanCut(q.key, 40)
	}
	return m.copy(what, q.text())
}
