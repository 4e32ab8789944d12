package store

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/s2"
)

// spill is a sequence of files to which extents are appended, compressed. The
// oldest file goes as a whole, which gives its disk back. The files have no name
// where the system allows it, so that nothing stays behind whatever ends the program.
type spill struct {
	folder   string
	limit    int64 // bytes in all, as written; 0: not yet known; negative: none
	segments []*segment
	used     int64
	packed   []byte // room to compress into

	free   func(folder string) (int64, bool)
	create func(folder string) (spillFile, error)
}

// A spillFile is one file of a spill. Closing it removes it.
type spillFile interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// A segment is one file and what it holds.
type segment struct {
	f       spillFile
	size    int64
	extents []*extent
}

// A place is where an extent stands in a file.
type place struct {
	f      spillFile
	at     int64
	stored int64  // bytes there
	packed bool   // they are a block of S2
	sum    uint32 // castagnoli of the bytes unpacked
}

func newSpill(o Options) spill {
	return spill{folder: o.Folder, limit: o.Spill, free: freeDisk, create: createSpill}
}

// write appends an extent, which is sealed, to the newest file or to
// another. After an error there may be room once the oldest file has gone.
func (s *spill) write(e *extent) (place, error) {
	if s.limit == 0 {
		s.limit = defaultSpill
		if free, ok := s.free(s.folder); ok {
			s.limit = max(1, min(s.limit, free/10))
		}
	}
	if s.limit < 0 {
		return place{}, errors.New("the memory for bytes that cannot be read again is full")
	}
	mem := e.mem
	if need := s2.MaxEncodedLen(len(mem)); len(s.packed) < need {
		s.packed = make([]byte, need)
	}
	stored, packed := s2.Encode(s.packed, mem), true
	if len(stored) >= len(mem) {
		stored, packed = mem, false
	}
	size := int64(len(stored))
	seg, err := s.segment(size)
	if err != nil {
		return place{}, err
	}
	if _, err := seg.f.WriteAt(stored, seg.size); err != nil {
		if seg.size == 0 { // nothing would be gained by letting it go
			s.segments = s.segments[:len(s.segments)-1]
			_ = seg.f.Close()
		}
		return place{}, fmt.Errorf("no room for them: %w", err)
	}
	at := place{f: seg.f, at: seg.size, stored: size, packed: packed, sum: crc32.Checksum(mem, castagnoli)}
	seg.size += size
	seg.extents = append(seg.extents, e)
	s.used += size
	return at, nil
}

// segment returns a file with room for size bytes.
func (s *spill) segment(size int64) (*segment, error) {
	if s.used+size > s.limit {
		return nil, fmt.Errorf("no room for them: %d MB are kept in files, which is the most allowed", s.limit/1e6)
	}
	if free, ok := s.free(s.folder); ok && free < keepFree+size {
		return nil, fmt.Errorf("no room for them: less than 1 GiB would be free in %s", s.folder)
	}
	each := min(max(s.limit/16, chunkSize), 64*chunkSize)
	n := len(s.segments)
	if n > 0 && s.segments[n-1].size+size <= each {
		return s.segments[n-1], nil
	}
	f, err := s.create(s.folder)
	if err != nil {
		if n > 0 { // the newest can become longer than usual
			return s.segments[n-1], nil
		}
		return nil, fmt.Errorf("no room for them: %w", err)
	}
	s.segments = append(s.segments, &segment{f: f})
	return s.segments[n], nil
}

// oldest is the file that goes next; nil where there is none.
func (s *spill) oldest() *segment {
	if len(s.segments) == 0 {
		return nil
	}
	return s.segments[0]
}

// dropOldest removes the oldest file.
func (s *spill) dropOldest() {
	seg := s.segments[0]
	s.segments = s.segments[1:]
	s.used -= seg.size
	_ = seg.f.Close() // what it held is given up
}

func (s *spill) close() (err error) {
	for _, seg := range s.segments {
		err = errors.Join(err, seg.f.Close())
	}
	s.segments, s.used = nil, 0
	return err
}

// read returns the size bytes that were written.
func (p *place) read(size int64) ([]byte, error) {
	stored := make([]byte, p.stored)
	if _, err := p.f.ReadAt(stored, p.at); err != nil {
		if errors.Is(err, fs.ErrClosed) {
			err = errNotKept
		}
		return nil, err
	}
	mem := stored
	if p.packed {
		var err error
		if mem, err = s2.Decode(make([]byte, size), stored); err != nil {
			return nil, errDamaged
		}
	}
	if int64(len(mem)) != size || crc32.Checksum(mem, castagnoli) != p.sum {
		return nil, errDamaged
	}
	return mem, nil
}

var errDamaged = errors.New("they were damaged on the disk")

// tempFile removes itself when it is closed.
type tempFile struct {
	*os.File
	name string // "" where it has been removed
}

func createSpill(folder string) (spillFile, error) {
	f, err := os.CreateTemp(folder, "lx-*.spill")
	if err != nil {
		return nil, err
	}
	t := &tempFile{f, f.Name()}
	if os.Remove(t.name) == nil {
		t.name = ""
	}
	return t, nil
}

func (t *tempFile) Close() error {
	err := t.File.Close()
	if t.name != "" {
		err = errors.Join(err, os.Remove(t.name))
	}
	return err
}
