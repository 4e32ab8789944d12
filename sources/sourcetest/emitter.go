package sourcetest

import (
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// An Emitter is a source that cannot be read again: a listener, a pipe. Each
// sender has a stream of its own, named after the emitter and the sender.
type Emitter struct {
	name    string
	live    bool
	drive   drive
	sink    sources.Sink
	streams map[string]sources.Stream
}

// NewEmitter returns a listener: its records come as they happen.
func NewEmitter(name string) *Emitter {
	return &Emitter{name: name, live: true, drive: newDrive(), streams: map[string]sources.Stream{}}
}

// NewPipe returns an Emitter whose records may be of any time.
func NewPipe(name string) *Emitter {
	e := NewEmitter(name)
	e.live = false
	return e
}

// Name implements sources.Source.
func (e *Emitter) Name() string { return e.name }

// Run implements sources.Source.
func (e *Emitter) Run(ctx context.Context, to sources.Sink) error {
	defer e.drive.finish()
	e.sink = to
	defer func() {
		for _, s := range e.streams {
			s.Close()
		}
	}()
	if e.live {
		to.Report(sources.Health{Source: e.name, Kind: "listener", State: sources.Live})
	}
	return e.drive.run(ctx)
}

// Emit has text arrive from a sender at a time in nanoseconds. With ends each
// part of text up to one is a record; without, lines are.
func (e *Emitter) Emit(sender string, arrived int64, text string, ends ...int) error {
	return e.drive.ask(func(ctx context.Context) error {
		return e.stream(sender).Append(ctx, sources.Chunk{Data: []byte(text), Ends: ends, Arrived: arrived})
	})
}

// Settle has the sender's open record count as whole.
func (e *Emitter) Settle(sender string) error {
	return e.drive.ask(func(context.Context) error { e.stream(sender).Settle(); return nil })
}

// End has Run return err.
func (e *Emitter) End(err error) { e.drive.end(err) }

func (e *Emitter) stream(sender string) sources.Stream {
	s := e.streams[sender]
	if s == nil {
		name := e.name
		if sender != "" {
			name += ":" + sender
		}
		s = e.sink.Open(sources.StreamInfo{Resource: &logs.Resource{Source: name}, ModTime: logs.NoTime, Live: e.live})
		e.streams[sender] = s
	}
	return s
}
