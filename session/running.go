package session

import (
	"context"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// A running is one source of a session. It is the Sink that the source writes to.
type running struct {
	s        *Session
	place    int
	source   sources.Source
	searcher sources.Searcher // nil where the source does not answer by itself
	faceter  sources.Faceter  // nil where it does not count values by itself either
	caughtUp chan struct{}    // closed once all that was there has been read
	ctx      context.Context  // of Run

	mu      sync.Mutex
	streams int64
	newest  *store.Stream             // the one that was opened last
	opened  []*store.Stream           // those of files until history is known
	history map[*store.Stream]reached // what there was of them at first; nil: it is still read
	health  sources.Health
	unasked error // what the last question to the searcher failed with
	anew    int64 // how often somebody wanted it to be asked again at once
	retries int64 // questions that failed
	rotated int64 // rotations and truncations
	since   int64 // when it came to be in the state that shown says
	shown   sources.State
	pulse   pulse
	news    news
	ended   bool          // Run has returned
	err     error         // what it returned
	begun   chan struct{} // has a value when somebody wants a Run that failed to begin again
	away    bool          // it had failed, and has not been live since
}

func newRunning(s *Session, place int, src sources.Source) *running {
	r := &running{s: s, place: place, source: src, caughtUp: make(chan struct{}), begun: make(chan struct{}, 1)}
	r.health.Source = src.Name()
	r.since = s.o.Now().UnixNano()
	r.faceter, _ = src.(sources.Faceter)
	if r.searcher, _ = src.(sources.Searcher); r.searcher != nil {
		r.health.Kind = "server"
		close(r.caughtUp)
		r.noteHistory()
	}
	return r
}

func (r *running) run(ctx context.Context) {
	r.ctx = ctx
	r.runOnce(ctx)
	for r.runsAgain(ctx) {
		r.runOnce(ctx)
	}
}

func (r *running) runOnce(ctx context.Context) {
	err := r.source.Run(ctx, r)
	r.mu.Lock()
	r.err, r.ended = err, true
	r.health.State = sources.Ended
	if err != nil {
		r.health.Text = err.Error()
	}
	r.catchUp()
	r.noteState()
	r.mu.Unlock()
	r.s.changed()
}

// noteState remembers since when the source is in its state. It is called with mu held.
func (r *running) noteState() {
	if now := r.stateNow().State; now != r.shown {
		r.shown, r.since = now, r.s.o.Now().UnixNano()
	}
}

// catchUp is called with mu held.
func (r *running) catchUp() {
	if !r.isCaughtUp() {
		close(r.caughtUp)
	}
	if r.history == nil {
		r.noteHistory()
	}
}

func (r *running) isCaughtUp() bool {
	select {
	case <-r.caughtUp:
		return true
	default:
		return false
	}
}

// Open implements sources.Sink.
func (r *running) Open(info sources.StreamInfo) sources.Stream {
	r.mu.Lock()
	r.streams++
	n := r.streams
	r.mu.Unlock()
	if info.Resource == nil {
		info.Resource = &logs.Resource{Source: r.source.Name()}
	}
	in := store.Info{Resource: info.Resource, Generation: info.Generation, Place: streamPlace(r.place, n), ModTime: info.ModTime, Live: info.Live}
	if info.Data != nil {
		in.Data = info.Data
		in.Identity = func() (store.Identity, error) {
			id, err := info.Data.Identity()
			return store.Identity(id), err
		}
	}
	st := &stream{Stream: r.s.store.Open(in, r.s.o.Indexer(info)), r: r}
	r.mu.Lock()
	r.pulse.open = append(r.pulse.open, st.Stream)
	r.newest = st.Stream
	if r.history == nil && isHistory(st.Info()) {
		r.opened = append(r.opened, st.Stream)
	}
	r.mu.Unlock()
	return st
}

// Report implements sources.Sink.
func (r *running) Report(h sources.Health) {
	r.mu.Lock()
	h.Source = r.source.Name()
	r.health = h
	back := r.away && h.State == sources.Live
	if h.State == sources.Live { // one that has ended is waited for: Run's error is to come
		r.catchUp()
		r.away = false
	}
	r.noteState()
	r.mu.Unlock()
	if back {
		r.Note(sources.Event{Source: h.Source, Time: r.s.o.Now().UnixNano(), Kind: sources.Reconnect, Text: h.Source + " answers again"})
	}
	r.s.changed()
}

// Arrive implements sources.Sink.
func (r *running) Arrive(n sources.News) {
	r.mu.Lock()
	r.news.add(n, r.s.o.Now().UnixNano())
	r.mu.Unlock()
	r.s.changed()
}

// Note implements sources.Sink.
func (r *running) Note(e sources.Event) {
	if e.Kind == sources.Rotated || e.Kind == sources.Truncated {
		r.mu.Lock()
		r.rotated++
		r.mu.Unlock()
	}
	r.s.note(e)
}

// asked remembers how a question to the searcher went.
func (r *running) asked(err error) {
	r.mu.Lock()
	changed := (err == nil) != (r.unasked == nil)
	r.unasked = err
	if err != nil {
		r.retries++
	}
	r.noteState()
	r.mu.Unlock()
	if changed {
		r.s.changed()
	}
}

// wanted is how often somebody wanted it to be asked again at once.
func (r *running) wanted() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.anew
}

func (r *running) state() sources.Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stateNow()
}

// stateNow is state with mu held.
func (r *running) stateNow() sources.Health {
	h := r.health
	h.Since, h.Rotations, h.Retries = r.since, r.rotated, h.Retries+r.retries
	if h.State == sources.CatchingUp && r.newest != nil && r.newest.Info().Data != nil {
		h.Read = max(h.Read, r.newest.Bytes()) // what a stream reads by itself its source knows at the end
	}
	if r.unasked != nil && r.err == nil {
		h.State, h.Text = sources.Trouble, r.unasked.Error()
	}
	return h
}

func (r *running) hasEnded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended
}

func (r *running) failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// stream is a store's stream as sources see it.
type stream struct {
	*store.Stream
	r    *running
	lost string // why its records go when it is closed; "": they stay
}

// Append implements sources.Stream.
func (s *stream) Append(ctx context.Context, c sources.Chunk) error {
	s.r.beat()
	return s.Stream.Append(ctx, c.Data, c.Ends, c.Arrived)
}

// Grow implements sources.Stream.
func (s *stream) Grow(ctx context.Context, size int64) error {
	s.r.beat()
	return s.Stream.Grow(ctx, size)
}
