package store

import (
	"errors"
	"fmt"
	"os"
)

// spill is a sequence of files that bytes are appended to. The oldest file goes
// as a whole, which gives its disk back. The files have no name where the system
// allows it, so that nothing stays behind whatever ends the program.
type spill struct {
	folder   string
	limit    int64 // bytes in all; 0: not yet known; negative: none
	segments []*segment
	used     int64
}

// A segment is one file.
type segment struct {
	f       *os.File
	name    string // to be removed when it is closed; "" where it has been
	size    int64
	extents []*extent
}

// errFull says that there is room again once older bytes are let go.
var errFull = errors.New("no room")

// write appends the extent's bytes to the newest file, or to another.
func (s *spill) write(e *extent) error {
	if s.limit == 0 {
		s.limit = defaultSpill
		if free, ok := freeDisk(s.folder); ok {
			s.limit = max(1, min(s.limit, free/10))
		}
	}
	if s.limit < 0 {
		return errors.New("the memory for bytes that cannot be read again is full")
	}
	seg, err := s.segment(e.size)
	if err != nil {
		return err
	}
	if _, err := seg.f.WriteAt(e.mem, seg.size); err != nil {
		return fmt.Errorf("%w: %w", errFull, err)
	}
	e.file, e.at = seg, seg.size
	seg.size += e.size
	seg.extents = append(seg.extents, e)
	s.used += e.size
	return nil
}

// segment returns a file with room for size bytes.
func (s *spill) segment(size int64) (*segment, error) {
	if s.used+size > s.limit {
		return nil, fmt.Errorf("%w: %d MB are kept, which is the most allowed", errFull, s.limit/1e6)
	}
	each := min(max(s.limit/16, chunkSize), 64*chunkSize)
	if n := len(s.segments); n > 0 && s.segments[n-1].size+size <= each {
		return s.segments[n-1], nil
	}
	if free, ok := freeDisk(s.folder); ok && free < keepFree+each {
		return nil, fmt.Errorf("%w: less than 1 GiB would be free in %s", errFull, s.folder)
	}
	f, err := os.CreateTemp(s.folder, "lx-*.spill")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errFull, err)
	}
	seg := &segment{f: f, name: f.Name()}
	if os.Remove(seg.name) == nil {
		seg.name = ""
	}
	s.segments = append(s.segments, seg)
	return seg, nil
}

// oldest gives up the oldest file and returns what it held; nil where there is none.
func (s *spill) oldest() []*extent {
	if len(s.segments) == 0 {
		return nil
	}
	seg := s.segments[0]
	s.segments = s.segments[1:]
	s.used -= seg.size
	_ = seg.close() // what it held is given up
	return seg.extents
}

func (s *segment) close() error {
	err := s.f.Close()
	if s.name != "" {
		err = errors.Join(err, os.Remove(s.name))
	}
	return err
}

func (s *spill) close() (err error) {
	for _, seg := range s.segments {
		err = errors.Join(err, seg.close())
	}
	s.segments, s.used = nil, 0
	return err
}
