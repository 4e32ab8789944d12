package tty

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

// ErrGone says that the terminal from which the keys came is there no more.
var ErrGone = errors.New("the terminal is gone")

// Keys reads keys from a terminal in whole sequences, however they arrive: what a
// slow link has cut is put together or dropped, and never runs as other keys.
// Esc alone is given as a sequence of its own (CSI 27 u) after 50 ms.
type Keys struct {
	*os.File // the terminal; its Fd is what raw mode is set on

	split splitter
	ready func(time.Duration) bool // more can be read, or can within that time
	now   func() time.Time
	rest  []byte // what a reader had no room for
}

// NewKeys reads keys from a terminal, which stays the caller's.
func NewKeys(terminal *os.File) *Keys {
	return &Keys{File: terminal, ready: func(d time.Duration) bool { return readable(terminal, d) }, now: time.Now}
}

// Read waits for bytes. It may return 0 bytes without an error where a sequence has but
// begun. ErrGone says that no more will come.
func (k *Keys) Read(p []byte) (int, error) {
	if len(k.rest) > 0 {
		return k.give(p), nil
	}
	in := make([]byte, max((len(p)-maxSequence)/len(escapeKey)-1, 1))
	if err := k.take(in); err != nil {
		return 0, err
	}
	for k.split.waits() {
		if !k.ready(escapeWait) {
			k.rest = k.split.settle(k.rest)
		} else if err := k.take(in[:1]); err != nil { // no more than p has room for
			return 0, err
		}
	}
	return k.give(p), nil
}

// take reads what is there.
func (k *Keys) take(in []byte) error {
	n, err := k.File.Read(in)
	k.rest = k.split.feed(k.rest, in[:n], k.now())
	switch {
	case err == nil, errors.Is(err, syscall.EAGAIN): // another program has made the terminal non-blocking
		return nil
	case errors.Is(err, io.EOF):
		return ErrGone
	}
	return fmt.Errorf("%w: %w", ErrGone, err)
}

// give hands over what has come together.
func (k *Keys) give(p []byte) int {
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	if len(k.rest) == 0 {
		k.rest = k.rest[:0:0]
	}
	return n
}
