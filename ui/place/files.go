package place

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"github.com/lxlog/lx/output"
)

// change makes a change to the files of the folder while no other lx does. f
// returns a note, for which nothing was written.
func (s *Store) change(f func() (note string, err error)) (note string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dir == "" {
		return "", errNoFolder
	}
	if err := os.MkdirAll(filepath.Join(s.dir, "places"), 0o700); err != nil {
		return "", fmt.Errorf("remembering: %w", err)
	}
	if free, total, ok := s.room(s.dir); ok && (free < 1<<30 || free < total/20) {
		return s.once("the disk is nearly full: filters, bookmarks and history are not remembered"), nil
	}
	unlock, err := lock(filepath.Join(s.dir, "lock"))
	if err != nil {
		return "", fmt.Errorf("remembering: %w", err)
	}
	defer unlock()
	note, err = f()
	if err != nil {
		err = fmt.Errorf("remembering: %w", err)
	}
	return s.once(note), err
}

// read reads a file of this package into v, which version is a part of. A file
// that is not there leaves v as it is; one that cannot be understood gives a note.
func read(path string, version *int, v any) (note string, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err != nil {
		return "", err
	}
	var head struct{ Version int }
	switch {
	case len(b) > mostBytes:
		return foreign(path, "it is larger than 1 MB"), nil
	case json.Unmarshal(b, &head) != nil || head.Version < 1:
		return foreign(path, "it is damaged, or not of lx"), nil
	case head.Version > formatVersion:
		return foreign(path, "a newer lx wrote it"), nil
	case json.Unmarshal(b, v) != nil:
		*version = 0
		return foreign(path, "it is damaged, or not of lx"), nil
	}
	return "", nil
}

// foreign says that a file is left alone.
func foreign(path, why string) string {
	return fmt.Sprintf("nothing is remembered: %s: %s; it stays as it is, delete it to begin anew", output.Clean(path, false), why)
}

// write replaces a file, whole, by the JSON of made(0), which holds a list of n; or
// by that of made(k), without the k oldest, as many as it takes to stay under
// mostBytes. The note says how many that are.
func write(path string, n int, made func(k int) any) (note string, err error) {
	var b []byte
	fits := func(k int) bool {
		b, err = json.Marshal(made(k))
		return err != nil || len(b) <= mostBytes
	}
	if !fits(0) {
		k := sort.Search(n, fits)
		if !fits(k) {
			return "this is larger than 1 MB and is not remembered", nil
		}
		note = fmt.Sprintf("only what fits in 1 MB is remembered: the %d oldest are not", k)
	}
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "*.part") // of mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return note, nil
}
