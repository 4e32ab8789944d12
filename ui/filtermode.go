package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
)

// filterMode is the filter box: every printable key is text in it.
type filterMode struct {
	fault *query.Error // of the text as it stands; nil where it is a query
}

// openFilter opens the box with the applied filter, the cursor at its end.
func (m *Model) openFilter() {
	m.mode = filterMode{}
	text := ""
	if m.filtered() {
		text = m.Filter.Query.String()
	}
	m.input.set(text)
}

// check looks whether the text is a query, and keeps its fault for the screen.
func (m *Model) check() error {
	box, open := m.mode.(filterMode)
	_, err := query.Parse(m.input.text())
	box.fault = nil
	errors.As(err, &box.fault)
	if open {
		m.mode = box
	}
	return err
}

func (filterMode) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "enter":
		return m.apply()
	case "esc":
		m.mode = listMode{}
		return nil
	}
	if m.input.edit(k.String(), k.Text) {
		_ = m.check() // its fault is drawn
	}
	return nil
}

func (filterMode) body(m *Model, width, height int) []string {
	return listMode{}.body(m, width, height)
}

func (b filterMode) status(m *Model, width int) string {
	text := m.input.text()
	shown := clean(text)
	if f := b.fault; f != nil && shown == text {
		from := min(f.Offset, len(text))
		shown = text[:from] + m.Theme.Fault.Render(nonEmpty(text[from:]))
	}
	line, cut := "  & "+shown, 0
	if over := cellWidth("  & "+text[:m.input.offset()]) - width + 2; over > 0 {
		cut = over // the cursor stays in sight
	}
	return fit(dropCells(line, cut), width)
}

// cursor is the column of the text cursor on the status line.
func (filterMode) cursor(m *Model) int {
	return min(cellWidth("  & "+clean(m.input.text()[:m.input.offset()])), m.width-2)
}

func (b filterMode) footer(*Model) []hint {
	if b.fault != nil {
		hints := []hint{{"", b.fault.Message}}
		if b.fault.Hint != "" {
			hints = append(hints, hint{"", b.fault.Hint})
		}
		return append(hints, hint{"Esc", "close"})
	}
	return []hint{{"Enter", "apply"}, {"Esc", "close"}, {"Ctrl-u", "clear"}, {"", "level >= WARN   service:payment   \"timed out\""}}
}

// nonEmpty is s, or a blank to carry the underline of a text that ends too early.
func nonEmpty(s string) string {
	if s == "" {
		return " "
	}
	return s
}
