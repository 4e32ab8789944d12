package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// A Recorder is a Sink that remembers what a source does, and which rules it broke.
type Recorder struct {
	// Block has streams take nothing until the context of the call ends.
	Block bool

	mu      sync.Mutex
	streams []*recorded
	health  []sources.Health
	events  []sources.Event
	broken  []string
	changed chan struct{} // closed at the next change
}

// recorded is one stream.
type recorded struct {
	r      *Recorder
	info   sources.StreamInfo
	bytes  []byte
	ends   []int
	closed bool
	lost   bool
}

// NewRecorder returns a Recorder that has seen nothing.
func NewRecorder() *Recorder { return &Recorder{changed: make(chan struct{})} }

// Bytes returns what came, by the source's name in the streams' resources, in the order in which streams were opened.
func (r *Recorder) Bytes() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]string{}
	for _, s := range r.streams {
		out[s.info.Resource.Source] += string(s.bytes)
	}
	return out
}

// Health returns all reports, in order.
func (r *Recorder) Health() []sources.Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]sources.Health(nil), r.health...)
}

// Events returns all events, in order.
func (r *Recorder) Events() []sources.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]sources.Event(nil), r.events...)
}

// Until waits for done, which is asked after each change. It returns ctx's error if that ends first.
func (r *Recorder) Until(ctx context.Context, done func() bool) error {
	for {
		r.mu.Lock()
		changed := r.changed
		r.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Broken returns the rules that the source broke so far. over: Run has returned.
func (r *Recorder) Broken(over bool) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := append([]string(nil), r.broken...)
	for _, s := range r.streams {
		if over && !s.closed {
			out = append(out, s.name()+": its stream is still open: a source closes each stream that it opened before Run returns, else the last record stays open for ever")
		}
		if over && s.info.Data != nil && !s.lost && !s.canBeReadAgain() {
			out = append(out, s.name()+": its Data cannot be read again after Run has returned: records are read when somebody looks at them, and that may be any time later")
		}
	}
	return out
}

func (s *recorded) canBeReadAgain() bool {
	b := make([]byte, len(s.bytes))
	_, err := io.ReadFull(io.NewSectionReader(s.info.Data, 0, int64(len(b))), b)
	return err == nil && bytes.Equal(b, s.bytes)
}

func (s *recorded) name() string { return fmt.Sprintf("%q", s.info.Resource.Source) }

// note remembers a change. It is called with mu held.
func (r *Recorder) note() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// breaks remembers that a rule was broken. It is called with mu held.
func (s *recorded) breaks(rule string) { s.r.broken = append(s.r.broken, s.name()+": "+rule) }

// Open implements sources.Sink.
func (r *Recorder) Open(info sources.StreamInfo) sources.Stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &recorded{r: r, info: info}
	if info.Resource == nil || info.Resource.Source == "" {
		s.info.Resource = &logs.Resource{Source: "?"}
		s.breaks("its Resource names no source: every record must say where it was read")
	}
	if info.ModTime == 0 {
		s.breaks("its ModTime is 0, which is 1970: where no modification time is known it is logs.NoTime")
	}
	r.streams = append(r.streams, s)
	r.note()
	return s
}

// Report implements sources.Sink.
func (r *Recorder) Report(h sources.Health) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.health = append(r.health, h)
	r.note()
}

// Arrive implements sources.Sink.
func (r *Recorder) Arrive(sources.News) {}

// Note implements sources.Sink.
func (r *Recorder) Note(e sources.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
	r.note()
}

var errAfterClose = errors.New("the stream is closed")

// begin holds mu until the function that it returns is called.
func (s *recorded) begin(ctx context.Context) (func(), error) {
	if s.r.Block {
		<-ctx.Done()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.r.mu.Lock()
	if s.closed {
		defer s.r.mu.Unlock()
		s.breaks("bytes come after Close: what was open in it has been counted as whole")
		return nil, errAfterClose
	}
	return func() { s.r.note(); s.r.mu.Unlock() }, nil
}

// Append implements sources.Stream.
func (s *recorded) Append(ctx context.Context, c sources.Chunk) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if s.info.Data != nil {
		s.breaks("Append to a stream with Data: its bytes are read by Grow alone, else they are there twice")
	}
	if c.Arrived == 0 {
		s.breaks("a chunk says no arrival: records without a time stand there")
	}
	last := 0
	for _, e := range c.Ends {
		if e < last || e > len(c.Data) {
			s.breaks(fmt.Sprintf("record ends %v of %d bytes are not in order, or outside", c.Ends, len(c.Data)))
			break
		}
		last = e
		s.ends = append(s.ends, len(s.bytes)+e)
	}
	s.bytes = append(s.bytes, c.Data...)
	return nil
}

// Grow implements sources.Stream.
func (s *recorded) Grow(ctx context.Context, size int64) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	have := int64(len(s.bytes))
	switch {
	case s.lost:
		s.breaks("Grow after Lose: what comes next is another stream's, of the next generation")
		return nil
	case s.info.Data == nil:
		s.breaks("Grow of a stream without Data: there is nothing to read")
		return nil
	case size < have:
		s.breaks(fmt.Sprintf("it shrinks from %d bytes to %d: a truncated file goes on as another stream, of the next generation", have, size))
		return nil
	}
	b := make([]byte, size-have)
	if n, err := s.info.Data.ReadAt(b, have); n < len(b) {
		return fmt.Errorf("reading %s: %w", strings.Trim(s.name(), `"`), err)
	}
	s.bytes = append(s.bytes, b...)
	return nil
}

// Settle implements sources.Stream.
func (s *recorded) Settle() {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	if s.closed {
		s.breaks("Settle after Close")
	}
	s.r.note()
}

// Lose implements sources.Stream.
func (s *recorded) Lose(string) {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	if s.closed {
		s.breaks("Lose after Close")
	}
	s.lost = true
	s.r.note()
}

// Close implements sources.Stream.
func (s *recorded) Close() {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	s.closed = true
	s.r.note()
}
