package file

import (
	"context"
	"io"
	"sync"
	"testing"

	"github.com/lxlog/lx/sources"
)

// A recorder is a Sink that keeps what one source gives.
type recorder struct {
	mu      sync.Mutex
	streams []*recorded
	health  []sources.Health
	notes   []sources.Event

	chunk    func(*recorded) // called after each Append
	heedless bool            // Append does not look at its context
}

// recorded is one stream of a recorder.
type recorded struct {
	*recorder
	sources.StreamInfo
	text    []byte
	appends int
	settled chan struct{}
	closed  bool
	discard bool // text does not keep what is appended
}

func (r *recorder) Open(info sources.StreamInfo) sources.Stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &recorded{recorder: r, StreamInfo: info, settled: make(chan struct{}, 100)}
	r.streams = append(r.streams, s)
	return s
}

func (r *recorder) Report(h sources.Health) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.health = append(r.health, h)
}

func (r *recorder) Arrive(sources.News) {}

func (r *recorder) Note(e sources.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, e)
}

func (s *recorded) Append(ctx context.Context, c sources.Chunk) error {
	if !s.discard {
		s.text = append(s.text, c.Data...)
	}
	s.appends++
	clear(c.Data) // it is the caller's again
	if s.chunk != nil {
		s.chunk(s)
	}
	if s.heedless {
		return nil
	}
	return ctx.Err()
}

func (s *recorded) Grow(ctx context.Context, size int64) error {
	b, err := io.ReadAll(io.NewSectionReader(s.Data, int64(len(s.text)), size-int64(len(s.text))))
	s.text = append(s.text, b...)
	if err != nil {
		return err
	}
	return ctx.Err()
}

func (s *recorded) Settle()     { s.settled <- struct{}{} }
func (s *recorded) Lose(string) {}
func (s *recorded) Close()      { s.closed = true }

// last is the newest health.
func (r *recorder) last() sources.Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.health[len(r.health)-1]
}

// run runs a source that opens one stream, and closes it.
func run(t *testing.T, s sources.Source) (*recorded, error) {
	t.Helper()
	r := &recorder{}
	err := s.Run(t.Context(), r)
	if len(r.streams) != 1 || !r.streams[0].closed {
		t.Fatalf("%s: %d streams, %v", s.Name(), len(r.streams), err)
	}
	if h := r.last(); h.State != sources.Ended || h.Source != s.Name() {
		t.Errorf("%s: ended as %+v", s.Name(), h)
	}
	return r.streams[0], err
}
