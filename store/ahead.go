package store

import (
	"bytes"
	"context"
	"hash/crc32"
	"sync"

	"github.com/lxlog/lx/logs"
)

// A chunk is chunkSize bytes of Info.Data, read and scanned by themselves.
type chunk struct {
	at       int64
	buffer   *[]byte
	data     []byte // read; nil: nothing could be
	from, to int    // the lines that begin and end in data, scanned; from == to: there are none
	facts    logs.Facts
	sum      uint32
	err      error // data is not all of the chunk
}

// pieceSize is how much is read at once. A longer call of the system would have the
// scheduler take the core away for others, of which there are none.
const pieceSize = 128 << 10

// A pass reads Info.Data on all cores. All who work in it do the same: they take
// the next chunk, read and scan it, and fold what lies ready in the order of the
// stream, unless another one is at that. So nobody hands over to anybody and waits.
type pass struct {
	st   *Stream
	ctx  context.Context
	size int64 // where it ends
	most int   // chunks that may be taken and not folded

	mu      sync.Mutex
	room    sync.Cond        // a chunk was folded, or err was set
	next    int64            // the chunk to be taken
	taken   int              // chunks that are taken and not folded
	ready   map[int64]*chunk // that are scanned, by where they begin
	folding bool             // somebody folds
	folded  int64            // up to here
	err     error
}

// readAhead reads Info.Data up to size, both the stream's end and size multiples of chunkSize.
func (st *Stream) readAhead(ctx context.Context, size int64) error {
	workers := st.store.o.Workers
	p := &pass{st: st, ctx: ctx, size: size, most: 2*workers + 1, next: st.end(), folded: st.end(), ready: map[int64]*chunk{}}
	p.room.L = &p.mu
	var others sync.WaitGroup
	for range workers - 1 {
		ix := st.ix.Clone()
		others.Go(func() { p.work(ix) })
	}
	p.work(st.ix.Clone())
	others.Wait()
	return p.err
}

func (p *pass) work(ix logs.Indexer) {
	for c := p.take(); c != nil; c = p.take() {
		c.read(p.st, ix)
		p.fold(c)
	}
}

// take returns the next chunk; nil where there is none.
func (p *pass) take() *chunk {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.taken >= p.most && p.err == nil {
		p.room.Wait()
	}
	if p.err == nil {
		p.err = p.ctx.Err()
	}
	if p.err != nil || p.next >= p.size {
		return nil
	}
	c := p.st.store.chunks.Get().(*chunk)
	c.at = p.next
	p.next += chunkSize
	p.taken++
	return c
}

// fold folds c when its turn comes, and what lies ready behind it: the one who is at it already does, or the caller.
func (p *pass) fold(c *chunk) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready[c.at] = c
	if p.folding {
		return
	}
	p.folding = true
	for c := p.ready[p.folded]; c != nil && p.err == nil; c = p.ready[p.folded] {
		delete(p.ready, c.at)
		p.mu.Unlock()
		p.st.fold(c)
		err := c.err
		p.st.store.chunks.Put(c)
		p.mu.Lock()
		p.folded += chunkSize
		p.taken--
		if p.err == nil {
			p.err = err
		}
		p.room.Broadcast()
	}
	p.folding = false
}

// read reads the chunk and scans the lines that are whole in it.
func (c *chunk) read(st *Stream, ix logs.Indexer) {
	c.data, c.from, c.to, c.sum, c.err = (*c.buffer)[:0], 0, 0, 0, nil
	for len(c.data) < chunkSize {
		from := len(c.data)
		n, err := st.info.Data.ReadAt((*c.buffer)[from:from+pieceSize], c.at+int64(from))
		c.data = (*c.buffer)[:from+n]
		if n < pieceSize {
			c.err = readError(st.Name(), c.at+int64(from+n), err)
			return
		}
		c.sum = crc32.Update(c.sum, castagnoli, c.data[from:])
	}
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
