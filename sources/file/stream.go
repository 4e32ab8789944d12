package file

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/charset"
	"github.com/lxlog/lx/sources/file/poll"
	"github.com/lxlog/lx/sources/file/unpack"
)

const chunkSize = 256 << 10 // bytes that are appended in one go at most

// How long nothing may come before the open record counts as whole.
const (
	quietLine = 300 * time.Millisecond
	quietPart = time.Second // after a line without an end
)

// inPlace has the stream read size bytes of a plain file by itself.
func (r *reading) inPlace(f *os.File, info sources.StreamInfo, size int64) error {
	r.health.Size = size
	st := r.to.Open(info)
	defer st.Close()
	r.report(sources.CatchingUp)
	if err := st.Grow(r.ctx, size); err != nil {
		if now, fault := f.Stat(); fault == nil && now.Size() < size {
			return &failure{r.name, fmt.Sprintf("was truncated while it was read: from %d bytes to %d", size, now.Size()), err}
		}
		return err
	}
	r.health.Read = size
	return nil
}

// inOrder reads a file that must be unpacked or rewritten, when it is its turn.
func (r *reading) inOrder(f io.Reader, named charset.Encoding, info sources.StreamInfo) error {
	select {
	case r.common.turns <- struct{}{}:
		defer func() { <-r.common.turns }()
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
	return r.stream(contextReader{r.ctx, f}, named, info, &pause{})
}

// wait reads what may be long in coming.
func (r *reading) wait(f *os.File, named charset.Encoding, info sources.StreamInfo) error {
	p := &pause{}
	src, err := poll.NewReader(r.ctx, f, poll.Idle{After: p.after, Do: p.settle})
	if err != nil {
		return err
	}
	defer src.Close()
	return r.stream(src, named, info, p)
}

// stream takes src out of its compression and its encoding, as the first bytes
// that come tell them, and appends the text.
func (r *reading) stream(src io.Reader, named charset.Encoding, info sources.StreamInfo, p *pause) error {
	state := sources.CatchingUp
	if info.Live {
		state = sources.Live
	}
	r.report(state)
	packed := peek(src, unpack.Undecided)
	src = packed
	if kind := unpack.Detect(packed.head); kind != unpack.None {
		u := unpack.NewReader(src, kind)
		defer u.Close()
		src = u
	}
	text := peek(src, charset.Undecided)
	src = text
	e, mark := r.options.encoding(named, text.head)
	if !e.Changes() {
		r.looks(text.head)
	}
	text.head = text.head[mark:]
	var rewriter *charset.Reader
	if e.Changes() {
		rewriter = charset.NewReader(src, e)
		src = rewriter
	}
	st := r.to.Open(info)
	defer st.Close()
	p.st = st
	err := r.copy(st, src, state, p)
	if rewriter != nil && rewriter.Replaced > 0 {
		r.remark(fmt.Sprintf("characters not valid in %s, which stand as U+FFFD: %d", e, rewriter.Replaced))
	}
	return err
}

// copy appends what src gives until its end: of a live source at once, of a
// file in full chunks.
func (r *reading) copy(st sources.Stream, src io.Reader, state sources.State, p *pause) error {
	buf := make([]byte, chunkSize)
	for {
		if err := r.ctx.Err(); err != nil { // a little packed data goes on for long without being read from
			return err
		}
		n, err := src.Read(buf)
		for state != sources.Live && err == nil && n < len(buf) {
			var k int
			k, err = src.Read(buf[n:])
			n += k
		}
		if n > 0 {
			p.took(buf[n-1])
			if err := st.Append(r.ctx, sources.Chunk{Data: buf[:n], Arrived: r.now()}); err != nil {
				return err
			}
			r.health.Read += int64(n)
			r.report(state)
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// looks remarks on a file that is no text.
func (r *reading) looks(head []byte) {
	if charset.Binary(head) {
		r.remark("looks binary")
	}
}

// A pause watches for the time after which a stream's open record is whole.
type pause struct {
	st   sources.Stream
	open bool // bytes came since the stream last settled
	part bool // the last of them was no line end
}

func (p *pause) took(last byte) { p.open, p.part = true, last != '\n' }

func (p *pause) after() time.Duration {
	switch {
	case !p.open:
		return 0
	case p.part:
		return quietPart
	}
	return quietLine
}

func (p *pause) settle() {
	p.open = false
	p.st.Settle()
}

// A contextReader reads until its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
