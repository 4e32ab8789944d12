package file

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/sources"
)

// A handle is an open file with the number of those who use it.
type handle struct {
	*os.File
	users    atomic.Int32
	borrowed bool
	kept     bool   // it counts among the files that stay open
	end      func() // gives back its share of those that are being read
}

// newHandle returns a file that has one user. end is called once: when the file is kept, or closed.
func newHandle(f *os.File, borrowed bool, end func()) *handle {
	h := &handle{File: f, borrowed: borrowed, end: sync.OnceFunc(end)}
	h.users.Store(1)
	return h
}

// keep reports whether the file may stay open, for its records to be read again.
func (h *handle) keep(s *share) bool {
	if !h.kept && s.keep() {
		h.kept = true
		h.end()
	}
	return h.kept
}

func (h *handle) use() *handle {
	h.users.Add(1)
	return h
}

// release closes the file when nobody uses it any more.
func (h *handle) release() error {
	if h.users.Add(-1) > 0 {
		return nil
	}
	h.end()
	if h.borrowed {
		return nil
	}
	return h.Close()
}

// contents are the bytes of one generation of a followed file, as a stream's
// Data. The newest of them stay in memory, so that they can be read for a while
// after the file was truncated; the others are read from the file.
type contents struct {
	file   *handle
	base   int64 // where in the file they begin
	recent *recent
	newest []*kept // in order; guarded by recent

	mu     sync.Mutex
	fresh  []byte // what is being handed over just now
	at     int64  // where it begins
	gone   string // why the file does not hold them any more; "" while it does
	closed bool
}

// hand calls f, during which the contents hold b at that offset whatever becomes of the file.
func (c *contents) hand(b []byte, at int64, f func() error) error {
	c.mu.Lock()
	c.fresh, c.at = b, at
	c.mu.Unlock()
	c.recent.add(c, at, b)
	defer func() {
		c.mu.Lock()
		c.fresh = nil
		c.mu.Unlock()
	}()
	return f()
}

// lose says why the file does not hold the contents any more.
func (c *contents) lose(why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone = why
}

// ReadAt implements io.ReaderAt.
func (c *contents) ReadAt(b []byte, at int64) (int, error) {
	c.mu.Lock()
	gone := c.gone
	if c.fresh != nil && at >= c.at && at+int64(len(b)) <= c.at+int64(len(c.fresh)) {
		defer c.mu.Unlock()
		return copy(b, c.fresh[at-c.at:]), nil
	}
	c.mu.Unlock()
	from, to := c.recent.read(c, b, at)
	if from > 0 {
		if gone != "" {
			return 0, errors.New(gone)
		}
		if n, err := c.file.ReadAt(b[:from], c.base+at); n < from {
			return n, err
		}
	}
	if to < len(b) {
		if gone != "" {
			return to, io.EOF
		}
		n, err := c.file.ReadAt(b[to:], c.base+at+int64(to))
		return to + n, err
	}
	return len(b), nil
}

var errNotWhole = errors.New("not a file's contents from its first byte on")

// Identity implements sources.Readable.
func (c *contents) Identity() (sources.Identity, error) {
	c.mu.Lock()
	gone := c.gone
	c.mu.Unlock()
	switch {
	case gone != "":
		return sources.Identity{}, errors.New(gone)
	case c.base != 0:
		return sources.Identity{}, errNotWhole
	}
	return descriptor{File: c.file.File}.Identity()
}

// Close implements io.Closer.
func (c *contents) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return fmt.Errorf("closing %s: %w", c.file.Name(), os.ErrClosed)
	}
	c.closed = true
	return c.file.release()
}
