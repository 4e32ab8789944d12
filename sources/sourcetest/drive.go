package sourcetest

import (
	"context"
	"errors"
	"sync"
)

// A drive has a test do things in the goroutine of a source's Run.
type drive struct {
	steps chan step
	ended chan struct{} // closed once Run has returned
	once  sync.Once
}

type step struct {
	do   func(ctx context.Context) error
	done chan error
}

func newDrive() drive { return drive{steps: make(chan step), ended: make(chan struct{})} }

// ask runs do within Run and returns its error; without doing it, where Run has ended.
func (d *drive) ask(do func(ctx context.Context) error) error {
	s := step{do, make(chan error, 1)}
	select {
	case d.steps <- s:
		return <-s.done
	case <-d.ended:
		return context.Canceled
	}
}

// run takes steps until ctx ends or one says that the source does.
func (d *drive) run(ctx context.Context) error {
	for {
		select {
		case s := <-d.steps:
			err := s.do(ctx)
			s.done <- err
			var end endError
			if errors.As(err, &end) {
				return end.err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// finish is called when Run returns.
func (d *drive) finish() { d.once.Do(func() { close(d.ended) }) }

// An endError ends Run, which returns err.
type endError struct{ err error }

func (endError) Error() string { return "the source has ended" }

// end has Run return err.
func (d *drive) end(err error) { _ = d.ask(func(context.Context) error { return endError{err} }) }
