package command

import (
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// A process is a command that runs.
type process struct {
	command *exec.Cmd
	outs    [2]*os.File   // where its standard output and error are read
	exited  chan struct{} // closed once it has ended; then err and took are known
	err     error
	took    time.Duration
}

// start starts a command. Close it, after its end.
func start(args []string) (*process, error) {
	p := &process{command: exec.Command(args[0], args[1:]...), exited: make(chan struct{})} //nolint:gosec // the user's own command
	var in [2]*os.File
	defer func() {
		for _, f := range in {
			if f != nil {
				_ = f.Close() // the command has its own
			}
		}
	}()
	for i := range in {
		var err error
		if p.outs[i], in[i], err = os.Pipe(); err != nil {
			p.close()
			return nil, err
		}
	}
	p.command.Stdout, p.command.Stderr = in[0], in[1]
	isolate(p.command)
	began := time.Now()
	if err := p.command.Start(); err != nil {
		p.close()
		return nil, err
	}
	go func() {
		p.err = p.command.Wait()
		p.took = time.Since(began)
		close(p.exited)
	}()
	return p, nil
}

// close frees the pipes.
func (p *process) close() {
	for _, f := range p.outs {
		if f != nil {
			_ = f.Close() // it was only read
		}
	}
}

// end has the command end, and what it started: asked first, then not. What they
// still write goes nowhere, so that none waits for a reader.
func (p *process) end(grace time.Duration) {
	if asks {
		p.ask(grace)
	}
	kill(p.command)
	<-p.exited
}

// ask asks them to end and waits until they have, or grace is over.
func (p *process) ask(grace time.Duration) {
	terminate(p.command)
	var both sync.WaitGroup
	for _, f := range p.outs {
		both.Go(func() { _, _ = io.Copy(io.Discard, f) })
	}
	drained := make(chan struct{})
	go func() { both.Wait(); close(drained) }()
	over := time.After(grace)
	for _, done := range []<-chan struct{}{p.exited, drained} {
		select {
		case <-done:
		case <-over:
			kill(p.command)
			p.close() // one that left the group may hold the other ends
			<-drained
			return
		}
	}
}
