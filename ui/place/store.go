package place

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	mostPlaces    = 200
	mostBytes     = 1 << 20 // of a file
	mostQueries   = 500
	formatVersion = 1
)

// A Store keeps places and queries in a folder, which it makes when it first
// writes. It is safe for many goroutines, and for several programs at once.
//
// A note says why something is not remembered, for people, in one line; each is
// given once. Then nothing is wrong with the exploration, only with its memory.
type Store struct {
	dir  string
	room func(dir string) (free, total int64, ok bool)

	mu   sync.Mutex
	told map[string]bool // notes
}

// Dir is the folder of the user's state: $XDG_STATE_HOME/lx, or ~/.local/state/lx.
func Dir(getenv func(name string) string) (string, error) {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "lx"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "state", "lx"), nil
}

// Open returns the store of a folder, of which nothing is read yet.
func Open(dir string) *Store { return &Store{dir: dir, room: diskRoom, told: map[string]bool{}} }

// A file of a place.
type file struct {
	Version int      `json:"version"`
	Sources []string `json:"sources"` // for people, and against another set with the same name of the file
	Place   Place    `json:"place"`
}

// Load returns the place of a set of sources: paths, which may be relative, and
// names with :// in them as they are. Standard input ("-") is never the same twice,
// so a set with it has no place. The error says why the folder could not be read.
func (s *Store) Load(sources []string) (p Place, note string, err error) {
	names, ok := named(sources)
	if !ok {
		return Place{}, "", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	path := s.path(names)
	var f file
	note, err = read(path, &f.Version, &f)
	if note == "" && err == nil && f.Version != 0 && !slices.Equal(f.Sources, names) {
		note = foreign(path, "it is of other sources")
	}
	if note != "" || err != nil {
		return Place{}, s.once(note), err
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // it was used: others go first
	return f.Place, "", nil
}

// Save remembers a place. before is what Load or the last Save gave: bookmarks that
// another lx has set or taken away since then stay so; of all else the newest holds.
// It returns what is remembered now, the next call's before: where nothing could be
// written that is before itself.
func (s *Store) Save(sources []string, before, after Place) (p Place, note string, err error) {
	names, ok := named(sources)
	if !ok {
		return before, "", nil
	}
	p = before
	path := s.path(names)
	note, err = s.change(func() (string, error) {
		var f file
		note, err := read(path, &f.Version, &f)
		if f.Version != 0 && !slices.Equal(f.Sources, names) {
			note = foreign(path, "it is of other sources")
		}
		if note != "" || err != nil {
			return note, err
		}
		after.Bookmarks = merge(before.Bookmarks, after.Bookmarks, f.Place.Bookmarks)
		left, err := write(path, len(after.Bookmarks), func(k int) any {
			kept := after
			kept.Bookmarks = kept.Bookmarks[k:]
			return file{formatVersion, names, kept}
		})
		if err == nil {
			p = after
			s.forget()
		}
		return left, err
	})
	return p, note, err
}

// named are the sorted names of a set; false where it has no place.
func named(sources []string) ([]string, bool) {
	var names []string
	for _, name := range sources {
		if name == "-" {
			return nil, false
		}
		if abs, err := filepath.Abs(name); err == nil && !strings.Contains(name, "://") {
			name = abs
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), len(names) > 0
}

func (s *Store) path(names []string) string {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return filepath.Join(s.dir, "places", hex.EncodeToString(sum[:16])+".json")
}

// merge is theirs with what ours changed of base: bookmarks set, noted and taken away.
func merge(base, ours, theirs []Bookmark) []Bookmark {
	all := func(list []Bookmark) map[Bookmark]Bookmark {
		m := make(map[Bookmark]Bookmark, len(list))
		for _, b := range list {
			m[b.identity()] = b
		}
		return m
	}
	old, mine := all(base), all(ours)
	out := make([]Bookmark, 0, len(ours))
	placed := map[Bookmark]bool{}
	for _, b := range theirs {
		id := b.identity()
		was, wasThere := old[id]
		now, isThere := mine[id]
		switch {
		case wasThere && !isThere:
			continue
		case isThere && now != was:
			b = now
		}
		out = append(out, b)
		placed[id] = true
	}
	for _, b := range ours {
		if was, wasThere := old[b.identity()]; !placed[b.identity()] && (!wasThere || was != b) {
			out = append(out, b)
		}
	}
	return out
}

// forget takes the places away that were not used for longest.
func (s *Store) forget() {
	dir := filepath.Join(s.dir, "places")
	list, err := os.ReadDir(dir)
	if err != nil || len(list) <= mostPlaces {
		return
	}
	var files []fs.FileInfo
	for _, e := range list {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && filepath.Ext(e.Name()) == ".json" {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for i := mostPlaces; i < len(files); i++ {
		_ = os.Remove(filepath.Join(dir, files[i].Name()))
	}
}

// once is the note the first time, and "" after that.
func (s *Store) once(note string) string {
	if s.told[note] {
		return ""
	}
	s.told[note] = true
	return note
}

var errNoFolder = errors.New("there is no folder to remember in")
