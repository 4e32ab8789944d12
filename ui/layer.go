package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// A view fills the screen between the header and the footer, and has the keys
// while it is on top and nothing is typed. A view is a type, and a file.
type view interface {
	// mode is where its keys are found in the map of keys.
	mode() keys.Mode
	// do acts on a key's action; what no view has of its own the model does.
	do(m *Model, a keys.Action) tea.Cmd
	// body is at most height lines of at most width cells.
	body(m *Model, width, height int) []string
	// status is the line above the footer.
	status(m *Model, width int) string
}

// A titled view has a line of its own in place of the header, strip and levels.
type titled interface {
	title(m *Model, width int) string
}

// A rowed view lists rows, which some keys are about; rowless says that there is none now.
type rowed interface {
	rowless(m *Model) bool
}

// A layer is a view over what a scope selects. Several views may share a scope.
type layer struct {
	view  view
	scope *scope
	name  string // of what it is a layer: "x", "trace"; a second press of its key closes it
}

func (m *Model) top() *layer   { return m.layers[len(m.layers)-1] }
func (m *Model) scope() *scope { return m.top().scope }

// push puts a view on top, over the same records.
func (m *Model) push(v view) { m.layers = append(m.layers, &layer{view: v, scope: m.scope()}) }

// enter opens the records of a selection as a layer over the log: closing it
// comes back to the same row with the filter as it was. The cursor stays on its record.
func (m *Model) enter(name string, sel selection) tea.Cmd {
	if m.lay(name, sel) == nil {
		return nil
	}
	return m.refresh()
}

// lay is enter before anything is asked for; nil where the selection is refused, which the notice says.
func (m *Model) lay(name string, sel selection) *scope {
	s, err := m.newScope(sel)
	if err != nil {
		m.notice = m.Theme.Trouble.Render(clean(err.Error()))
		return nil
	}
	old := m.scope()
	if row, ok := old.current(); ok {
		s.start = row.Key
	} else {
		s.start = old.anchor()
	}
	s.line = old.list.Cursor - old.list.Top
	s.keepOn(old)
	m.layers = append(m.layers, &layer{view: &logsView{}, scope: s, name: name})
	return s
}

// close takes the top layer away; false at the root.
func (m *Model) close() bool {
	if len(m.layers) == 1 {
		return false
	}
	gone := m.top()
	m.layers = m.layers[:len(m.layers)-1]
	if v, ok := gone.view.(interface{ left() }); ok {
		v.left() // what it has under way stops
	}
	m.abandon(gone.scope)
	return true
}

// abandon ends the work for a scope, unless a layer shows it.
func (m *Model) abandon(s *scope) {
	if !slices.ContainsFunc(m.layers, func(l *layer) bool { return l.scope == s }) {
		s.cancel()
	}
}

// toggle opens a layer of that name, or closes it where it is the top one.
func (m *Model) toggle(name string, sel selection) tea.Cmd {
	if m.top().name == name {
		m.close()
		return m.refresh()
	}
	return m.enter(name, sel)
}

// show puts a view on top, in place of one that is no log; a second press of its key closes it.
func (m *Model) show(v view) tea.Cmd {
	before := m.top().view.mode()
	for len(m.layers) > 1 && m.top().view.mode() != keys.Logs {
		m.close()
	}
	if before != v.mode() && v.mode() != keys.Logs {
		m.push(v)
	}
	return m.refresh()
}
