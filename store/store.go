package store

import (
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/logs"
)

// A Store holds the records of any number of streams. It is safe for many goroutines.
type Store struct {
	o       Options
	keep    *keep
	pages   *pages
	cache   *indexCache // nil: no index is kept
	version atomic.Uint64
	ids     atomic.Uint64
	room    chan struct{} // one for each buffer that may be in use to read data
	buffers sync.Pool     // *[]byte, of chunkSize
	chunks  sync.Pool     // *chunk

	mu      sync.Mutex
	streams []*Stream // in the order of snapshots
	seen    *Snapshot // the newest that was taken
}

// New returns an empty store.
func New(o Options) *Store {
	o = o.withDefaults()
	s := &Store{o: o, keep: newKeep(o), pages: newPages(o), cache: newIndexCache(o.Cache), room: make(chan struct{}, cores+2)}
	buffer := func() any { b := make([]byte, chunkSize); return &b }
	s.buffers.New = buffer
	s.chunks.New = func() any { return &chunk{buffer: buffer().(*[]byte)} }
	return s
}

// Info is what is known of a stream before its first byte.
type Info struct {
	Resource   *logs.Resource           // shared by all of its records; Resource.Source names it
	Generation int                      // how many streams of the same name came before it
	Place      int64                    // its place among the streams, which sorts records of equal time
	ModTime    int64                    // when a finished file was last written, nanoseconds: its records stand there if none has a time; logs.NoTime: they stand at their arrival
	Live       bool                     // records never stand later than their arrival
	Identity   func() (Identity, error) // of the file that Data reads; nil: it has none, and its index is not kept
	Data       io.ReaderAt              // the bytes, where they can be read again; nil: the store keeps what is appended. If it is an io.Closer, Store.Close closes it
}

// Open begins a stream, whose records ix makes; ix is the stream's own.
func (s *Store) Open(info Info, ix logs.Indexer) *Stream {
	if info.Resource == nil {
		info.Resource = &logs.Resource{}
	}
	st := newStream(s, info, ix)
	s.mu.Lock()
	at, _ := slices.BinarySearchFunc(s.streams, info.Place+1, func(o *Stream, place int64) int {
		if o.info.Place < place {
			return -1
		}
		return 1
	})
	s.streams = slices.Insert(s.streams, at, st)
	s.mu.Unlock()
	s.changed()
	return st
}

// newStream returns a stream that no snapshot has yet.
func newStream(s *Store, info Info, ix logs.Indexer) *Stream {
	st := &Stream{store: s, info: info, ix: ix, formats: formats{ix: ix.Clone()}, loss: noLoss}
	st.placing = placing{live: info.Live, base: info.ModTime, last: logs.NoTime}
	if info.Live {
		st.placing.base = logs.NoTime
	}
	return st
}

// changed makes the next snapshot a new one.
func (s *Store) changed() {
	s.version.Add(1)
	s.o.Changed()
}

// Snapshot returns what the store holds now.
func (s *Store) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.version.Load()
	if s.seen != nil && s.seen.Version == v {
		return s.seen
	}
	n := &Snapshot{Version: v, fault: s.pages.failure(), Streams: make([]*StreamState, len(s.streams))}
	for i, st := range s.streams {
		n.Streams[i] = st.snapshot()
	}
	s.seen = n
	return n
}

// Close gives back files and memory. It is called when nobody appends any more;
// records can then no longer be read.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.close() // what it writes may have to be read
	var errs []error
	for _, st := range s.streams {
		if c, ok := st.info.Data.(io.Closer); ok {
			errs = append(errs, c.Close())
		}
	}
	return errors.Join(append(errs, s.keep.close(), s.pages.files.close())...)
}
