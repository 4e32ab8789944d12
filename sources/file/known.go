package file

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/lxlog/lx/sources/file/poll"
)

// known are the files that the sources of one command line follow or have
// followed, by device and inode, and the paths that they were asked to read: what
// is there under another name by now is not read again.
type known struct {
	mu    sync.Mutex
	files map[[2]uint64]*acquaintance
	paths map[string]bool // cleaned
}

// An acquaintance is a file that a source has opened.
type acquaintance struct {
	by    *following
	at    int64  // how far it was read when the source left it
	mark  []byte // the bytes before that
	heads [][]byte
}

const (
	// headKept is how many bytes of the beginning of every file are remembered.
	headKept = 1 << 10
	// leastHead is how many bytes say that a file is a copy of another.
	leastHead = 32
)

func newKnown() *known {
	return &known{files: map[[2]uint64]*acquaintance{}, paths: map[string]bool{}}
}

// named notes that a path is read, and reports whether it is the first time.
func (k *known) named(path string) bool {
	clean := filepath.Clean(path)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.paths[clean] {
		return false
	}
	k.paths[clean] = true
	return true
}

// unnamed notes that a path is read no more.
func (k *known) unnamed(path string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.paths, filepath.Clean(path))
}

// has reports whether a path is read.
func (k *known) has(path string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.paths[filepath.Clean(path)]
}

// meet is called by a source that has opened a file. A file that nobody has met
// is the source's from now on. It returns who has it, and how far that one has come.
func (k *known) meet(place [2]uint64, by *following) (owner *following, at int64, mark []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := k.files[place]
	if a == nil {
		k.files[place] = &acquaintance{by: by}
		return by, 0, nil
	}
	return a.by, a.at, a.mark
}

// metAt reports whether a source has opened the file at a path.
func (k *known) metAt(path string) bool {
	f, err := os.OpenFile(path, poll.OpenFlags, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	device, inode, err := place(f, info)
	if err != nil {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.files[[2]uint64{device, inode}] != nil
}

// left notes how far a file was read by the source that has it.
func (k *known) left(place [2]uint64, at int64, mark []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if a := k.files[place]; a != nil {
		a.at, a.mark = at, mark
	}
}

// forget takes a file out that is not open any more: its inode may be given to another.
func (k *known) forget(place [2]uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.files, place)
}

// begins notes the first bytes of a file; again says that they are more of what was noted last.
func (k *known) begins(place [2]uint64, head []byte, again bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := k.files[place]
	if a == nil {
		return
	}
	if again && len(a.heads) > 0 {
		a.heads = a.heads[:len(a.heads)-1]
	}
	a.heads = append(a.heads[max(0, len(a.heads)-1):], head) // the last two: a file that is copied and truncated
}

// copied says of which source's file another one is a copy, by its first bytes and
// its name: as logrotate's copytruncate leaves them. open: more bytes might make it one.
func (k *known) copied(path string, place [2]uint64, head []byte) (of *following, open bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for p, a := range k.files {
		if p == place || !namedAfter(path, a.by.name) {
			continue
		}
		for _, h := range a.heads {
			switch {
			case len(h) < leastHead:
			case bytes.HasPrefix(head, h):
				return a.by, false
			case bytes.HasPrefix(h, head):
				open = true
			}
		}
	}
	return nil, open
}

// namedAfter reports whether a path looks like that of a log that was rotated
// away: app.log.1, app.log-20260314 and app-20260314.log beside app.log.
func namedAfter(path, log string) bool {
	stem, _, _ := strings.Cut(filepath.Base(log), ".")
	return stem != "" && filepath.Dir(path) == filepath.Dir(log) && strings.HasPrefix(filepath.Base(path), stem)
}
