package place

import (
	"path/filepath"
	"slices"
)

// queries is the file of the history.
type queries struct {
	Version int      `json:"version"`
	Queries []string `json:"queries"` // oldest first, each once
}

func (s *Store) historyPath() string { return filepath.Join(s.dir, "history.json") }

// History returns the queries of before, whatever they were asked of, oldest
// first, each once, at most 500.
func (s *Store) History() (list []string, note string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var q queries
	note, err = read(s.historyPath(), &q.Version, &q)
	if note != "" || err != nil {
		return nil, s.once(note), err
	}
	return q.Queries, "", nil
}

// Remember adds queries, oldest first, to the history of all programs.
func (s *Store) Remember(asked ...string) (note string, err error) {
	return s.change(func() (string, error) {
		var q queries
		note, err := read(s.historyPath(), &q.Version, &q)
		if note != "" || err != nil {
			return note, err
		}
		for _, text := range asked {
			q.Queries = slices.DeleteFunc(q.Queries, func(old string) bool { return old == text })
			if text != "" {
				q.Queries = append(q.Queries, text)
			}
		}
		q.Queries = q.Queries[max(0, len(q.Queries)-mostQueries):]
		return write(s.historyPath(), len(q.Queries), func(k int) any {
			return queries{formatVersion, q.Queries[k:]}
		})
	})
}
