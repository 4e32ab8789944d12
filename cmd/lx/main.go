// Command lx explores logs: files, pipes and what else can be read as records,
// in the terminal or as plain lines.
//
// This package is where everything is wired together: a file a command, the
// flags they share, the configuration.
package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Exit statuses that scripts count on.
const (
	exitDone        = 0
	exitNothing     = 1   // nothing matched
	exitUsage       = 2   // the command line or the query is wrong
	exitSource      = 3   // a source could not be read, or the output not be written; what could be was printed
	exitFault       = 70  // lx itself is at fault: the screen ended with a panic
	exitInterrupted = 130 // what had been gathered was printed
)

// program is what a run of lx has from outside.
type program struct {
	in       *os.File
	out, err io.Writer
	terminal bool // out is a terminal
	now      func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, terminal: isTerminal(os.Stdout), now: time.Now}
	os.Exit(profiled(func() int { return p.run(ctx, os.Args[1:]) }))
}

// status is an exit status with what is to be said about it; err may be nil.
type status struct {
	code int
	err  error
}

func (s *status) Error() string {
	if s.err == nil {
		return ""
	}
	return s.err.Error()
}

func (s *status) Unwrap() error { return s.err }

func usage(err error) error { return &status{exitUsage, err} }

// run runs one command line and returns the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	var s *status
	var file *fs.PathError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, syscall.EPIPE): // lx ... | head
		return exitDone
	case errors.As(err, &s):
	case errors.As(err, &file) && file.Op == "write":
		s = &status{exitSource, err}
	default:
		s = &status{exitUsage, err}
	}
	if s.err != nil {
		p.complain(s.err)
	}
	return s.code
}
