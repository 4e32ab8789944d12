package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"

	"github.com/lxlog/lx/logs"
)

// A cached index is a file of three parts, numbers little-endian:
//
//	magic   "lxindex\n"
//	version uint32   cacheVersion
//	head    uint64   where the head begins, and uint32, how many bytes it has: the file ends with it
//	sums    uint32   CRC-32C of the head, and uint32, of all that stands before it here
//
//	pages            columns of the blocks, one after the other, as appendPage writes them
//
//	head             all else, in the order of indexHead.each
//
// So whatever is asked of summaries alone is answered from the head, which has
// some hundred bytes for each block. Numbers in the head are varints as
// encoding/binary has them, signed ones in zigzag; texts and lists begin with how many bytes or elements they have.
const (
	cacheMagic   = "lxindex\n"
	cacheVersion = 1 // raised with each change of what stands in the file
	leadSize     = len(cacheMagic) + 4 + 8 + 4 + 4 + 4
	mostHead     = 256 << 20 // bytes
	mostPage     = 4 << 20   // bytes of a page, which has blockRows records at most
)

var errCache = errors.New("the cached index is damaged, or of another version")

// An indexHead is an index without its columns.
type indexHead struct {
	*index
	pages []int64 // how many bytes of columns each block has
}

// appendLead appends the first bytes of a file whose head begins at the offset at.
func appendLead(b []byte, at int64, head []byte) []byte {
	from := len(b)
	b = append(b, cacheMagic...)
	b = binary.LittleEndian.AppendUint32(b, cacheVersion)
	b = binary.LittleEndian.AppendUint64(b, uint64(at))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(head)))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(head, castagnoli))
	return sealed(b, from)
}

// readLead returns where the head of a file of that size stands, and its sum.
func readLead(b []byte, size int64) (at, length int64, sum uint32, err error) {
	if len(b) != leadSize || string(b[:len(cacheMagic)]) != cacheMagic || !whole(b) {
		return 0, 0, 0, errCache
	}
	b = b[len(cacheMagic):]
	at, length = int64(binary.LittleEndian.Uint64(b[4:])), int64(binary.LittleEndian.Uint32(b[12:]))
	if binary.LittleEndian.Uint32(b) != cacheVersion || length > mostHead || at < int64(leadSize) || at != size-length {
		return 0, 0, 0, errCache
	}
	return at, length, binary.LittleEndian.Uint32(b[16:]), nil
}

// append appends the head of a file.
func (h *indexHead) append(b []byte) []byte {
	c := headCoder{b: b}
	h.each(&c)
	return c.b
}

// readHead reads what append wrote: all of b. It allocates no more than a small multiple of b.
func readHead(b []byte) (*indexHead, error) {
	h := &indexHead{index: &index{}}
	c := headCoder{b: b, reading: true}
	h.each(&c)
	if c.bad || len(c.b) > 0 || h.folded < 0 || h.folded+int64(len(h.tail)) != h.identity.Size || int64(len(h.sums.list))*chunkSize+int64(h.sums.size) != h.identity.Size {
		return nil, errCache
	}
	for i, b := range h.blocks {
		s := &b.Summary
		if s.Rows < 1 || s.Rows > blockRows || s.First > s.Last || h.pages[i] > mostPage {
			return nil, errCache
		}
		if b.detail != nil && slices.ContainsFunc(b.detail.service, func(c serviceCount) bool { return int(c.place) >= len(h.services) }) {
			return nil, errCache
		}
	}
	return h, nil
}

// each says what a head has, one after the other.
func (h *indexHead) each(c *headCoder) {
	for _, v := range [...]*uint64{&h.identity.Device, &h.identity.Inode} {
		c.uint(v)
	}
	for _, v := range [...]*int64{&h.identity.Size, &h.identity.ModTime, &h.folded, &h.lines.before, &h.lines.end, &h.lineEnds, &h.severed, &h.last} {
		c.int(v)
	}
	c.text(&h.parameters)
	texts(c, &h.services)
	texts(c, &h.formats)
	c.bytes(&h.state)
	c.bytes(&h.tail)
	c.bool(&h.undated)
	c.bool(&h.moved)
	list(c, &h.sums.list, func(v *uint32) { small(c, v) })
	small(c, &h.sums.part)
	small(c, &h.sums.size)
	small(c, &h.edges)
	list(c, &h.marks, func(m *mark) {
		c.int(&m.offset)
		c.int(&m.lines)
	})
	list(c, &h.blocks, func(b **Block) {
		if *b == nil {
			*b = &Block{}
		}
		c.block(*b)
	})
	list(c, &h.pages, func(v *int64) { small(c, v) })
	c.bad = c.bad || len(h.pages) != len(h.blocks)
}

// block is all that is kept of a block beside its columns.
func (c *headCoder) block(b *Block) {
	s := &b.Summary
	small(c, &s.Rows)
	for _, v := range [...]*int64{&s.Offset, &s.First, &s.Last, &s.Lines, &s.Bytes, &s.Unparsed} {
		c.int(v)
	}
	c.bool(&s.Sorted)
	for i := range s.Levels {
		c.int(&s.Levels[i])
	}
	counted := b.detail != nil
	if c.bool(&counted); !counted {
		return
	}
	if b.detail == nil {
		b.detail = &detail{}
	}
	d := b.detail
	c.int(&d.first)
	c.int(&d.last)
	list(c, &d.service, func(s *serviceCount) {
		small(c, &s.place)
		small(c, &s.rows)
	})
	list(c, &d.minutes, func(m *minuteCount) {
		c.int(&m.start)
		for i := range logs.Levels {
			small(c, &m.levels[i])
		}
	})
}

// A headCoder appends values to b, or takes them from its front; bad is set where
// it cannot. What it appends it does not touch: others read it at the same time.
type headCoder struct {
	b       []byte
	reading bool
	bad     bool
}

func (c *headCoder) uint(v *uint64) {
	if !c.reading {
		c.b = binary.AppendUvarint(c.b, *v)
		return
	}
	n, size := binary.Uvarint(c.b)
	if size <= 0 {
		c.bad, c.b = true, nil
		return
	}
	*v, c.b = n, c.b[size:]
}

func (c *headCoder) int(v *int64) {
	u := uint64(*v)<<1 ^ uint64(*v>>63)
	if c.uint(&u); c.reading {
		*v = int64(u>>1) ^ -int64(u&1)
	}
}

func (c *headCoder) bool(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	if c.uint(&u); c.reading {
		*v = u == 1
		c.bad = c.bad || u > 1
	}
}

// small codes a number that is not negative.
func small[T interface {
	~uint16 | ~uint32 | ~int | ~int64
}](c *headCoder, v *T) {
	u := uint64(*v)
	if c.uint(&u); !c.reading {
		return
	}
	*v = T(u)
	if uint64(*v) != u || *v < 0 {
		c.bad, *v = true, 0
	}
}

func (c *headCoder) bytes(v *[]byte) {
	n := len(*v)
	small(c, &n)
	switch {
	case !c.reading:
		c.b = append(c.b, *v...)
	case n > len(c.b):
		c.bad, c.b = true, nil
	default:
		*v, c.b = slices.Clone(c.b[:n]), c.b[n:]
	}
}

func (c *headCoder) text(v *string) {
	b := []byte(*v)
	if c.bytes(&b); c.reading {
		*v = string(b)
	}
}

func texts(c *headCoder, v *[]string) { list(c, v, c.text) }

// list codes elements, of which each takes one byte at least.
func list[T any](c *headCoder, v *[]T, each func(*T)) {
	n := len(*v)
	small(c, &n)
	if !c.reading {
		for i := range *v {
			each(&(*v)[i])
		}
		return
	}
	for *v = nil; n > 0 && !c.bad; n-- {
		if n > len(c.b) {
			c.bad = true
			return
		}
		var e T
		each(&e)
		*v = append(*v, e)
	}
}
