package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
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

// copyRows copies the lines of the record under the cursor, or of those selected, as they came.
func (m *Model) copyRows() tea.Cmd {
	var b strings.Builder
	rows, short := m.chosen(), 0
	for _, r := range rows {
		if len(r.Raw) == 0 {
			b.WriteString(r.Body)
		}
		b.Write(r.Raw)
		if s := b.String(); s != "" && s[len(s)-1] != '\n' && len(rows) > 1 {
			b.WriteByte('\n')
		}
		if r.Marks&logs.Cut != 0 {
			short++
		}
	}
	what := "the record's lines"
	if len(rows) > 1 {
		what = plural(len(rows), "record")
	}
	if short > 0 {
		what += " (" + plural(short, "one") + " cut at 1 MiB)"
	}
	return m.copy(what, b.String())
}

// copyJSON copies the record under the cursor, or those selected, as JSON, one a line.
func (m *Model) copyJSON() tea.Cmd {
	var b []byte
	rows := m.chosen()
	for i, r := range rows {
		if i > 0 {
			b = append(b, '\n')
		}
		b = output.AppendJSON(b, r)
	}
	what := "the record as JSON"
	if len(rows) > 1 {
		what = plural(len(rows), "record") + " as JSON"
	}
	return m.copy(what, string(b))
}

// chosen are the records that are selected, in their order, or the one under the cursor.
func (m *Model) chosen() (out []*logs.Record) {
	s := m.scope()
	first, last := s.chosen()
	for i := first; i <= last; i++ {
		if r := s.items[i].Record; r != nil {
			out = append(out, r)
		}
	}
	return out
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
