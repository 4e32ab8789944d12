package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"sync"

	"github.com/lxlog/lx/logs"
)

// Columns outside of memory are a page of bytes, little-endian:
//
//	rows       uint32
//	base, end  int64   offsets of the first record and behind the last
//	line       int64   number of its first line
//	flags      uint8   uneven, length, order, undated: whether it is, or there is such a column
//	columns            distances of offsets, lengths, times, order, undated, traces, services,
//	                   formats, severities, guesses, marks, lines; those that there are
//	long       uint32, and for each of them row uint32, length int64, lines uint32
//	sum        uint32  CRC-32C of all before it
//
// A column is its least value (int64), the unit in which values lie above it
// (int64), the width of one in bytes (uint8: 0, 1, 2, 4, 8), and the values.
// With width 0 all are the least one.

const (
	flagUneven = 1 << iota
	flagLength
	flagOrder
	flagUndated
)

// appendPage appends c as a page.
func appendPage(b []byte, c *Columns) []byte {
	from := len(b)
	var flags byte
	for flag, set := range map[byte]bool{flagUneven: c.uneven, flagLength: c.length != nil, flagOrder: c.order != nil, flagUndated: c.undated != nil} {
		if set {
			flags |= flag
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(c.n))
	for _, v := range [...]int64{c.base, c.end, c.line} {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	b = append(b, flags)
	room := packRooms.Get().(*packRoom)
	defer packRooms.Put(room)
	b = appendValues(b, c.distances(room))
	if c.length != nil {
		b = appendValues(b, c.length)
	}
	b = appendTimes(b, c.time, room)
	if c.order != nil {
		b = appendTimes(b, c.order, room)
	}
	if c.undated != nil {
		b = appendTimes(b, c.undated, room)
	}
	b = appendColumn(b, &c.trace)
	b = appendColumn(b, &c.service)
	b = appendColumn(b, &c.format)
	b = appendColumn(b, &c.severity)
	b = appendColumn(b, &c.guessed)
	b = appendColumn(b, &c.marks)
	b = appendColumn(b, &c.lines)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(c.long)))
	for _, l := range c.long {
		b = binary.LittleEndian.AppendUint32(b, uint32(l.row))
		b = binary.LittleEndian.AppendUint64(b, uint64(l.length))
		b = binary.LittleEndian.AppendUint32(b, l.lines)
	}
	return sealed(b, from)
}

// A packRoom is room for what columns come to before they are packed.
type packRoom struct {
	distances []uint32
	above     []int64
}

var packRooms = sync.Pool{New: func() any { return &packRoom{} }}

// distances are how far each record begins behind the one before it, the first behind base.
func (c *Columns) distances(room *packRoom) []uint32 {
	room.distances = more(room.distances[:0], c.n)
	d, last := room.distances, uint32(0)
	for i, o := range c.offset {
		d[i], last = o-last, o
	}
	return d
}

type number interface {
	~uint8 | ~uint16 | ~uint32 | ~int64
}

func appendColumn[T interface {
	comparable
	number
}](b []byte, c *column[T]) []byte {
	if c.list == nil {
		return appendHead(b, int64(c.same), 1, 0)
	}
	return appendValues(b, c.list)
}

// columnHead is the bytes of a column before its values.
const columnHead = 17

func appendHead(b []byte, least, unit int64, width byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(least))
	return append(binary.LittleEndian.AppendUint64(b, uint64(unit)), width)
}

// appendTimes is appendValues of times, which are often whole milliseconds.
func appendTimes(b []byte, list []int64, room *packRoom) []byte {
	least, most := bounds(list)
	if most-least <= 0 { // all the same, or too far apart
		return appendValues(b, list)
	}
	room.above = more(room.above[:0], len(list))
	above := room.above
	for i, v := range list {
		above[i] = v - least
	}
	unit := int64(1)
	switch {
	case divide(above, func(v int64) (int64, int64) { return v / 1e9, v % 1e9 }):
		unit = 1e9
	case divide(above, func(v int64) (int64, int64) { return v / 1e6, v % 1e6 }):
		unit = 1e6
	case divide(above, func(v int64) (int64, int64) { return v / 1e3, v % 1e3 }):
		unit = 1e3
	}
	return appendAbove(b, above, 0, uint64((most-least)/unit), least, unit)
}

// divide divides all values where all of them can be without a rest.
func divide(list []int64, by func(int64) (quotient, rest int64)) bool {
	for _, v := range list {
		if _, rest := by(v); rest != 0 {
			return false
		}
	}
	for i, v := range list {
		list[i], _ = by(v)
	}
	return true
}

func appendValues[T number](b []byte, list []T) []byte {
	least, most := bounds(list)
	return appendAbove(b, list, least, uint64(most)-uint64(least), least, 1)
}

func bounds[T number](list []T) (least, most int64) {
	if len(list) == 0 {
		return 0, 0
	}
	lo, hi := list[0], list[0]
	for _, v := range list {
		lo, hi = min(lo, v), max(hi, v)
	}
	return int64(lo), int64(hi)
}

// appendAbove appends what values have above zero, which is span at most, as the
// column whose least value is least and whose unit is unit.
func appendAbove[T number](b []byte, list []T, zero int64, span uint64, least, unit int64) []byte {
	at, above := len(b)+columnHead, uint64(zero)
	switch {
	case span == 0:
		return appendHead(b, least, unit, 0)
	case span <= math.MaxUint8:
		b = more(appendHead(b, least, unit, 1), len(list))
		for i, v := range list {
			b[at+i] = byte(uint64(v) - above)
		}
	case span <= math.MaxUint16:
		b = more(appendHead(b, least, unit, 2), 2*len(list))
		for i, v := range list {
			binary.LittleEndian.PutUint16(b[at+2*i:], uint16(uint64(v)-above))
		}
	case span <= math.MaxUint32:
		b = more(appendHead(b, least, unit, 4), 4*len(list))
		for i, v := range list {
			binary.LittleEndian.PutUint32(b[at+4*i:], uint32(uint64(v)-above))
		}
	default:
		b = more(appendHead(b, least, unit, 8), 8*len(list))
		for i, v := range list {
			binary.LittleEndian.PutUint64(b[at+8*i:], uint64(v)-above)
		}
	}
	return b
}

var errPage = errors.New("a page of the index is damaged")

// maxSeverity is the greatest that columns may hold.
const maxSeverity = logs.Severity(24)

// whole reports whether b ends with the sum of what stands before.
func whole(b []byte) bool {
	n := len(b) - 4
	return n >= 0 && crc32.Checksum(b[:n], castagnoli) == binary.LittleEndian.Uint32(b[n:])
}

// sealed is b with the sum of what stands in it behind from.
func sealed(b []byte, from int) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[from:], castagnoli))
}
