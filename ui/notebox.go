package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// noteBox is where a note on a record is written.
type noteBox struct {
	line
	row  session.Row // that gets a bookmark with it
	mark *bookmark   // nil: the record has none yet
}

// openNote writes a note on the record that is pointed at.
func (m *Model) openNote() tea.Cmd {
	row, ok := m.pointed()
	if !ok {
		m.notice = "no record is under the cursor"
		return nil
	}
	m.writeNote(&noteBox{row: row, mark: m.marks.of(&row)})
	return nil
}

func (m *Model) writeNote(b *noteBox) {
	if b.mark != nil {
		b.set(b.mark.Note)
	}
	m.scope().stop()
	m.box = b
}

func (b *noteBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch m.Keys.Action(keys.Text, k.String()) {
	case keys.Apply:
		m.box = nil
		return b.apply(m)
	case keys.Cancel:
		m.box = nil
	default:
		b.edit(k.String(), k.Text)
	}
	return nil
}

// apply keeps the note; an empty one is none.
func (b *noteBox) apply(m *Model) tea.Cmd {
	text := strings.TrimSpace(b.text())
	switch {
	case b.mark == nil && text == "":
		return nil
	case b.mark == nil:
		b.mark = m.marks.mark(&b.row)
	case text == "" && b.mark.Note != "":
		m.notice = "the note is taken away, the bookmark stays"
	}
	b.mark.Note = text
	return m.keepSoon()
}

func (b *noteBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "note: ", -1, width)
}

func (b *noteBox) footer(*Model) []hint {
	return []hint{{"Enter", "keep"}, {"Esc", "close"}, {"", "an empty one is taken away"}}
}
