package store

import (
	"context"
	"fmt"
	"hash/crc32"
	"io"
)

// Grow says that Info.Data now holds size bytes, and reads those that are new:
// whole chunks on all cores, the rest of them here.
func (st *Stream) Grow(ctx context.Context, size int64) error {
	if st.closed {
		return errClosed
	}
	s := st.store
	select {
	case s.room <- struct{}{}:
		defer func() { <-s.room }()
	case <-ctx.Done():
		return ctx.Err()
	}
	first := st.end() == 0
	if first {
		st.foresee(size)
		defer st.forgetPreview()
		if err := st.recall(ctx, size); err != nil {
			return err
		}
	}
	recalled := st.end()
	err := st.readOn(ctx, min(size, aligned(st.end())))
	if whole := size / chunkSize * chunkSize; err == nil && whole-st.end() >= 2*chunkSize && s.o.MaxLine >= chunkSize {
		err = st.readAhead(ctx, whole)
	}
	if err == nil {
		err = st.readOn(ctx, size)
	}
	if err != nil {
		return err
	}
	if first && st.end() != recalled {
		st.remember()
	}
	if first && st.info.Live {
		st.date()
		st.grown(0)
	}
	st.facts, st.rows.List = nil, nil // of a whole chunk: too much to hold for each of many idle files
	st.tail = exact(st.tail)
	return nil
}

// end is how many bytes the stream has been fed.
func (st *Stream) end() int64 { return st.folded + int64(len(st.tail)) }

// aligned is the first multiple of chunkSize from offset on.
func aligned(offset int64) int64 { return (offset + chunkSize - 1) / chunkSize * chunkSize }

// readOn reads Info.Data up to size, chunk by chunk.
func (st *Stream) readOn(ctx context.Context, size int64) error {
	if st.end() >= size {
		return ctx.Err()
	}
	buffer := st.store.buffers.Get().(*[]byte)
	defer st.store.buffers.Put(buffer)
	for at := st.end(); at < size; at = st.end() {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := st.info.Data.ReadAt((*buffer)[:min(size, aligned(at+1))-at], at)
		if n == 0 {
			return readError(st.Name(), at, err)
		}
		st.feedMore(at, (*buffer)[:n])
	}
	return nil
}

// feedMore indexes data that was read at the offset.
func (st *Stream) feedMore(at int64, data []byte) {
	st.sums.add(data)
	st.placing.came(at, st.store.o.Now().UnixNano())
	st.feed(data)
	st.grown(int64(len(data)))
}

func readError(name string, at int64, err error) error {
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading %s at byte %d: %w", name, at, err)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sums are CRC-32C (Castagnoli) checksums of a stream's bytes, one for each whole
// chunkSize of them. They tell whether a file still begins as it was indexed.
type sums struct {
	list []uint32
	part uint32 // of the bytes behind the last whole chunk
	size int    // and how many these are
}

func (s *sums) add(data []byte) {
	for len(data) > 0 {
		n := min(len(data), chunkSize-s.size)
		s.part = crc32.Update(s.part, castagnoli, data[:n])
		if s.size += n; s.size == chunkSize {
			s.whole(s.part)
		}
		data = data[n:]
	}
}

// whole adds the sum of a chunk that is whole.
func (s *sums) whole(sum uint32) {
	s.list = append(s.list, sum)
	s.part, s.size = 0, 0
}
