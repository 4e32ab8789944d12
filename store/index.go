package store

import (
	"context"
	"hash/crc32"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lxlog/lx/logs"
)

// Identity of a file: what must be the same for an index of it to be of use.
type Identity struct {
	Device, Inode uint64
	Size          int64
	ModTime       int64 // nanoseconds since 1970
}

// An index is what a stream knows of the bytes that it has read of a file:
// enough to go on behind them in another process without reading them again.
// All in it but the columns is small.
type index struct {
	identity   Identity // of the file; Size is how many bytes the index is of; ModTime 0: its times do not tell whether it has changed
	parameters string   // Stream.parameters
	began      time.Time
	edges      uint32 // of the first and the last bytes
	services   []string
	formats    []string
	state      []byte // of the Indexer, before the end was closed
	folded     int64  // bytes folded
	tail       []byte // what follows up to Size: the beginning of a line
	sums       sums
	lines      lineSum
	marks      []mark
	lineEnds   int64
	severed    int64
	last       int64 // placing.last
	undated    bool  // years or dates follow from when the file was last written
	moved      bool  // of them some are others by now than the records have
	blocks     []*Block
}

const (
	stillWritten = 2 * time.Second // a file that was written so recently may change without its times telling
	mostTail     = 1 << 20         // bytes of an unended line that are kept
)

// indexed returns the index of what has been read; nil where it cannot be kept.
func (st *Stream) indexed() *index {
	size := st.end()
	if st.info.Identity == nil || st.framed || st.closed || st.placing.early || len(st.tail) > mostTail {
		return nil
	}
	id, err := st.info.Identity()
	if err != nil || id.Size < size {
		return nil
	}
	if id.Size != size || st.began.Sub(time.Unix(0, id.ModTime)) < stillWritten {
		id.Size, id.ModTime = size, 0
	}
	if id.ModTime == 0 && (st.dating.undated || st.placing.last == logs.NoTime) {
		return nil // what follows from when it was written is of no use then
	}
	ends, err := edges(st.info.Data, size)
	if err != nil {
		return nil
	}
	x := &index{identity: id, parameters: st.parameters(), began: st.began, edges: ends, tail: slices.Clone(st.tail), services: st.rows.Services, formats: st.rows.Formats, state: slices.Clone(st.state), folded: st.folded,
		sums: st.sums, lines: st.lines, severed: st.severed, last: st.placing.last, undated: st.dating.undated,
		moved: st.dating.undated && (st.info.Live || st.dating.moved || !st.stand(st.state))}
	x.sums.list = slices.Clip(x.sums.list)
	st.mu.Lock()
	defer st.mu.Unlock()
	x.marks, x.lineEnds = slices.Clip(st.marks), st.lineEnds
	x.blocks = slices.Clip(st.held.full)
	if g := &st.held.growing; g.summary.Rows > 0 {
		b := g.block()
		b.detail = b.columns.detail(&b.Summary)
		x.blocks = append(x.blocks, b)
	}
	return x
}

// resume makes what x says the stream's own. The stream has read nothing yet.
func (st *Stream) resume(x *index) {
	st.state, st.folded, st.tail, st.sums, st.lines, st.severed = x.state, x.folded, x.tail, x.sums, x.lines, x.severed
	st.dating.undated, st.dating.moved = x.undated, x.moved || x.undated && st.info.Live
	st.rows.Services, st.rows.Formats = x.services, x.formats
	st.placing.last = x.last
	st.placing.came(0, st.began.UnixNano())
	st.mu.Lock()
	st.marks, st.lineEnds, st.held.full, st.bytes = x.marks, x.lineEnds, x.blocks, st.end()
	st.mu.Unlock()
}

// recall looks for an index of the stream's file, and goes on from it where it is
// right. The stream has read nothing yet. The error is ctx's.
func (st *Stream) recall(ctx context.Context, size int64) error {
	cache := st.store.cache
	st.began = st.store.o.Now()
	if cache == nil || st.info.Identity == nil || size < cache.least {
		return nil
	}
	id, err := st.info.Identity()
	if err != nil {
		return nil //nolint:nilerr // without an identity there is no index of it
	}
	x := cache.load(st, id)
	if x == nil || x.identity.Size > size {
		return nil
	}
	same := x.identity == id && size == id.Size
	if x.undated && !same {
		return nil
	}
	if ok, err := st.begins(ctx, x, same); !ok || err != nil {
		return err
	}
	st.resume(x)
	st.grown(0)
	return nil
}

// begins reports whether the stream's file begins as x says: all of it, or where
// its times say that nothing has changed, its first and last bytes.
func (st *Stream) begins(ctx context.Context, x *index, same bool) (bool, error) {
	if same {
		ends, err := edges(st.info.Data, x.identity.Size)
		return err == nil && ends == x.edges, nil
	}
	sum := x.sums
	whole := len(sum.list)
	var next atomic.Int64
	var differs atomic.Bool
	var running sync.WaitGroup
	check := func(i int) bool {
		size, want := chunkSize, sum.part
		if i < whole {
			want = sum.list[i]
		} else {
			size = sum.size
		}
		buffer := st.store.buffers.Get().(*[]byte)
		defer st.store.buffers.Put(buffer)
		b := (*buffer)[:size]
		n, err := st.info.Data.ReadAt(b, int64(i)*chunkSize)
		return n == size && (err == nil || err == io.EOF) && crc32.Checksum(b, castagnoli) == want
	}
	for range st.store.o.Workers {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i <= whole && !differs.Load() && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if !check(i) {
					differs.Store(true)
				}
			}
		})
	}
	running.Wait()
	return !differs.Load(), ctx.Err()
}
