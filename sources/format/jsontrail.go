package format

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/lxlog/lx/logs"
)

// trails are the JSON objects that a scanner read lately, as what they have in
// common: the bytes between values (keys, colons, commas, braces) and, of each
// value, whose it is. A program's records differ in little else, so that the next
// one is read by comparing those bytes as words, and looking at its values.
//
// Steps form a tree: at each place, those that may come next are tried in turn.
// The bytes between values decide on all that a reading of the object would
// decide on, so what a trail says of an object is what reading it says.
type trails struct {
	steps  []step // the first step of an object follows steps[0]
	credit int    // how much more may be learned: objects that come again pay for it
}

func newTrails() trails { return trails{steps: make([]step, 1), credit: trailStart} }

// A step is the bytes from behind one value to the next, and what that is. A text begins behind its quote.
type step struct {
	first, firstMask   uint64 // the first eight bytes of gap, of which it has
	second, secondMask uint64 // the next eight
	length             int    // of gap
	next               uint16
	other              uint16 // tried where this step does not fit; 0 none
	kind               stepKind
	depth              uint8
	quoted             bool  // of logfmt: the value stands in quotes
	sure               bool  // of an end: none of the layouts that are tried first takes such a record
	alone, one         bool  // of an end in logfmt: it is a record also with no time, level and message, or one of them
	name               *name // of the value
	gap                []byte
}

type stepKind uint8

const (
	toSkipped stepKind = iota // a text that columns do not need
	toText
	toLevel
	toOther // any value
	toEnd   // there is no further value: the object's end
)

// Bounds of what is kept of objects.
const (
	maxSteps   = 1024
	maxGap     = 128 // bytes between two values
	lookAhead  = 16  // bytes that must stand behind a value's first
	maxOthers  = 24  // steps that may come next at one place
	trailCost  = 8   // objects that must be recognised to learn another one
	trailStart = 32 * trailCost
	trailMost  = 64 * trailCost
)

// A found value is one of a core field: a text, without its quotes.
type found struct {
	from, to uint32
	st       *step
}

// A way is how far along the steps an object was read.
type way struct {
	at     uint16 // the next step; 0 there is none
	i      int    // behind the last value
	n      int    // of values
	values [16]found
	stops  []uint64 // of the text, as stopBits
	quotes []uint64 // the same, of quotes in logfmt
}

// follow reads the core fields of a JSON object that is all of text, as json does.
// nil: it is none of those learned, and c is to be filled anew. Otherwise its last step.
//
// It looks at bytes behind text, which do not matter, since those of the end must be of text.
func (t *trails) follow(c *named, text []byte, s *scanner) (end *step) {
	b := text[:min(cap(text), len(text)+lookAhead)]
	w := &s.way
	if w.i, w.at = 0, t.steps[0].next; !t.begins(b, 0) {
		return nil
	}
	c.begin(text, s)
	w.stops = stopsOf(w.stops, text, jsonStops)
	for {
		st := walk(b, t.steps, w)
		for k := range w.values[:w.n] {
			c.found(b, &w.values[k])
		}
		if st == nil {
			return nil
		}
		switch j := w.i; st.kind {
		case toEnd:
			if j == len(text) || j < len(text) && skipSpace(text, j) == len(text) {
				c.end()
				t.credit = min(t.credit+1, trailMost)
				return st
			}
			w.at, w.i = st.other, j-st.length
			continue
		case toOther:
			w.i = c.value(j, st.name, int(st.depth))
		default:
			end, escaped := stringEnd(b, j)
			if w.i = end; end > 0 && st.kind != toSkipped {
				c.add(st.name, j, end, kindText, escaped)
			}
		}
		if w.i < 0 {
			return nil
		}
		w.at = st.next
	}
}

// stopsOf writes the stops of a text over bits. The first behind it is at its end or soon after.
func stopsOf(bits []uint64, text []byte, s stopBytes) []uint64 {
	words := len(text)/64 + 2
	bits = slices.Grow(bits[:0], words)[:words]
	stopBits(bits, text, s)
	bits[words-1] = 1
	return bits
}

// nextStop returns where the first stop from the i-th byte on stands.
func nextStop(stops []uint64, i int) int {
	word := uint(i) / 64
	if stop := stops[word] >> (uint(i) % 64); stop != 0 {
		return i + bits.TrailingZeros64(stop)
	}
	for word++; stops[word] == 0; word++ {
	}
	return int(word)*64 + bits.TrailingZeros64(stops[word])
}

// walk goes along the steps as far as values are texts without escapes, or whole numbers, and notes those of core fields.
// It returns the step whose value, or end, stands at w.i and is for the caller to read; nil where no step goes on.
// It calls nothing, so that what it needs stays in registers.
func walk(b []byte, steps []step, w *way) *step {
	i, at, n, stops := w.i, w.at, 0, w.stops
	for at != 0 {
		st := &steps[at]
		j := i + st.length
		if len(b)-j < lookAhead {
			break
		}
		gap := (*[16]byte)(b[i:])
		if (binary.LittleEndian.Uint64(gap[:])^st.first)&st.firstMask|(binary.LittleEndian.Uint64(gap[8:])^st.second)&st.secondMask != 0 ||
			st.length > 16 && !st.fits(b[i:j]) {
			at = st.other
			continue
		}
		if st.kind >= toOther {
			if st.kind == toOther && st.name == nil && b[j]-'1' < 9 {
				k := j + 1
				for k < len(b) && isDigit(b[k]) {
					k++
				}
				if k < len(b) && (b[k] == ',' || b[k] == '}') {
					i, at = k, st.next
					continue
				}
			}
			w.i, w.n = j, n
			return st
		}
		i = nextStop(stops, j)
		if i >= len(b) || b[i] != '"' || n == len(w.values) {
			w.i, w.n = j, n
			return st
		}
		if st.kind != toSkipped {
			w.values[n&15] = found{uint32(j), uint32(i), st}
			n++
		}
		at = st.next
	}
	w.n = n
	return nil
}

// fits reports whether b is the gap, of which the first 16 bytes are known to be.
func (st *step) fits(b []byte) bool {
	for k := 16; k < len(b); k += 8 {
		from := min(k, len(b)-8)
		if binary.LittleEndian.Uint64(b[from:]) != binary.LittleEndian.Uint64(st.gap[from:]) {
			return false
		}
	}
	return true
}

// found takes a value that walk noted.
func (c *named) found(b []byte, v *found) {
	i, n := int(v.from), v.st.name
	if v.st.kind != toLevel || len(b)-i < 8 {
		c.add(n, i, int(v.to), kindText, false)
		return
	}
	word, k := binary.LittleEndian.Uint64(b[i:]), int(v.to)-i
	m := &c.s.levels[word%uint64(len(c.s.levels))]
	if (word^m.word)&m.mask == 0 && int(m.length) == k && k > 0 {
		if p := &c.picks[logs.CoreLevel]; p.rank == 0 || n.rank < p.rank {
			c.severity = m.severity
			p.set(n, i, int(v.to), kindText, false)
		}
		return
	}
	c.add(n, i, int(v.to), kindText, false)
	if 0 < k && k < 8 {
		if severity, ok := readLevel(howText, b[i:i+k]); ok {
			mask := ^uint64(0) >> (56 - 8*k)
			*m = levelMemo{word & mask, mask, severity, uint8(k)}
		}
	}
}

// levelMemo is a level's name and the byte behind it, eight bytes at most, and what it means.
type levelMemo struct {
	word, mask uint64
	severity   logs.Severity
	length     uint8
}
