package unpack

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

// xzGuard passes the bytes of an .xz file on and follows its structure, for two
// things that the decoder behind it does not do: to refuse a block that declares
// a dictionary over MaxWindow before memory is taken for it, and to tell a file
// that is cut off between two blocks from one that is complete.
// Source: The .xz File Format 1.2.0, sections 2 to 5; LZMA2 chunks as in liblzma's lzma2_decoder.c.
type xzGuard struct {
	r   io.Reader
	err error

	step  func(*xzGuard, []byte) error // called with want bytes when they are there
	want  int                          // bytes that step needs; 0 with skip > 0
	have  []byte
	skip  int64 // bytes to pass on before that
	inner bool  // within a stream: the end of the file would be a cut

	check  int64  // length of a block's check
	packed int64  // bytes of the block's LZMA2 data so far
	index  int64  // bytes of the index so far
	vlis   uint64 // numbers of the index yet to come
	vli    uint64 // the one being read
	shift  uint
}

var errXZ = errors.New("xz: invalid structure")

// Read withholds the byte that completes a header which is refused.
func (g *xzGuard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	if g.step == nil {
		g.expect(4, xzStreamOrPadding)
		g.inner = false
	}
	n, err := g.r.Read(p)
	passed, fault := g.follow(p[:n])
	switch {
	case fault != nil:
		g.err = fault
		return passed, fault
	case err == io.EOF && (g.inner || len(g.have) > 0):
		err = io.ErrUnexpectedEOF
	}
	g.err = err
	return n, err
}

// follow goes through the bytes; where a step refuses it returns how many stand before the last one looked at.
func (g *xzGuard) follow(b []byte) (int, error) {
	for i := 0; i < len(b); {
		if g.skip > 0 {
			k := min(g.skip, int64(len(b)-i))
			g.skip -= k
			i += int(k)
			continue
		}
		k := min(g.want-len(g.have), len(b)-i)
		g.have = append(g.have, b[i:i+k]...)
		i += k
		if len(g.have) < g.want {
			continue
		}
		if err := g.step(g, g.have); err != nil {
			return i - 1, err
		}
	}
	return len(b), nil
}

// expect sets what comes next, after what is still to be skipped.
func (g *xzGuard) expect(n int, step func(*xzGuard, []byte) error) {
	g.want, g.step, g.have, g.inner = n, step, g.have[:0], true
}

func xzStreamOrPadding(g *xzGuard, b []byte) error {
	if binary.LittleEndian.Uint32(b) == 0 {
		g.expect(4, xzStreamOrPadding)
		g.inner = false
		return nil
	}
	g.expect(8, xzStreamFlags)
	return nil
}

// xzStreamFlags reads the rest of a stream's header: the magic's last two bytes, two of flags, a CRC.
func xzStreamFlags(g *xzGuard, b []byte) error {
	g.check = [16]int64{0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64}[b[3]&15]
	g.expect(1, xzBlockOrIndex)
	return nil
}

func xzBlockOrIndex(g *xzGuard, b []byte) error {
	if b[0] == 0 {
		g.index, g.vlis, g.vli, g.shift = 1, 0, 0, 0
		g.expect(1, xzIndexCount)
		return nil
	}
	g.expect(int(b[0])*4+3, xzBlockHeader)
	return nil
}

// xzBlockHeader reads a block's header without its first byte, which says how long it is.
func xzBlockHeader(g *xzGuard, b []byte) error {
	b = b[:len(b)-4] // the CRC
	flags := b[0]
	b = b[1:]
	for _, present := range []byte{0x40, 0x80} { // compressed and uncompressed size
		if flags&present != 0 {
			if _, b = uvarint(b); b == nil {
				return errXZ
			}
		}
	}
	for range flags&3 + 1 {
		var id, size uint64
		if id, b = uvarint(b); b == nil {
			return errXZ
		}
		if size, b = uvarint(b); b == nil || size > uint64(len(b)) {
			return errXZ
		}
		if id == 0x21 { // LZMA2
			if size != 1 {
				return errXZ
			}
			dictionary, err := lzma.DecodeDictCap(b[0])
			if err != nil {
				return err
			}
			if dictionary > MaxWindow {
				return ErrTooLarge
			}
		}
		b = b[size:]
	}
	g.packed = 0
	g.expect(1, xzChunk)
	return nil
}

// uvarint reads a number of at most nine bytes; rest is nil where there is none.
func uvarint(b []byte) (v uint64, rest []byte) {
	v, n := binary.Uvarint(b)
	if n <= 0 || n > 9 {
		return 0, nil
	}
	return v, b[n:]
}

// xzChunk reads the first byte of an LZMA2 chunk, which says how long its header is.
func xzChunk(g *xzGuard, b []byte) error {
	g.packed++
	switch c := b[0]; {
	case c == 0: // the end: padding to four bytes and the check
		g.skip = -g.packed&3 + g.check
		g.expect(1, xzBlockOrIndex)
	case c >= 0xc0:
		g.expect(5, xzPackedChunk)
	case c >= 0x80:
		g.expect(4, xzPackedChunk)
	case c <= 2:
		g.expect(2, xzStoredChunk)
	default:
		return errXZ
	}
	return nil
}

func xzPackedChunk(g *xzGuard, b []byte) error {
	return g.chunk(len(b), binary.BigEndian.Uint16(b[2:]))
}

func xzStoredChunk(g *xzGuard, b []byte) error {
	return g.chunk(len(b), binary.BigEndian.Uint16(b))
}

func (g *xzGuard) chunk(header int, last uint16) error {
	g.skip = int64(last) + 1
	g.packed += int64(header) + g.skip
	g.expect(1, xzChunk)
	return nil
}

// number takes one byte of a number of the index; done says that it was the last.
func (g *xzGuard) number(c byte) (done bool, err error) {
	if g.shift > 56 {
		return false, errXZ
	}
	g.index++
	g.vli |= uint64(c&0x7f) << g.shift
	g.shift += 7
	return c < 0x80, nil
}

// xzIndexCount reads how many records the index has: two numbers each.
func xzIndexCount(g *xzGuard, b []byte) error {
	done, err := g.number(b[0])
	if err != nil || !done {
		g.have = g.have[:0]
		return err
	}
	g.vlis = 2 * g.vli
	return g.nextInIndex()
}

func xzIndexNumber(g *xzGuard, b []byte) error {
	done, err := g.number(b[0])
	if err != nil || !done {
		g.have = g.have[:0]
		return err
	}
	g.vlis--
	return g.nextInIndex()
}

func (g *xzGuard) nextInIndex() error {
	g.vli, g.shift = 0, 0
	if g.vlis > 0 {
		g.expect(1, xzIndexNumber)
		return nil
	}
	g.skip = -g.index & 3
	g.expect(16, xzFooter) // after the index's CRC
	return nil
}

func xzFooter(g *xzGuard, _ []byte) error {
	g.expect(4, xzStreamOrPadding)
	g.inner = false
	return nil
}
