package file

import "context"

// A share is of the files that a process may have open: what the sources of one
// command line take of them. A nil share has no bounds.
type share struct {
	reading chan struct{} // holds one token for each file that is being read
	kept    chan struct{} // and one for each that stays open because its records are read from it again
}

// Bounds of what openFiles says: where it is not known, and where there is none.
const (
	leastFiles = 256
	mostFiles  = 1 << 20
)

// newShare leaves a quarter of the limit to others.
func newShare(limit int) *share {
	return &share{reading: make(chan struct{}, max(1, limit/4)), kept: make(chan struct{}, limit/2)}
}

// begin waits until one more file may be read. Call end.
func (s *share) begin(ctx context.Context) (end func(), err error) {
	if s == nil {
		return func() {}, nil
	}
	select {
	case s.reading <- struct{}{}:
		return func() { <-s.reading }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// tryBegin is begin where that need not wait.
func (s *share) tryBegin() (end func(), ok bool) {
	if s == nil {
		return func() {}, true
	}
	select {
	case s.reading <- struct{}{}:
		return func() { <-s.reading }, true
	default:
		return nil, false
	}
}

// keep reports whether one more file may stay open.
func (s *share) keep() bool {
	if s == nil {
		return true
	}
	select {
	case s.kept <- struct{}{}:
		return true
	default:
		return false
	}
}
