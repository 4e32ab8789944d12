package session

import (
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
	more    bool // there are more than maxUnread
	first   error
}

// maxUnread is how many records that cannot be read are told apart.
const maxUnread = 100_000

func (u *unread) add(source string, k Key, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.sources == nil {
		u.sources = map[string]*failures{}
	}
	f := u.sources[source]
	if f == nil {
		f = &failures{first: err, records: map[Key]bool{}}
		u.sources[source] = f
	}
	if len(f.records) < maxUnread {
		f.records[k] = true
	} else {
		f.more = f.more || !f.records[k]
	}
}

// errors says for each source what could not be read.
func (u *unread) errors() (out []error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(u.sources)) {
		f := u.sources[name]
		n := summary.Count{N: int64(len(f.records))}
		if f.more {
			n.Certainty = summary.AtLeast
		}
		out = append(out, fmt.Errorf("%s: records that could not be read: %s: %w", name, n, f.first))
	}
	return out
}
