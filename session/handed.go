package session

import (
	"context"
	"sync"
)

// followers are the calls of Follow, with how far each has come: what a truncated
// file held goes from the store only when they have handed it on.
type followers struct {
	mu    sync.Mutex
	seen  map[*follower]uint64 // the version of the store up to which all has been handed on
	moved wake
	begun chan struct{} // closed once a first one has given what there was; nil: nobody asked
}

// join adds a follower. Call the function that it returns when that one ends.
func (f *followers) join(fl *follower) (leave func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == nil {
		f.seen = map[*follower]uint64{}
	}
	f.seen[fl] = 0
	return func() {
		f.mu.Lock()
		delete(f.seen, fl)
		f.mu.Unlock()
		f.moved.change()
	}
}

// handed notes that the follower has handed on all that was whole in a version of the store.
func (f *followers) handed(fl *follower, version uint64) {
	f.mu.Lock()
	f.seen[fl] = version
	if f.begun == nil {
		f.begun = make(chan struct{})
	}
	select {
	case <-f.begun:
	default:
		close(f.begun)
	}
	f.mu.Unlock()
	f.moved.change()
}

// behind reports whether a follower has still to hand on something of the version.
func (f *followers) behind(version uint64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, seen := range f.seen {
		if seen < version {
			return true
		}
	}
	return false
}

// wait returns once no follower is behind the version, or ctx has ended.
func (f *followers) wait(ctx context.Context, version uint64) {
	for {
		moved := f.moved.next()
		if !f.behind(version) {
			return
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return
		}
	}
}

// Following is closed once a Follow has given the last records that there were.
func (s *Session) Following() <-chan struct{} {
	f := &s.followers
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun == nil {
		f.begun = make(chan struct{})
	}
	return f.begun
}

// Lose implements sources.Stream: the records go when the stream is closed.
func (s *stream) Lose(why string) { s.lost = why }

// Close implements sources.Stream. It does not wait for followers that have still to hand on records.
func (s *stream) Close() {
	s.Stream.Close()
	s.r.closed(s.Stream)
	if s.lost == "" {
		return
	}
	f, version := &s.r.s.followers, s.r.s.store.Snapshot().Version
	if !f.behind(version) {
		s.Stream.Lose(s.lost)
		return
	}
	s.r.s.running.Go(func() {
		f.wait(s.r.ctx, version)
		s.Stream.Lose(s.lost)
	})
}
