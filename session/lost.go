package session

// Lost says for each stream that records of it were let go, how many and why. No view finds them any more.
func (s *Session) Lost() []error { return s.store.Snapshot().Lost() }
