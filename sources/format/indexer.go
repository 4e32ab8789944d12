package format

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
)

// Version is raised with any change of decoding, severity or layout: rows of another version are of no use.
const Version = 2

// Indexer is the logs.Indexer of all formats here.
type Indexer struct {
	layouts    *set
	loc        *time.Location
	parameters string
	s          *scanner

	// Where Fold last put services, and their places there.
	rows        *logs.Rows
	places      map[string]uint16
	recent      [recentSlots]uint16 // places of services; they may be other rows'
	chunkPlaces []uint16            // folder.places, to be written over

	year inYear // of the last stamp without a year that Fold saw

	// The last format that Fold put into rows, and its place there.
	lastFormat, lastPlace logs.FormatID
	lastRows              *logs.Rows
}

// facts is what Scan found; it implements logs.Facts.
type facts struct {
	lines    []fact
	services []string
	places   map[string]uint32
	recent   [recentSlots]recentService
}

const recentSlots = 64

// recentSlot is where the place of a service that came a moment ago may stand.
func recentSlot(name []byte) int {
	return (int(name[0]) + int(name[len(name)-1])*5 + len(name)*13) % recentSlots
}

// A recentService is a name of at most 16 bytes, as words, and its place in facts.services; 0 is none.
type recentService struct {
	first, second uint64
	place         uint32
	length        uint32
}

// fact is one line by itself.
type fact struct {
	offset, length uint32 // in the chunk, line end included
	time           int64  // as when.Stamp.Nanos; logs.NoTime
	trace          uint32
	service        uint32 // in facts.services
	format         logs.FormatID
	severity       logs.Severity
	guessed        logs.Guess
	shape          shape
	tag            uint8
	partial        bool
}

func (f *facts) Lines() int { return len(f.lines) }

// service returns the place of a name in f.services.
func (f *facts) service(name []byte) uint32 {
	if len(name) == 0 {
		return 0
	}
	// Fast path: short names that came a moment ago are found by their bytes as two words.
	n := len(name)
	if n > 16 || cap(name) < 16 {
		return f.newService(name)
	}
	whole := name[:16] // what stands behind the name is masked
	first, second := binary.LittleEndian.Uint64(whole), binary.LittleEndian.Uint64(whole[8:])
	first &= wordMasks[n].first
	second &= wordMasks[n].second
	r := &f.recent[(first+second*3)*0x9E3779B97F4A7C15>>58]
	if r.first != first || r.second != second || r.place == 0 || int(r.length) != n {
		*r = recentService{first, second, f.newService(name), uint32(n)}
	}
	return r.place
}

// wordMasks keep the first n bytes of two words.
var wordMasks = func() (t [17]struct{ first, second uint64 }) {
	for n := range t {
		t[n].first, t[n].second = 1<<(8*min(n, 8))-1, 1<<(8*max(n-8, 0))-1
	}
	return t
}()

func (f *facts) newService(name []byte) uint32 {
	if p, ok := f.places[string(name)]; ok {
		return p
	}
	p := uint32(len(f.services))
	f.services = append(f.services, string(name))
	f.places[f.services[p]] = p
	return p
}

// Clone makes an Indexer for a further goroutine or stream.
func (ix *Indexer) Clone() logs.Indexer {
	return &Indexer{layouts: ix.layouts, loc: ix.loc, parameters: ix.parameters, s: newScanner(ix.loc, ix.layouts)}
}

// Parameters implements logs.Indexer.
func (ix *Indexer) Parameters() string { return ix.parameters }

// Scan implements logs.Indexer.
func (ix *Indexer) Scan(chunk []byte, reuse logs.Facts) logs.Facts {
	out, _ := reuse.(*facts)
	if out == nil {
		out = &facts{places: map[string]uint32{}}
	}
	out.lines = out.lines[:0]
	out.services = append(out.services[:0], "")
	clear(out.places)
	clear(out.recent[:])
	f := &ix.s.line
	chunk = chunk[:len(chunk):len(chunk)]
	for offset := 0; offset < len(chunk); {
		length := bytes.IndexByte(chunk[offset:], '\n') + 1
		if length == 0 {
			length = len(chunk) - offset
		}
		ix.s.forget()
		n := ix.layouts.scan(lineOf(chunk[offset:offset+length]), ix.s, f)
		out.lines = slices.Grow(out.lines, 1)[:len(out.lines)+1]
		t := &out.lines[len(out.lines)-1]
		*t = fact{offset: uint32(offset), length: uint32(length), time: logs.NoTime, trace: f.hash(), service: out.service(f.service),
			format: formatID(n, f.inner), severity: f.severity, shape: f.shape, tag: f.tag, partial: f.partial}
		if f.time.ok {
			t.time, t.guessed = f.time.Nanos, f.time.guessed()
		}
		offset += length
	}
	return out
}

// firstLine is the line that raw begins with as layouts see it: without its
// end, without a byte order mark or the NULs that a copied and truncated file
// begins with, and not longer than what is decoded.
func firstLine(raw []byte) []byte {
	raw = start(raw)
	line, _ := cutLine(raw[:min(len(raw), logs.MaxDecode)])
	return line
}

// lineOf is firstLine of raw that is one line.
func lineOf(raw []byte) []byte {
	raw = start(raw)
	if len(raw) > logs.MaxDecode {
		return firstLine(raw)
	}
	return withoutLast(withoutLast(raw, '\n'), '\r')
}

// start is raw without a byte order mark or NULs at its start.
func start(raw []byte) []byte {
	if len(raw) > 0 && (raw[0] == 0 || raw[0] == 0xEF) {
		raw = bytes.TrimLeft(raw, "\x00")
		raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	}
	return raw
}
