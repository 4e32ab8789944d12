package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// errorMsg is the nearest error.
type errorMsg struct {
	scope *scope
	row   session.Row
	found bool
	down  bool
	err   error
}

// nearestError goes to the nearest record of level ERROR and above, below or above the cursor.
func (m *Model) nearestError(down bool) tea.Cmd {
	s := m.scope()
	f := s.filter()
	f.Level = max(f.Level, logs.Error.Level().Base())
	from := s.anchor()
	v, err := m.Explorer.View(f)
	if err != nil {
		m.notice = clean(err.Error())
		return nil
	}
	s.stop()
	ctx := m.errand(s, "the nearest error")
	return tea.Batch(m.watchErrand(s), func() tea.Msg {
		msg := errorMsg{scope: s, down: down}
		msg.row, msg.found, msg.err = new(search).nearest(ctx, v, from, down, false)
		return msg
	})
}

func (e errorMsg) answer(m *Model) tea.Cmd {
	m.errandDone(e.scope)
	switch {
	case e.scope != m.scope():
	case e.err != nil:
		e.scope.fail(e.err)
	case e.found:
		return m.goTo(e.row.Key)
	case e.down:
		m.notice = "no error below"
	default:
		m.notice = "no error above"
	}
	return nil
}
