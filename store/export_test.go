package store

// SpillFile is a file that the store keeps bytes in.
type SpillFile = spillFile

// SpillInto has s keep bytes in files that create opens, however little of the disk is free.
func (s *Store) SpillInto(create func(folder string) (SpillFile, error)) {
	s.keep.files.free = func(string) (int64, bool) { return 0, false }
	if create != nil {
		s.keep.files.create = create
	}
}

// KeepOnly keeps bytes of st without indexing them.
func (s *Store) KeepOnly(st *Stream, data []byte) { s.keep.add(st, data) }

// ReadKept reads bytes of st that are kept.
func (s *Store) ReadKept(st *Stream, offset, n int64, buf []byte) ([]byte, error) {
	return s.keep.read(st, offset, n, buf)
}

// CacheFrom has s keep indexes of files of so many bytes and more.
func (s *Store) CacheFrom(size int64) {
	if s.cache != nil {
		s.cache.least = size
	}
}
