// Package sources says what a place is that records come from. A source for
// files, a pipe, a listener or a search server is a folder below this one; the
// session runs them and never asks which one it has.
package sources

import (
	"context"
	"io"

	"github.com/lxlog/lx/logs"
)

// A Source is one place that records come from: a file with its rotations, a
// pipe, a port, an index. That is all a source must be; what else it can do it
// says by the optional interfaces here: Searcher.
type Source interface {
	// Name is how the user named it: the path as given, "-", "forward:127.0.0.1:24224", "prod".
	Name() string

	// Run opens streams on to and writes what it reads into them, until the
	// source ends or ctx does; then it returns nil. It closes the streams that it
	// opened and waits for the goroutines that it started. An error means that
	// the source could not be read, or not to its end: what was read stays. The
	// error's text names the source and says what to do where something can be done.
	Run(ctx context.Context, to Sink) error
}

// A Sink takes what sources read. It is safe for many goroutines; each Stream of it belongs to one.
type Sink interface {
	// Open begins a stream.
	Open(StreamInfo) Stream
	// Report says how the source is; the newest report of a source replaces the one before.
	Report(Health)
	// Arrive tells of records that a Searcher finds from now on. The newest thousand pieces of news are remembered.
	Arrive(News)
	// Note is an event of the source's at its time: a rotation, a gap, a reconnect. It is shown in its place and is not a record.
	Note(Event)
}

// A Stream takes the bytes of one run of records: one generation of a file, one connection, one tag.
type Stream interface {
	// Append adds bytes. Chunk.Data is the caller's again when it returns. It
	// blocks while there is no room, and returns ctx's error where that ends first.
	Append(ctx context.Context, c Chunk) error

	// Grow says that StreamInfo.Data now holds size bytes, which the stream then
	// reads by itself, before Grow returns. Only for streams that have Data.
	Grow(ctx context.Context, size int64) error

	// Lose says that what came before can be read no more, and why: a file was
	// truncated. Its records go, counted; a stream of the next generation follows.
	Lose(why string)

	// Settle says that nothing came for so long that the open record counts as whole.
	Settle()

	// Close ends the stream; what is open in it is whole.
	Close()
}

// StreamInfo is what is known of a stream before its first byte.
type StreamInfo struct {
	Resource   *logs.Resource // shared by all of its records; Resource.Source names the file, tag or peer
	Generation int            // how many streams of the same name came before it: one more at each rotation and truncation
	Format     string         // "" to detect; else the name of the format of every record
	ModTime    int64          // when a finished file was last written, nanoseconds; its records stand there if none has a time, and the year of stamps without one follows from it. logs.NoTime: by arrival
	Live       bool           // records come as they happen: they never stand later than their arrival
	Data       Readable       // the bytes, where they can be read again at any time; nil: they come through Append and the store keeps them
}

// Readable is data that can be read again at any time, also after the source's
// Run has returned. If it is an io.Closer the session closes it when it is done.
type Readable interface {
	io.ReaderAt
	// Identity tells whether it is still the same data.
	Identity() (Identity, error)
}

// Identity of a file: what must be the same for an index of it to be of use.
type Identity struct {
	Device, Inode uint64
	Size          int64
	ModTime       int64 // nanoseconds since 1970
}

// A Chunk is bytes of a stream as they came.
type Chunk struct {
	Data    []byte
	Ends    []int // where each record ends in Data, for a transport that frames them; nil: lines decide
	Arrived int64 // nanoseconds since 1970
}
