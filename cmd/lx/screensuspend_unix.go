//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// stopWait is how long a stop takes to come, where there is somebody who can continue lx.
const stopWait = 200 * time.Millisecond

// A suspender stops lx (Ctrl-z, SIGTSTP) with the terminal given back, and takes it again.
// Bubble Tea's own waits forever where the system does not stop a program: one that no shell
// waits for (ssh HOST -t lx, a tmux window of its own, a container).
type suspender struct {
	program *tea.Program
	signals chan os.Signal
}

// continuedMsg says that lx goes on after a stop that it was not asked for.
type continuedMsg struct{}

// listen has signals come to the screen.
func (s *suspender) listen() {
	s.signals = make(chan os.Signal, 1)
	s.notify()
	go func() {
		for sig := range s.signals {
			if sig == syscall.SIGTSTP {
				s.program.Send(tea.SuspendMsg{})
			} else {
				s.program.Send(continuedMsg{})
			}
		}
	}()
}

func (s *suspender) notify() { signal.Notify(s.signals, heard...) }

// done ends it.
func (s *suspender) done() {
	signal.Stop(s.signals)
	close(s.signals)
}

// filter sees messages before the screen, which is repainted after each stop.
func (s *suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg:
		signal.Stop(s.signals)
		s.away(func() {
			stopping(stop)
			s.notify() // before the terminal is taken again: a further stop is heard from then on
		})
		return tea.ClearScreen()
	case continuedMsg:
		s.away(func() {}) // a shell may have set the terminal anew
		return tea.ClearScreen()
	}
	return msg
}

// stop stops the programs of lx's pipe, and returns when lx goes on.
func stop() {
	on := make(chan os.Signal, 1)
	signal.Notify(on, syscall.SIGCONT)
	defer signal.Stop(on)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	select {
	case <-on:
	case <-time.After(stopWait):
	}
}

// away gives the terminal back while f runs.
func (s *suspender) away(f func()) {
	if err := s.program.ReleaseTerminal(); err != nil {
		return
	}
	f()
	_ = s.program.RestoreTerminal()
}
