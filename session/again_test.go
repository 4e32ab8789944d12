package session_test

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

// A refusing server ends its Run with each error that comes, and tells news when it is told to.
type refusing struct {
	*sourcetest.Paged
	runs   chan struct{} // has a value for each Run
	refuse chan error
	tell   chan struct{}
}

func newRefusing(p *sourcetest.Paged) *refusing {
	return &refusing{p, make(chan struct{}, 10), make(chan error), make(chan struct{})}
}

func (f *refusing) Run(ctx context.Context, to sources.Sink) error {
	f.runs <- struct{}{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-f.refuse:
			return err
		case <-f.tell:
			to.Arrive(sources.News{Number: 1})
			to.Report(sources.Health{Kind: "server", State: sources.Live})
		}
	}
}

func (f *refusing) Retry() {}

func is(state sources.State, s *session.Session) func() bool {
	return func() bool { return s.Health()[0].State == state }
}

// A server that let nobody in is run again when somebody wants it, and says that it answers again.
func TestRetryRunsAgain(t *testing.T) {
	f := newRefusing(sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...))
	s, _ := started(t, f)
	for range 2 {
		<-f.runs
		f.refuse <- errors.New("401: the password is wrong")
		until(t, s, is(sources.Ended, s))
		if errs := s.Errors(); len(errs) != 1 || !strings.Contains(s.Health()[0].Text, "401") {
			t.Errorf("%v, health %+v", errs, s.Health()[0])
		}
		if len(f.runs) > 0 {
			t.Fatal("it runs though nobody asks")
		}
		s.Retry()
		s.Retry()
		until(t, s, is(sources.Opening, s))
	}
	<-f.runs
	if h := s.Health()[0]; h.Text != "" || h.Kind != "server" || len(s.Errors()) > 0 {
		t.Errorf("health %+v, %v", h, s.Errors())
	}
	f.tell <- struct{}{}
	until(t, s, is(sources.Live, s))
	events, _ := s.Events()
	if len(events) != 1 || events[0].Kind != sources.Reconnect || events[0].Text != "prod answers again" {
		t.Errorf("events %+v", events)
	}
	s.Retry()
	f.tell <- struct{}{}
	if events, _ = s.Events(); len(events) != 1 || len(f.runs) > 0 {
		t.Errorf("one that runs is run again: events %+v", events)
	}
}

// A Run that has ended has told of nothing since: what was known to be all there is, is asked again.
func TestRetryTrustsNoEarlierNews(t *testing.T) {
	f := newRefusing(sourcetest.NewPaged("prod", sourcetest.Records(many(t, 10))...))
	s, c := started(t, f)
	<-f.runs
	f.tell <- struct{}{}
	until(t, s, is(sources.Live, s))
	v := view(t, s, "")
	ends := func(want string) {
		t.Helper()
		if got := bodies(rowsOf(page(t, v, session.LastKey, 2, 0))); got != want {
			t.Errorf("at the end %s, not %s", got, want)
		}
	}
	ends("n8 n9")
	f.Add(sourcetest.Records("2024-05-01T11:00:00Z a\n")...)
	c.pass(2 * time.Second)
	ends("n8 n9") // nobody has told of it

	f.refuse <- errors.New("401: the key has expired")
	until(t, s, is(sources.Ended, s))
	s.Retry()
	<-f.runs
	until(t, s, is(sources.Opening, s))
	c.pass(2 * time.Second)
	ends("n9 a")
	f.Add(sourcetest.Records("2024-05-01T11:00:01Z b\n")...)
	f.tell <- struct{}{}
	until(t, s, is(sources.Live, s))
	ends("a b")
}
