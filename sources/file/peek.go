package file

import (
	"bytes"
	"errors"
	"io"

	"github.com/lxlog/lx/sources/file/charset"
)

// A peeked reader gives again what was looked at, then the rest.
type peeked struct {
	head []byte
	err  error // that came after head
	rest io.Reader
}

// peek reads once, and on only as long as what came leaves open what it is.
func peek(r io.Reader, undecided func([]byte) bool) *peeked {
	p := &peeked{head: make([]byte, 0, charset.HeadLen), rest: r}
	for p.err == nil && len(p.head) < cap(p.head) && (len(p.head) == 0 || undecided(p.head)) {
		var n int
		n, p.err = r.Read(p.head[len(p.head):cap(p.head)])
		p.head = p.head[:len(p.head)+n]
	}
	return p
}

func (p *peeked) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	if p.err != nil {
		return 0, p.err
	}
	return p.rest.Read(b)
}

// readHead returns the first charset.HeadLen bytes of f, as far as it reaches.
func readHead(f io.ReaderAt) ([]byte, error) {
	head := make([]byte, charset.HeadLen)
	n, err := f.ReadAt(head, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head[:n], err
}

// telling returns what tells best whether a plain file is text: its head, or its
// last bytes where the head is all NULs, as of a log whose beginning was given up.
func telling(f io.ReaderAt, size int64, head []byte) []byte {
	if len(bytes.Trim(head, "\x00")) > 0 {
		return head
	}
	tail := make([]byte, charset.HeadLen)
	n, _ := f.ReadAt(tail, max(0, size-int64(len(tail))))
	return tail[:n]
}
