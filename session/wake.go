package session

import "sync"

// A wake wakes any number of waiters, once for any number of changes.
type wake struct {
	mu sync.Mutex
	ch chan struct{} // nil: nobody waits
}

// next is closed at the next change.
func (w *wake) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ch == nil {
		w.ch = make(chan struct{})
	}
	return w.ch
}

func (w *wake) change() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ch != nil {
		close(w.ch)
		w.ch = nil
	}
}
