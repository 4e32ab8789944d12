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

// A tally is what is told of a source's health.
type tally struct {
	records, late, retries int64
	recent                 []arrival // of the last rateOver
}

type arrival struct {
	at      time.Time
	records int64
}

const rateOver = 10 * time.Second

func (t *tally) add(records int64, now time.Time) {
	t.records += records
	t.recent = append(t.recent, arrival{now, records})
}

// rate is records a second of late.
func (t *tally) rate(now time.Time) float64 {
	t.recent = slices.DeleteFunc(t.recent, func(a arrival) bool { return now.Sub(a.at) > rateOver })
	var n int64
	for _, a := range t.recent {
		n += a.records
	}
	return float64(n) / rateOver.Seconds()
}

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
	if err := t.keepTrying(ctx, t.begin); err != nil {
		return ended(ctx, err)
	}
	t.report(sources.Live, "")
	return ended(ctx, t.follow(ctx))
}

// ended is the error that Run ends with: none where it was told to.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// follow polls until ctx ends, or the server refuses for good.
func (t *tracker) follow(ctx context.Context) error {
	last := t.s.o.Now()
	for {
		if !rest(ctx, t.pause(last)) {
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
		if now := t.s.o.Now(); found {
			last = now
			t.report(sources.Live, "")
		} else if len(t.tally.recent) > 0 {
			t.report(sources.Live, "") // its rate sinks
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
		t.tally.retries++
		pause := wait/2 + rand.N(wait/2)
		t.report(sources.Trouble, fmt.Sprintf("%v; again in %s", err, cmp.Or(pause.Round(time.Second), time.Second)))
		if !rest(ctx, pause) {
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

// rest waits; false: ctx ended first.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func (t *tracker) report(state sources.State, text string) {
	t.to.Report(sources.Health{Source: t.s.o.Name, Kind: "server", State: state, Text: text,
		Records: t.tally.records, Late: t.tally.late, Retries: t.tally.retries, Newest: t.newest, Rate: t.tally.rate(t.s.o.Now())})
}

// sayNew tells of indices that were not there before, and has what is known of their fields asked again.
func (t *tracker) sayNew(names []string, now time.Time) {
	if len(names) == 0 {
		return
	}
	t.s.forget()
	slices.Sort(names)
	for _, name := range names {
		t.to.Note(sources.Event{Source: t.s.o.Name, Time: now.UnixNano(), Kind: sources.Rotated, Text: "goes on in " + name})
	}
	t.renumber = true
}
