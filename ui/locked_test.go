package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// A locked server lets nobody in until it is told to.
type locked struct {
	*sourcetest.Paged
	refuses chan error // nil: it lets us in
}

func (f locked) Run(ctx context.Context, to sources.Sink) error {
	select {
	case err := <-f.refuses:
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return nil
	}
	return f.Paged.Run(ctx, to)
}

func (locked) Retry() {}

// A server that let nobody in is connected to again by R, and nothing is left of its trouble.
func TestRefusingIsAskedAgain(t *testing.T) {
	p := sourcetest.NewPaged("prod", sourcetest.Records(numbered(0, 100))...)
	f := locked{p, make(chan error, 1)}
	x := running(t, f)
	wrong := errors.New("401: the password is wrong")
	p.Fail(wrong)
	f.refuses <- wrong
	until(t, x, func(h *session.Health) bool { return h.State == session.Ended })
	s := open(t, x, 80, 24, "")
	s.tells("401: the password is wrong")
	p.Fail(nil)
	f.refuses <- nil
	s.press("'R")
	s.tells("connecting to prod again")
	until(t, x, func(h *session.Health) bool { return h.State == session.Live })
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.came()
	s.stands(t, 99)
	if f := s.frame(); strings.Contains(f, "401") || !strings.Contains(f, "prod live") {
		t.Errorf("it is over:\n%s", f)
	}
}
