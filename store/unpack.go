package store

import (
	"encoding/binary"
	"math"
)

// readPage reads what appendPage wrote: all of b. It sets neither stream nor
// names. Whatever b holds, it allocates no more than a full block takes.
func readPage(b []byte) (*Columns, error) {
	if !whole(b) {
		return nil, errPage
	}
	p := &pageReader{b: b[:len(b)-4]}
	c := &Columns{n: int(p.uint(4))}
	if c.n == 0 || c.n > blockRows {
		return nil, errPage
	}
	c.base, c.end, c.line = int64(p.uint(8)), int64(p.uint(8)), int64(p.uint(8))
	flags := p.uint(1)
	c.uneven = flags&flagUneven != 0
	c.offset = values[uint32](p, c.n)
	for i := 1; i < len(c.offset); i++ {
		c.offset[i] += c.offset[i-1]
		p.bad = p.bad || c.offset[i] < c.offset[i-1]
	}
	if flags&flagLength != 0 {
		c.length = values[uint32](p, c.n)
	}
	c.time = values[int64](p, c.n)
	if flags&flagOrder != 0 {
		c.order = values[int64](p, c.n)
	}
	if flags&flagUndated != 0 {
		c.undated = values[int64](p, c.n)
	}
	readColumn(p, c.n, &c.trace)
	readColumn(p, c.n, &c.service)
	readColumn(p, c.n, &c.format)
	readColumn(p, c.n, &c.severity)
	readColumn(p, c.n, &c.guessed)
	readColumn(p, c.n, &c.marks)
	readColumn(p, c.n, &c.lines)
	c.readLong(p)
	if p.bad || len(p.b) > 0 || c.base < 0 || c.end < c.Offset(c.n-1) {
		return nil, errPage
	}
	for i := range c.n {
		if c.severity.at(i) > maxSeverity {
			return nil, errPage
		}
	}
	return c, nil
}

// readLong reads the lengths that do not fit; there is one for each row that says so.
func (c *Columns) readLong(p *pageReader) {
	for k, last := p.uint(4), -1; k > 0 && !p.bad; k-- {
		l := long{int(p.uint(4)), int64(p.uint(8)), uint32(p.uint(4))}
		if l.row <= last || l.row >= c.n || l.length < 0 {
			p.bad = true
			return
		}
		last = l.row
		c.long = append(c.long, l)
	}
	next := 0
	for i := range c.n {
		if p.bad || c.lines.at(i) != math.MaxUint8 {
			continue
		}
		if next >= len(c.long) || c.long[next].row != i {
			p.bad = true
			return
		}
		next++
	}
	p.bad = p.bad || next != len(c.long)
}

// A pageReader takes a page from its front; bad is set where there is too little.
type pageReader struct {
	b   []byte
	bad bool
}

func (p *pageReader) take(n int) []byte {
	if n > len(p.b) {
		p.bad = true
		return nil
	}
	t := p.b[:n]
	p.b = p.b[n:]
	return t
}

// uint reads a number of 1, 4 or 8 bytes.
func (p *pageReader) uint(size int) uint64 {
	b := p.take(size)
	switch {
	case b == nil:
		return 0
	case size == 1:
		return uint64(b[0])
	case size == 4:
		return uint64(binary.LittleEndian.Uint32(b))
	}
	return binary.LittleEndian.Uint64(b)
}

func readColumn[T interface {
	comparable
	number
}](p *pageReader, n int, c *column[T]) {
	if len(p.b) > 16 && p.b[16] == 0 {
		c.same = T(p.uint(8))
		p.take(9)
		return
	}
	if c.list = values[T](p, n); len(c.list) > 0 {
		c.same = c.list[0]
	}
}

// values reads n values.
func values[T number](p *pageReader, n int) []T {
	least, unit, width := p.uint(8), p.uint(8), int(p.uint(1))
	list := make([]T, n)
	b := p.take(n * width)
	switch {
	case p.bad:
	case width == 0:
		for i := range list {
			list[i] = T(least)
		}
	case width == 1:
		for i, v := range b {
			list[i] = T(least + unit*uint64(v))
		}
	case width == 2:
		for i := range list {
			list[i] = T(least + unit*uint64(binary.LittleEndian.Uint16(b[2*i:])))
		}
	case width == 4:
		for i := range list {
			list[i] = T(least + unit*uint64(binary.LittleEndian.Uint32(b[4*i:])))
		}
	case width == 8:
		for i := range list {
			list[i] = T(least + unit*binary.LittleEndian.Uint64(b[8*i:]))
		}
	default:
		p.bad = true
	}
	return list
}
