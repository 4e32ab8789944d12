package session

import (
	"fmt"

	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// Lost says for each stream that records of it were let go, how many and why. No view finds them any more.
func (s *Session) Lost() []error { return lost(s.store.Snapshot()) }

func lost(snap *store.Snapshot) (out []error) {
	for _, st := range snap.Streams {
		if l := &st.Lost; l.Records > 0 {
			out = append(out, fmt.Errorf("%s: %s records were let go: %s", st.Stream.Name(), summary.Thousands(l.Records), l.Why))
		}
	}
	return out
}
