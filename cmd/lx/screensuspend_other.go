//go:build !unix

package main

import tea "charm.land/bubbletea/v2"

// A suspender does nothing: programs are not stopped here.
type suspender struct{ program *tea.Program }

func (s *suspender) listen() {}
func (s *suspender) done()   {}

func (s *suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); ok {
		return nil
	}
	return msg
}
