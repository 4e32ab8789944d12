package elastic

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// newestFirst asks for the last hits of all.
func newestFirst(n int) sources.Request {
	return sources.Request{
		Filter: sources.Filter{From: logs.NoTime, To: logs.NoTime}, Backward: true, Limit: n,
		Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64},
	}
}

// Run implements sources.Source. A server that cannot be reached at first is an
// error where nothing is followed, and where asking again cannot help.
func (s *Source) Run(ctx context.Context, to sources.Sink) error {
	h := sources.Health{Source: s.o.Name, Kind: "server", State: sources.Opening}
	to.Report(h)
	if !s.o.Follow {
		if _, err := s.catalog(ctx); err != nil {
			return ended(ctx, err)
		}
		h.State = sources.Live
		to.Report(h)
		<-ctx.Done()
		return nil
	}
	t := newTracker(s, to)
	s.client.onRetry(t.retried)
	defer s.client.onRetry(func(error, time.Duration) {})
	if err := t.keepTrying(ctx, t.begin); err != nil {
		return ended(ctx, err)
	}
	t.report(sources.Live, "")
	return ended(ctx, t.follow(ctx))
}

// ended is the error that Run ends with: none where it was told to.
func ended(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

// follow polls until ctx ends, or the server refuses for good.
func (t *tracker) follow(ctx context.Context) error {
	last := t.s.o.Now()
	for {
		if !t.s.rest(ctx, t.pause(last)) {
			return nil
		}
		var found bool
		err := t.keepTrying(ctx, func(ctx context.Context) (err error) {
			found, err = t.poll(ctx)
			return err
		})
		if err != nil {
			return err
		}
		if found {
			last = t.s.o.Now()
		}
		if t.tally.changes() {
			t.report(sources.Live, "")
		}
	}
}

// pause is how long to wait before the next poll.
func (t *tracker) pause(last time.Time) time.Duration {
	if t.s.o.Now().Sub(last) > idleAfter {
		return idleEach
	}
	return pollEach
}

// keepTrying calls f until it succeeds, ctx ends, or the server refuses for good.
func (t *tracker) keepTrying(ctx context.Context, f func(context.Context) error) error {
	wait := pollEach
	var since time.Time
	for {
		err := f(ctx)
		now := t.s.o.Now()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			if !since.IsZero() {
				t.to.Note(sources.Event{Source: t.s.o.Name, Time: now.UnixNano(), Kind: sources.Reconnect,
					Text: fmt.Sprintf("%s answers again after %s", t.s.o.Name, max(now.Sub(since).Round(time.Second), time.Second))})
				t.report(sources.Live, "")
			}
			return nil
		case t.isFinal(err):
			return err
		}
		if since.IsZero() {
			since = now
		}
		if _, nothing := errors.AsType[*nothingYet](err); nothing {
			wait = pollEach // to look for it costs little
		}
		t.tally.retry()
		asked, _ := pause(err, 1) // the server wants to be left alone for that long
		rest := max(wait/2+rand.N(wait/2), asked)
		t.report(sources.Trouble, fmt.Sprintf("%v; again in %s", err, cmp.Or(rest.Round(time.Second), time.Second)))
		if !t.s.rest(ctx, rest) {
			return ctx.Err()
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// isFinal reports whether asking again is of no use: we are not let in, or, of what
// was never reached, the way there or what stands at its end is wrong.
func (t *tracker) isFinal(err error) bool {
	if refusesUs(err) {
		return true
	}
	way, ok := errors.AsType[*trouble](err)
	return ok && !way.again && t.told == 0
}

// Retry implements sources.Retrier.
func (s *Source) Retry() {
	select {
	case s.hurry <- struct{}{}:
	default:
	}
}

// rest waits, until somebody hurries; false: ctx ended first.
func (s *Source) rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-s.hurry:
	}
	return true
}

// retried tells of a question that is put again, whoever put it.
func (t *tracker) retried(err error, wait time.Duration) {
	t.tally.retry()
	t.report(sources.Trouble, t.s.client.again(err, wait))
}

func (t *tracker) report(state sources.State, text string) {
	h := t.tally.health(t.s.o.Now())
	h.Source, h.Kind, h.State, h.Text = t.s.o.Name, "server", state, text
	t.to.Report(h)
}

// sayNew tells of indices that were not there before, and has what is known of their fields asked again.
func (t *tracker) sayNew(names []string, now time.Time) {
	if len(names) == 0 {
		return
	}
	t.s.forget()
	slices.Sort(names)
	for _, name := range names {
		t.to.Note(sources.Event{Source: t.s.o.Name, Time: now.UnixNano(), Kind: sources.Rotated, Text: "goes on in " + plain(name)})
	}
	t.renumber, t.fresh, t.suspect = true, append(t.fresh, names...), true
	t.verified = now.Add(-suspectFor) // so that the next poll asks how many copies they have
}
