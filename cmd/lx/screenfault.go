package main

import (
	"fmt"
	"runtime/debug"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// A firstPanic is the first panic of a screen.
type firstPanic struct {
	end func() // has the screen end

	mu   sync.Mutex
	text string
}

// String says what it was and where; "" if there was none.
func (f *firstPanic) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// catch keeps what was recovered of a panic.
func (f *firstPanic) catch(r any) {
	if r == nil {
		return
	}
	stack := debug.Stack()
	f.mu.Lock()
	if f.text == "" {
		f.text = fmt.Sprintf("lx: a fault of lx itself: %v\n\n%s", r, stack)
	}
	f.mu.Unlock()
	f.end()
}

// A guarded screen ends with a panic and its text is kept, to be told once the terminal has
// its own screen again: Bubble Tea would write that of most commands on the one it leaves.
type guarded struct {
	model    tea.Model
	panicked *firstPanic
}

func (g *guarded) Init() (cmd tea.Cmd) {
	defer func() { g.panicked.catch(recover()) }()
	return g.guard(g.model.Init())
}

func (g *guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return g, g.update(msg) }

func (g *guarded) update(msg tea.Msg) (cmd tea.Cmd) {
	defer func() { g.panicked.catch(recover()) }()
	g.model, cmd = g.model.Update(msg)
	return g.guard(cmd)
}

func (g *guarded) View() (v tea.View) {
	v.AltScreen = true
	defer func() { g.panicked.catch(recover()) }()
	return g.model.View()
}

// guard is cmd with what it panics with caught, and what it starts guarded.
func (g *guarded) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() { g.panicked.catch(recover()) }()
		msg = cmd()
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			return msg
		}
		all := make(tea.BatchMsg, len(batch))
		for i, c := range batch {
			all[i] = g.guard(c)
		}
		return all
	}
}
