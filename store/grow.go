package store

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/lxlog/lx/logs"
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
	var err error
	if first {
		st.foresee(size)
		defer st.forgetPreview()
		if err := st.recall(ctx, size); err != nil {
			return err
		}
	}
	recalled := st.end()
	err = st.readOn(ctx, min(size, aligned(st.end())))
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

// A chunk is chunkSize bytes of Info.Data, which somebody else reads and scans.
type chunk struct {
	at       int64
	buffer   *[]byte
	data     []byte // read; nil: nothing could be
	from, to int    // the lines that begin and end in data, scanned; from == to: there are none
	facts    logs.Facts
	sum      uint32
	err      error // data is not all of the chunk
	ready    chan struct{}
}

// readAhead reads Info.Data up to size, both the stream's end and size multiples
// of chunkSize: chunks are read and scanned by others, and folded here in their order.
func (st *Stream) readAhead(ctx context.Context, size int64) error {
	workers := st.store.o.Workers
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	todo, order := make(chan *chunk), make(chan *chunk, workers+1)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() {
		defer close(todo)
		defer close(order)
		for at := st.end(); at < size; at += chunkSize {
			c := st.store.chunks.Get().(*chunk)
			c.at, c.ready = at, make(chan struct{})
			for _, to := range [...]chan *chunk{order, todo} {
				select {
				case to <- c:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	for range workers {
		ix := st.ix.Clone()
		running.Go(func() {
			for c := range todo {
				c.read(ctx, st, ix)
				close(c.ready)
			}
		})
	}
	for c := range order {
		select {
		case <-c.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		st.fold(c)
		err := c.err
		st.store.chunks.Put(c)
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// read reads the chunk and scans the lines that are whole in it.
func (c *chunk) read(ctx context.Context, st *Stream, ix logs.Indexer) {
	c.from, c.to, c.err = 0, 0, ctx.Err()
	if c.data = nil; c.err != nil {
		return
	}
	n, err := st.info.Data.ReadAt(*c.buffer, c.at)
	c.data = (*c.buffer)[:n]
	if n < len(*c.buffer) {
		c.err = readError(st.Name(), c.at+int64(n), err)
		return
	}
	c.sum = crc32.Checksum(c.data, castagnoli)
	c.from = bytes.IndexByte(c.data, '\n') + 1
	if c.to = bytes.LastIndexByte(c.data, '\n') + 1; c.from < c.to {
		c.facts = ix.Scan(c.data[c.from:c.to], c.facts)
	}
}

// fold indexes a chunk that was read: the line that reaches into it, those that were scanned, and the beginning of the last one.
func (st *Stream) fold(c *chunk) {
	if c.err != nil || c.from == c.to {
		if len(c.data) > 0 {
			st.feedMore(c.at, c.data)
		}
		return
	}
	st.sums.whole(c.sum)
	st.placing.came(c.at, st.store.o.Now().UnixNano())
	st.feed(c.data[:c.from])
	st.foldFacts(c.data[c.from:c.to], c.facts)
	st.feed(c.data[c.to:])
	st.grown(int64(len(c.data)))
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
