package session

import (
	"context"

	"github.com/lxlog/lx/sources"
)

// Retry has servers that failed asked again at once, and not only after a while. One
// whose Run has ended with an error is run again.
func (s *Session) Retry() {
	for _, r := range s.sources {
		again, retries := r.source.(sources.Retrier)
		r.mu.Lock()
		r.anew++
		ended := r.ended && r.err != nil
		if ended {
			select {
			case r.begun <- struct{}{}:
			default: // it is wanted already
			}
		}
		r.mu.Unlock()
		if retries && !ended {
			again.Retry()
		}
	}
}

// runsAgain waits until somebody wants a source to be run again whose Run has failed;
// false: nobody can, or ctx has ended.
func (r *running) runsAgain(ctx context.Context) bool {
	if _, retries := r.source.(sources.Retrier); !retries || r.failure() == nil {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-r.begun:
	}
	r.mu.Lock()
	select {
	case <-r.begun: // wanted twice
	default:
	}
	r.ended, r.err, r.away = false, nil, true
	r.health = sources.Health{Source: r.source.Name(), Kind: r.health.Kind, State: sources.Opening}
	r.news.begin()
	r.noteState()
	r.mu.Unlock()
	r.s.changed()
	return true
}

// begin forgets what an earlier Run has told: what came since then nobody told of.
func (n *news) begin() {
	if n.serial > 0 {
		n.serial++
		n.pieces, n.lost, n.number = nil, n.serial, 0
	}
}
