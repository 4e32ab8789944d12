package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// findBox is where the text is typed that a row of a table is to have.
type findBox struct {
	line
	table *table
	from  int    // row at which it was opened
	old   string // what was looked for before
}

func (t *table) openFind(m *Model) {
	b := &findBox{table: t, from: t.list.Cursor, old: t.find.text}
	b.past = t.finds
	m.box = b
}

func (b *findBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		m.box = nil
		if b.text() != "" {
			b.table.finds = append(b.table.finds, b.text())
		}
		b.table.find.set(b.text())
	case keys.Cancel:
		m.box = nil
		b.table.find.set(b.old)
		b.table.move(b.from - b.table.list.Cursor)
	default:
		if b.recall(action) || b.edit(k.String(), k.Text) {
			b.look()
		}
	}
	return nil
}

// insert takes what was pasted.
func (b *findBox) insert(text string) {
	b.line.insert(text)
	b.look()
}

// look goes to the nearest row that has the text, from where the box was opened.
func (b *findBox) look() {
	t := b.table
	t.find.set(b.text())
	at := b.from
	if i := t.found(b.from, 1); i >= 0 {
		at = i
	}
	t.move(at - t.list.Cursor)
}

// found is the first row from a place on, by step, that has the text: behind the last one the first follows; -1: none has.
func (t *table) found(from, step int) int {
	n := len(t.rows)
	for i := range n {
		if at := ((from+i*step)%n + n) % n; t.has(&t.rows[at]) {
			return at
		}
	}
	return -1
}

func (t *table) has(r *tableRow) bool {
	return t.find.text != "" && slices.ContainsFunc(r.cells, func(c cell) bool {
		if t.find.exact() {
			return strings.Contains(c.text, t.find.text)
		}
		return strings.Contains(strings.ToLower(c.text), strings.ToLower(t.find.text))
	})
}

// nextFound goes to the next row, or the one before, that has the text.
func (t *table) nextFound(m *Model, down bool) {
	if t.find.text == "" {
		t.openFind(m)
		return
	}
	step := 1
	if !down {
		step = -1
	}
	at := t.found(t.list.Cursor+step, step)
	if at < 0 {
		m.notice = "no row has " + clean(t.find.text)
		return
	}
	t.move(at - t.list.Cursor)
}

func (b *findBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "/", -1, width)
}

func (b *findBox) footer(*Model) []hint {
	n := 0
	for i := range b.table.rows {
		if b.table.has(&b.table.rows[i]) {
			n++
		}
	}
	return []hint{{plural(n, "row"), ""}, {"Enter", "stay there"}, {"Esc", "close"}, {"", "capitals count where there are any"}}
}
