package ui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/ui/keys"
)

// filterBox is the filter bar: a query is typed, and what it finds is seen meanwhile.
type filterBox struct {
	line
	completion
	fault    *query.Error // of the text as it stands; nil where it is a query
	insisted bool         // Enter was pressed on the fault
	before   *scope       // what was shown when it was opened
	version  int          // grows with each edit
}

// openFilter opens the bar with the applied filter, the cursor at its end.
func (m *Model) openFilter() tea.Cmd {
	b := &filterBox{before: m.scope()}
	b.past = m.pastQueries()
	b.set(m.scope().text())
	m.box = b
	return m.gather()
}

// pasteFilter opens the bar with pasted text behind what is applied; a word with signs of the language in it is quoted.
func (m *Model) pasteFilter(text string) tea.Cmd {
	gather := m.openFilter()
	b := m.box.(*filterBox)
	if !strings.Contains(text, " ") && strings.ContainsAny(text, "-:/") && !strings.ContainsAny(text, `"*`) {
		text = `"` + text + `"`
	}
	if b.text() != "" {
		text = " and " + text
	}
	b.insert(text)
	return tea.Batch(gather, b.edited(m))
}

func (b *filterBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		return b.apply(m)
	case keys.Cancel:
		if b.open && k.String() == "esc" {
			b.dismiss()
			return b.edited(m)
		}
		return b.cancel(m)
	case keys.Complete:
		return b.complete(m, 1)
	case keys.Uncomplete:
		return b.complete(m, -1)
	case keys.Turn:
		return b.turn(m)
	}
	if b.recall(action) {
		return b.edited(m)
	}
	text := k.Text
	if text == "!" && b.text() == "" {
		text = "not "
	}
	if before := b.text(); b.edit(k.String(), text) {
		b.keep(before)
		cmd := b.edited(m)
		b.propose(m, false)
		return cmd
	}
	return nil
}

// edited looks whether the text is a query, and has it looked for when nothing more is typed.
func (b *filterBox) edited(m *Model) tea.Cmd {
	_, b.fault = parsed(b.text())
	b.insisted, b.open = false, false
	return m.afterTyping(b, &b.version)
}

// settled shows what the text finds.
func (b *filterBox) settled(m *Model) tea.Cmd {
	if b.fault != nil || unfinished(b.text()) {
		return nil
	}
	sel := b.before.selection
	n, _ := parsed(b.text())
	sel.query, sel.extra = meaning(n), nil
	if sel.text() == m.scope().text() {
		return nil
	}
	return m.replace(sel, b.before)
}

// unfinished reports whether the text ends in a word that joins conditions, or the
// beginning of one: the next condition is yet to be typed.
func unfinished(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) < 2 {
		return false
	}
	last := words[len(words)-1]
	return slices.ContainsFunc([]string{"and", "or", "not"}, func(join string) bool { return strings.HasPrefix(join, last) })
}

// apply makes the text the filter; a text that is no query stays in the bar.
func (b *filterBox) apply(m *Model) tea.Cmd {
	n, fault := parsed(b.text())
	if b.fault = fault; fault != nil {
		b.insisted = true
		return nil
	}
	m.box = nil
	m.remember(b.text())
	sel := b.before.selection
	sel.query, sel.extra = meaning(n), nil
	shown := m.scope()
	if sel.text() != b.before.text() {
		m.past, m.future = append(m.past, b.before.selection), nil
	}
	if shown.text() == sel.text() {
		shown.query, shown.extra = sel.query, nil
		m.abandon(b.before)
		return m.refresh()
	}
	cmd := m.replace(sel, b.before)
	m.abandon(b.before)
	return cmd
}

// cancel closes the bar; the view is as before, the text waits as the newest of what was typed before.
func (b *filterBox) cancel(m *Model) tea.Cmd {
	m.box = nil
	if b.text() != b.before.text() {
		m.remember(b.text())
	}
	if shown := m.scope(); shown != b.before {
		m.setScope(b.before)
		m.abandon(shown)
	}
	return m.refresh()
}

// parsed is the query of a text, or its fault.
func parsed(text string) (query.Node, *query.Error) {
	n, err := query.Parse(text)
	var fault *query.Error
	errors.As(err, &fault)
	return n, fault
}

// replace shows another selection in place of the scope on top; the cursor stays on its
// record where that still matches. keep is a scope that is come back to.
func (m *Model) replace(sel selection, keep *scope) tea.Cmd {
	old := m.scope()
	s, err := m.newScope(sel)
	if err != nil {
		m.notice = m.Theme.Trouble.Render(clean(err.Error()))
		return nil
	}
	from := old
	if keep != nil {
		from = keep
	}
	s.start, s.context, s.line = from.anchor(), from.context, from.list.Cursor-from.list.Top
	s.keepOn(from)
	m.setScope(s)
	if old != keep {
		m.abandon(old)
	}
	return m.refresh()
}

// setScope puts a scope in place of the one on top, in all layers that share it.
func (m *Model) setScope(s *scope) {
	old := m.scope()
	for _, l := range m.layers {
		if l.scope == old {
			l.scope = s
		}
	}
}

// choose replaces the selection and remembers the one before.
func (m *Model) choose(sel selection) tea.Cmd {
	m.past, m.future = append(m.past, m.scope().selection), nil
	return m.replace(sel, nil)
}

// travel goes to the newest selection of one list, and puts this one on the other.
func (m *Model) travel(from, to *[]selection) tea.Cmd {
	n := len(*from)
	if n == 0 {
		m.notice = "no filter before this one"
		if from == &m.future {
			m.notice = "no filter after this one"
		}
		return nil
	}
	sel := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, m.scope().selection)
	return m.replace(sel, nil)
}

func (b *filterBox) status(m *Model, width int) (string, int) {
	fault := -1
	if b.fault != nil {
		fault = min(b.fault.Offset, len(b.text()))
	}
	return b.drawBeside(m.Theme, "& ", fault, b.count(m), width)
}

// count is how many records the text finds, of how many; nothing where it is no query.
func (b *filterBox) count(m *Model) string {
	n, fault := parsed(b.text())
	if fault != nil {
		return ""
	}
	s, sel := m.scope(), b.before.selection
	sel.query, sel.extra = meaning(n), nil
	matched, of, ok := s.tally.matched(s.level)
	if !ok || sel.text() != s.text() {
		return m.Theme.Dim.Render("counting")
	}
	return m.Theme.Strong.Render(matched.String()) + m.Theme.Dim.Render(" of "+of.String())
}

func (b *filterBox) footer(m *Model) []hint {
	if b.fault != nil && (b.insisted || !b.open && b.text() != "") {
		message := clean(b.fault.Message)
		if b.insisted || b.fault.Offset < len(b.text()) { // else it goes on
			message = m.Theme.Trouble.Render(message)
		}
		hints := []hint{{"", message}}
		if b.fault.Hint != "" {
			hints = append(hints, hint{"", clean(b.fault.Hint)})
		}
		return append(hints, hint{"Esc", "close"})
	}
	if b.open {
		hints := []hint{{"Tab", "choose"}, {"Enter", "apply"}, {"Esc", "close the list"}}
		if k := m.dictionary; k != nil && k.part {
			hints = append(hints, hint{"", "counts: of the newest records"})
		}
		return hints
	}
	return []hint{{"Enter", "apply"}, {"Tab", "complete"}, {"Esc", "close"}, {"", `level >= WARN   service:payment   "timed out"`}}
}
