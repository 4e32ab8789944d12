package file

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"github.com/lxlog/lx/sources"
)

const (
	markLen = 256     // bytes before the offset that must be as they were read
	readLen = 1 << 20 // bytes that are read at once
	turnLen = 8 << 20 // bytes that one generation gives before it is another's turn
)

// A generation is one file that stood, or stands, at the path of a followed
// source, from its first byte on; after a truncation the next one has the same file.
type generation struct {
	*following
	file  *handle
	info  os.FileInfo // when it was opened
	place [2]uint64

	at   int64  // how far it was read
	mark []byte // the bytes before that, markLen at most
	head []byte // the first ones, headKept at most

	st    sources.Stream // nil until the first bytes have come
	data  *contents      // nil: the store keeps what is appended
	base  int64          // where in the file the stream begins
	holed bool           // what was read last are NULs before that
	pause pause
	first time.Time // when the first byte was seen
	came  time.Time // when the last one was
	old   time.Time // since when it stands at the path no more; zero: it does
}

// errTruncated says that what was read of a file stands there no more.
var errTruncated = errors.New("was truncated")

// errEnough ends a source that cannot be followed: what there is to say has been said.
var errEnough = errors.New("is not followed")

// read hands on what the file has beyond what was read, turnLen at most, and
// returns how much that was. Each time, what comes is read together with the
// bytes before it, and those are looked at again afterwards: if they are not as
// they were, the file was truncated, and perhaps has grown again.
func (g *generation) read() (total int, err error) {
	select {
	case g.common.busy <- struct{}{}:
		defer func() { <-g.common.busy }()
	case <-g.ctx.Done():
		return 0, g.ctx.Err()
	}
	buffer := g.common.buffers.Get().(*[]byte)
	defer g.common.buffers.Put(buffer)
	for total < turnLen {
		n, err := g.step(*buffer)
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
	return total, nil
}

func (g *generation) step(buf []byte) (int, error) {
	info, err := g.file.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	if size < g.at {
		return 0, errTruncated
	}
	from := g.at - int64(len(g.mark))
	n, err := g.file.ReadAt(buf[:min(int64(len(buf)), size-from)], from)
	if err != nil && err != io.EOF {
		return 0, err
	}
	if n < len(g.mark) || !bytes.Equal(buf[:len(g.mark)], g.mark) {
		return 0, errTruncated
	}
	fresh := buf[len(g.mark):n]
	if len(fresh) == 0 {
		return 0, nil
	}
	still := g.still(fresh)
	taken, err := g.take(buf[:len(g.mark)+still], size)
	if err == nil && still < len(fresh) {
		err = errTruncated
	}
	return taken, err
}

// still looks again at what stands before the bytes that were just read, or at
// their beginning, and returns how many of them belong to what was read before:
// all, unless the file was truncated meanwhile; then those that it does not hold by now.
func (g *generation) still(fresh []byte) int {
	var again [markLen]byte
	was, at := g.mark, g.at-int64(len(g.mark))
	if len(was) == 0 {
		was = fresh[:min(markLen, len(fresh))]
	}
	n, _ := g.file.ReadAt(again[:len(was)], at)
	if n == len(was) && bytes.Equal(again[:n], was) {
		return len(fresh)
	}
	now := make([]byte, len(fresh))
	n, _ = g.file.ReadAt(now, g.at)
	if n < len(fresh) { // a file that was truncated and grew has none of them
		return len(fresh)
	}
	same := 0
	for same < len(fresh) && fresh[len(fresh)-1-same] == now[len(now)-1-same] {
		same++
	}
	return len(fresh) - same
}

// take hands on what stands in b behind the mark, of a file of that size. It may
// take less than all; at the head of a file nothing, if that does not tell yet what it is.
func (g *generation) take(b []byte, size int64) (int, error) {
	fresh := b[len(g.mark):]
	if len(fresh) == 0 {
		return 0, nil
	}
	if g.st == nil {
		if n := g.hole(fresh); n > 0 {
			g.advance(b, n)
			g.leap()
			return n, nil
		}
		if ready, err := g.begin(fresh); err != nil || !ready {
			return 0, err
		}
		if n, done, err := g.history(fresh, size); done {
			return n, err
		}
	}
	g.remember(fresh)
	grow := func() error { return g.st.Grow(g.ctx, g.at+int64(len(fresh))-g.base) }
	var err error
	if g.data != nil {
		err = g.data.hand(fresh, g.at-g.base, grow)
	} else {
		err = g.st.Append(g.ctx, sources.Chunk{Data: fresh, Arrived: g.now()})
	}
	if err != nil {
		return 0, err
	}
	g.advance(b, len(fresh))
	g.took(fresh[len(fresh)-1], len(fresh))
	return len(fresh), nil
}

// advance goes on by n bytes of what stands in b behind the mark.
func (g *generation) advance(b []byte, n int) {
	end := len(g.mark) + n
	g.at += int64(n)
	g.mark = append(g.mark[:0], b[max(0, end-markLen):end]...)
}

func (g *generation) took(last byte, n int) {
	g.pause.took(last)
	g.came = time.Now()
	g.health.Read += int64(n)
}
