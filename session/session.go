package session

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/when"
)

// Options are what a session is made of beside its sources.
type Options struct {
	// Indexer makes the Indexer of a stream. It is called by many goroutines.
	Indexer func(sources.StreamInfo) logs.Indexer
	// Env is what queries depend on; its Now is set from the clock when a view is made.
	Env query.Env
	// Now is the clock; nil: time.Now.
	Now when.Clock
	// Store bounds the store; its Now and Changed are the session's.
	Store store.Options
	// CountAll has matches that a Searcher cannot count be fetched and counted however many
	// they are, and not up to a limit.
	CountAll bool
}

// A Session runs sources and answers views. It is safe for many goroutines.
type Session struct {
	o       Options
	store   *store.Store
	sources []*running
	wake    wake
	version atomic.Uint64

	cancel  context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	events  []sources.Event
	dropped int // events that there was no room for

	followers followers

	lookMu sync.Mutex
	looked *look

	vitals vitals

	evaluations evaluations
	orders      orders
}

// maxEvents is how many events are kept: the newest.
const maxEvents = 10_000

// New returns a session of the sources, whose order sorts records of equal time. It runs nothing yet.
func New(o Options, list ...sources.Source) *Session {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Session{o: o, cancel: func() {}}
	o.Store.Now, o.Store.Changed = o.Now, s.changed
	s.store = store.New(o.Store)
	for i, src := range list {
		s.sources = append(s.sources, newRunning(s, i, src))
	}
	return s
}

// Start runs the sources, each in a goroutine of its own, until they end or ctx
// does. What they brought stays until Close.
func (s *Session) Start(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	for _, r := range s.sources {
		s.running.Go(func() { r.run(ctx) })
	}
}

// Wait blocks until every source has read all that was there: it has ended, or
// goes on live. Searchers are not waited for. It returns ctx's error if that
// ends first, else those of the sources, joined.
func (s *Session) Wait(ctx context.Context) error {
	for _, r := range s.sources {
		select {
		case <-r.caughtUp:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.Join(s.Errors()...)
}

// Errors returns those of sources that could not be read, or not to their end, by the order of sources.
func (s *Session) Errors() (out []error) {
	for _, r := range s.sources {
		if err := r.failure(); err != nil {
			out = append(out, err)
		}
	}
	return out
}

// Changed returns a channel that is closed when anything changes after the call.
// Ask for it before looking, so that no change is missed.
func (s *Session) Changed() <-chan struct{} { return s.wake.next() }

// Events returns the newest events of all sources in the order in which they
// were reported, and how many older ones were let go.
func (s *Session) Events() (events []sources.Event, dropped int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.events), s.dropped
}

// Close ends all sources, waits for them, and gives back what the session holds.
// Views find nothing to read any more.
func (s *Session) Close() error {
	s.cancel()
	s.running.Wait()
	return s.store.Close()
}

func (s *Session) changed() {
	s.version.Add(1)
	s.wake.change()
}

func (s *Session) note(e sources.Event) {
	s.mu.Lock()
	if len(s.events) == maxEvents {
		s.events = append(s.events[:0], s.events[1:]...)
		s.dropped++
	}
	s.events = append(s.events, e)
	s.mu.Unlock()
	s.changed()
}

// exact reports whether all sources have read what was there.
func (s *Session) exact() bool {
	return !slices.ContainsFunc(s.sources, func(r *running) bool { return !r.isCaughtUp() })
}
