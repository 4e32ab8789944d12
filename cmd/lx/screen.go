package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/ui/tty"
)

// framesASecond is how often the screen is drawn at most: the most that Bubble Tea allows, so that a key waits little.
const framesASecond = 120

// besideWork is how many goroutines may run beside work that takes all cores: with none, a key
// waits ten milliseconds at each step to its frame, with some no longer than the system lets it.
const besideWork = 2

// show runs a screen on the terminal until it is left, ended from outside, or the terminal
// is gone. However it ends, the terminal is as it was before. The error is a *status.
func (p *program) show(ctx context.Context, m tea.Model, keys *os.File) error {
	ctx, stop := hangUp(ctx)
	defer stop()
	g := &guarded{model: m, panicked: &firstPanic{}}
	out := p.out
	if f, ok := p.out.(*os.File); ok {
		out = tty.Quiet{Terminal: f}
	}
	s := &suspender{}
	s.program = tea.NewProgram(g, tea.WithContext(ctx), tea.WithInput(tty.NewKeys(keys)), tea.WithOutput(out),
		tea.WithFilter(s.filter), tea.WithoutSignalHandler(), tea.WithFPS(framesASecond))
	g.panicked.end = func() { go s.program.Quit() }
	s.listen()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(store.Cores() + besideWork))
	defer s.done()
	_, err := s.program.Run()
	switch text := g.panicked.String(); {
	case text != "":
		fmt.Fprint(p.err, output.Clean(text, true)) // the terminal has its own screen again
		return &status{code: exitFault}
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &status{code: exitInterrupted}
	case errors.Is(err, tty.ErrGone):
		return &status{exitInterrupted, tty.ErrGone}
	}
	return &status{exitFault, err}
}

// hangUp ends a context also where the terminal hangs up, unless that is to be ignored (nohup).
func hangUp(ctx context.Context) (context.Context, context.CancelFunc) {
	if signal.Ignored(syscall.SIGHUP) {
		return context.WithCancel(ctx)
	}
	return signal.NotifyContext(ctx, syscall.SIGHUP)
}
