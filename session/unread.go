package session

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/lxlog/lx/summary"
)

// unread counts records that could not be read, by source, each once.
type unread struct {
	mu      sync.Mutex
	sources map[string]*failures
}

type failures struct {
	records map[Key]bool
	more    bool  // there are more than maxUnread
	gone    int64 // records that were let go before they were looked at
	first   error
}

// maxUnread is how many records that cannot be read are told apart.
const maxUnread = 100_000

func (u *unread) add(source string, k Key, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	f := u.of(source, err)
	if len(f.records) < maxUnread {
		f.records[k] = true
	} else {
		f.more = f.more || !f.records[k]
	}
}

// lose counts n records that were let go before anybody could look at them.
func (u *unread) lose(source string, n int64, why string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.of(source, errors.New(why)).gone += n
}

// of returns the failures of a source, of which err is the first if there was none before. u is locked.
func (u *unread) of(source string, err error) *failures {
	if u.sources == nil {
		u.sources = map[string]*failures{}
	}
	f := u.sources[source]
	if f == nil {
		f = &failures{first: err, records: map[Key]bool{}}
		u.sources[source] = f
	}
	return f
}

// errors says for each source what could not be read.
func (u *unread) errors() (out []error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(u.sources)) {
		f := u.sources[name]
		n := summary.Count{N: int64(len(f.records)) + f.gone}
		if f.more {
			n.Certainty = summary.AtLeast
		}
		out = append(out, fmt.Errorf("%s: records that could not be read: %s: %w", name, n, f.first))
	}
	return out
}

// Unread implements View.
func (v *view) Unread() []error {
	out := v.unread.errors()
	for _, m := range v.remotes {
		m.mu.Lock()
		if m.uncounted != nil {
			out = append(out, m.uncounted)
		}
		m.mu.Unlock()
	}
	return out
}
