package sourcetest

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// A File is a source of one file in memory: its data can be read again at any
// time. Unless it Follows it ends when all has been read.
type File struct {
	Follow  bool
	Loses   bool  // it notices a truncation before anybody reads what is gone, and has the stream lose it
	ModTime int64 // nanoseconds; NewFile sets logs.NoTime

	name  string
	drive drive
	sink  sources.Sink

	generation int
	data       *Data
	stream     sources.Stream
}

// NewFile returns a file that holds text.
func NewFile(name, text string) *File {
	return &File{name: name, drive: newDrive(), data: &Data{bytes: []byte(text)}, ModTime: logs.NoTime}
}

// Name implements sources.Source.
func (f *File) Name() string { return f.name }

// Run implements sources.Source.
func (f *File) Run(ctx context.Context, to sources.Sink) error {
	defer f.drive.finish()
	f.sink = to
	defer func() { f.stream.Close() }()
	to.Report(sources.Health{Source: f.name, Kind: "file", State: sources.CatchingUp})
	if err := f.open(ctx); err != nil || !f.Follow {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	to.Report(sources.Health{Source: f.name, Kind: "file", State: sources.Live})
	return f.drive.run(ctx)
}

func (f *File) open(ctx context.Context) error {
	f.stream = f.sink.Open(sources.StreamInfo{Resource: &logs.Resource{Source: f.name}, Generation: f.generation,
		ModTime: f.ModTime, Live: f.Follow, Data: f.data})
	return f.stream.Grow(ctx, f.data.size())
}

// Grow appends text to the file and has it read.
func (f *File) Grow(text string) error {
	return f.drive.ask(func(ctx context.Context) error {
		f.data.append(text)
		return f.stream.Grow(ctx, f.data.size())
	})
}

// Settle has the open record count as whole.
func (f *File) Settle() error {
	return f.drive.ask(func(context.Context) error { f.stream.Settle(); return nil })
}

// Rotate puts another file, which holds text, in the place of this one. What was read can still be.
func (f *File) Rotate(text string) error {
	return f.renew(sources.Rotated, &Data{bytes: []byte(text)})
}

// Truncate replaces what the file holds. What was read before is gone.
func (f *File) Truncate(text string) error {
	return f.renew(sources.Truncated, &Data{bytes: []byte(text)})
}

func (f *File) renew(what sources.EventKind, data *Data) error {
	return f.drive.ask(func(ctx context.Context) error {
		if what == sources.Truncated {
			f.data.set("")
			if f.Loses {
				f.stream.Lose("was truncated")
			}
		}
		f.stream.Close()
		f.sink.Note(sources.Event{Source: f.name, Kind: what, Text: f.name})
		f.generation++
		f.data = data
		return f.open(ctx)
	})
}

// End has Run return err.
func (f *File) End(err error) { f.drive.end(err) }

// Data is a file's bytes, which a test can change.
type Data struct {
	mu     sync.Mutex
	bytes  []byte
	closed bool
}

// ReadAt implements io.ReaderAt.
func (d *Data) ReadAt(b []byte, at int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return 0, io.ErrClosedPipe
	}
	return bytes.NewReader(d.bytes).ReadAt(b, at)
}

// Identity implements sources.Readable.
func (d *Data) Identity() (sources.Identity, error) {
	return sources.Identity{Inode: 1, Size: d.size()}, nil
}

// Close implements io.Closer: nothing can be read any more.
func (d *Data) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	return nil
}

func (d *Data) size() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return int64(len(d.bytes))
}

func (d *Data) append(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bytes = append(d.bytes, text...)
}

func (d *Data) set(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bytes = []byte(text)
}
