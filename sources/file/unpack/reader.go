package unpack

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// MaxWindow is the largest dictionary or window, in bytes, that data may declare
// to need. It is what xz -9 (64 MiB) and zstd --long (128 MiB) stay within.
const MaxWindow = 128 << 20

// A Reader reads compressed data: all of its members, frames or streams, one
// after the other. It starts no goroutines. It belongs to one goroutine.
type Reader struct {
	kind     Kind
	src      source
	in       *bufio.Reader
	out      io.Reader // nil before the first Read
	close    func()
	unpacked int64
	err      error
}

// NewReader reads data of a kind other than None from r. Close it.
func NewReader(r io.Reader, k Kind) *Reader {
	u := &Reader{kind: k, src: source{r: r}, close: func() {}}
	var in io.Reader = &u.src
	if k == XZ {
		in = &xzGuard{r: in}
	}
	u.in = bufio.NewReaderSize(in, 64<<10)
	return u
}

// Read returns what it unpacked. Where the data is damaged, cut off or needs too
// much memory, the error is a *Fault, after all that could be unpacked before
// it. An error of the reader below is returned as it is.
func (u *Reader) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	if u.out == nil {
		if u.err = u.fault(u.open()); u.err != nil {
			return 0, u.err
		}
	}
	n, err := u.out.Read(p)
	u.unpacked += int64(n)
	u.err = u.fault(err)
	return n, u.err
}

// Close frees the decoder's memory. It does not close the reader below.
func (u *Reader) Close() { u.close() }

func (u *Reader) open() error {
	switch u.kind {
	case Gzip:
		u.out = &gzipMembers{in: u.in}
	case Zstd:
		r, err := zstd.NewReader(u.in, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxWindow(MaxWindow), zstd.WithDecoderMaxMemory(MaxWindow))
		if err == nil {
			u.close = r.Close
		}
		u.out = r
		return err
	case Bzip2:
		u.out = bzip2.NewReader(u.in)
	case XZ:
		r, err := xz.ReaderConfig{DictCap: lzma.MinDictCap}.NewReader(u.in)
		u.out = r
		return err
	case LZ4:
		u.out = lz4.NewReader(u.in)
	default:
		panic("BUG: unpacking what is not compressed")
	}
	return nil
}

// fault says of a decoder's error where it happened.
func (u *Reader) fault(err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case u.src.err != nil && u.src.err != io.EOF:
		return u.src.err
	}
	return &Fault{Kind: u.kind, Offset: u.src.n - int64(u.in.Buffered()), Unpacked: u.unpacked, Err: err}
}

// A Fault says where compressed data cannot be read, and why.
type Fault struct {
	Kind     Kind
	Offset   int64 // bytes of compressed data before the fault
	Unpacked int64 // bytes that came out of them
	Err      error // ErrTooLarge, io.ErrUnexpectedEOF where the data is cut off, else what the decoder said
}

// ErrTooLarge is the Err of a Fault in data that needs more than MaxWindow to be unpacked.
var ErrTooLarge = fmt.Errorf("it needs more than %d MiB of memory", MaxWindow>>20)

// Error says it without the name of the file.
func (f *Fault) Error() string {
	switch {
	case f.tooLarge():
		return fmt.Sprintf("the %s data cannot be read from byte %d on: it declares a window of more than %d MiB; unpack it with %s and read the result",
			f.Kind, f.Offset, MaxWindow>>20, f.Kind)
	case errors.Is(f.Err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("the %s data is cut off at byte %d; the %d bytes unpacked before that were read", f.Kind, f.Offset, f.Unpacked)
	}
	return fmt.Sprintf("the %s data is damaged near byte %d (%v); the %d bytes unpacked before that were read", f.Kind, f.Offset, f.Err, f.Unpacked)
}

func (f *Fault) Unwrap() error {
	if f.tooLarge() {
		return ErrTooLarge
	}
	return f.Err
}

func (f *Fault) tooLarge() bool {
	return errors.Is(f.Err, ErrTooLarge) || errors.Is(f.Err, zstd.ErrWindowSizeExceeded) || errors.Is(f.Err, zstd.ErrDecoderSizeExceeded)
}

// source counts the bytes of the reader below and remembers its error, by which
// it is told from the decoder's own.
type source struct {
	r   io.Reader
	n   int64
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.n += int64(n)
	if err != nil {
		s.err = err
	}
	return n, err
}
