package store

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
)

// pageFiles are files that pages are appended to. One goes as soon as nobody can
// ask for any of its pages.
type pageFiles struct {
	folder string

	mu   sync.Mutex
	list []*pageFile // the last one takes further pages
}

// A pageFile has no name where the system allows it, so that nothing stays behind
// whatever ends the program.
type pageFile struct {
	*os.File
	name string // to be removed when it is closed; "" where it has been
	size int64
	live int // pages that somebody may ask for
}

const pageFileSize = 64 << 20

// write appends a page to the newest file, or to another.
func (s *pageFiles) write(page []byte) (f *pageFile, at int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.list); n > 0 && s.list[n-1].size < pageFileSize {
		f = s.list[n-1]
	} else if f, err = s.next(); err != nil {
		return nil, 0, err
	}
	if _, err := f.WriteAt(page, f.size); err != nil {
		return nil, 0, err
	}
	at = f.size
	f.size += int64(len(page))
	f.live++
	return f, at, nil
}

// next begins a file.
func (s *pageFiles) next() (*pageFile, error) {
	if free, ok := freeDisk(s.folder); ok && free < keepFree {
		return nil, fmt.Errorf("less than 1 GiB is free in %s", s.folder)
	}
	o, err := os.CreateTemp(s.folder, "lx-*.index")
	if err != nil {
		return nil, err
	}
	f := &pageFile{File: o, name: o.Name()}
	if os.Remove(f.name) == nil {
		f.name = ""
	}
	s.list = append(s.list, f)
	return f, nil
}

// release says that nobody can ask for one of the file's pages any more.
func (s *pageFiles) release(f *pageFile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.live--
	if i := slices.Index(s.list, f); f.live == 0 && f.size >= pageFileSize && i >= 0 {
		s.list = slices.Delete(s.list, i, i+1)
		_ = f.close() // what it holds is given up
	}
}

func (f *pageFile) close() error {
	err := f.Close()
	if f.name != "" {
		err = errors.Join(err, os.Remove(f.name))
	}
	return err
}

func (s *pageFiles) close() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.list {
		err = errors.Join(err, f.close())
	}
	s.list = nil
	return err
}
