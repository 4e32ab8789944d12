package session

import "context"

// WaitEnded blocks until every source has ended, those that go on live too but
// for Searchers, which have all they hold from the start. It returns ctx's error
// if that ends first; what sources failed with is in Errors.
func (s *Session) WaitEnded(ctx context.Context) error {
	for {
		changed := s.Changed()
		if s.allEnded() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

func (s *Session) allEnded() bool {
	for _, r := range s.sources {
		if r.searcher == nil && !r.hasEnded() {
			return false
		}
	}
	return true
}
