package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// typingPause is how long nothing is typed before its results are looked for.
const typingPause = 80 * time.Millisecond

// A typed box looks for what its text finds.
type typed interface {
	box
	// edited is called after each change of the text.
	edited(m *Model) tea.Cmd
	// settled is called when nothing was typed for a while.
	settled(m *Model) tea.Cmd
}

// settledMsg says that nothing was typed for a while.
type settledMsg struct {
	box     typed
	version *int // of the box's text
	seen    int
}

// afterTyping has the box settle, unless something is typed before.
func (m *Model) afterTyping(b typed, version *int) tea.Cmd {
	*version++
	seen := *version
	return m.tick(typingPause, func(time.Time) tea.Msg { return settledMsg{b, version, seen} })
}

func (s settledMsg) answer(m *Model) tea.Cmd {
	if m.box != s.box || *s.version != s.seen {
		return nil
	}
	return s.box.settled(m)
}
