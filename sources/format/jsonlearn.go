package format

import (
	"bytes"
	"encoding/binary"

	"github.com/lxlog/lx/logs"
)

// learn adds the way through the JSON object that is all of c.b, which json has read.
func (t *trails) learn(c *named) {
	if !t.pays() {
		return
	}
	w := walker{t: t, c: c}
	if i := w.object(1, nodeRoot, 1); i > 0 && w.step(i, toEnd, nil, 0) {
		t.steps[w.last].sure = w.sure
	}
}

// pays reports whether there is credit to learn another record, and makes room for it.
func (t *trails) pays() bool {
	if t.credit < trailCost {
		t.credit++
		return false
	}
	t.credit -= trailCost
	if len(t.steps) > maxSteps {
		clear(t.steps)
		t.steps = t.steps[:1]
	}
	return true
}

// A walker learns an object.
type walker struct {
	t    *trails
	c    *named
	last uint16 // the step before
	from int    // behind the last value
	sure bool   // a key is none of Docker's
}

// object walks the members of an object whose first byte behind { is b[i], and returns the offset behind its end; -1 where it is not to be learned.
func (w *walker) object(i int, node uint8, depth int) int {
	for first := true; ; first = false {
		m, next := w.c.member(i, first)
		if m.value == 0 {
			return next
		}
		key := w.c.b[m.from:m.to]
		w.sure = w.sure || depth == 1 && !dockerKey(key)
		if m.escaped {
			key = appendUnescaped(nil, key)
		}
		if i = w.value(m.value, names.find(node, key), depth); i < 0 {
			return -1
		}
	}
}

// value walks the value at b[i] and returns the offset behind it.
func (w *walker) value(i int, n *name, depth int) int {
	b := w.c.b
	switch {
	case b[i] == '"':
		end, _ := stringEnd(b, i+1)
		if !w.step(i+1, textStep(n), n, depth) {
			return -1
		}
		w.from = end
		return end + 1
	case b[i] == '{' && depth < maxDepth:
		inside := nodeNone
		if n != nil {
			inside = n.inside
		}
		return w.object(i+1, inside, depth+1)
	}
	if !w.step(i, toOther, n, depth) {
		return -1
	}
	w.from = w.c.value(i, nil, depth)
	return w.from
}

// textStep is the kind of the step to a text that is the value of a name.
func textStep(n *name) stepKind {
	switch {
	case n == nil || n.core == logs.CoreNone || n.core == logs.CoreHost || n.core == logs.CoreSpan: // no columns
		return toSkipped
	case n.core == logs.CoreLevel && n.how == howText:
		return toLevel
	}
	return toText
}

// step adds the step to the value at b[to], unless it is known; false where there is no room.
func (w *walker) step(to int, kind stepKind, n *name, depth int) bool {
	gap := w.c.b[w.from:to]
	if len(gap) > maxGap || len(w.t.steps) > 2*maxSteps {
		return false
	}
	steps := w.t.steps
	at, before := steps[w.last].next, uint16(0)
	for range maxOthers {
		if at == 0 {
			at = w.t.add(gap, kind, n, depth)
			if before == 0 {
				w.t.steps[w.last].next = at
			} else {
				w.t.steps[before].other = at
			}
		}
		if st := &w.t.steps[at]; bytes.Equal(st.gap, gap) && st.kind == kind {
			w.last = at
			return true
		}
		at, before = steps[at].other, at
	}
	return false
}

func (t *trails) add(gap []byte, kind stepKind, n *name, depth int) uint16 {
	st := step{gap: append([]byte(nil), gap...), length: len(gap), kind: kind, name: n, depth: uint8(depth)}
	var text, mask [16]byte
	copy(text[:], gap)
	for i := range min(len(gap), len(mask)) {
		mask[i] = 0xff
	}
	st.first, st.firstMask = binary.LittleEndian.Uint64(text[:]), binary.LittleEndian.Uint64(mask[:])
	st.second, st.secondMask = binary.LittleEndian.Uint64(text[8:]), binary.LittleEndian.Uint64(mask[8:])
	t.steps = append(t.steps, st)
	return uint16(len(t.steps) - 1)
}

// dockerKey reports whether Docker's lines may have a key.
func dockerKey(key []byte) bool {
	switch string(key) {
	case "log", "stream", "time", "attrs", "_p", "logtag":
		return true
	}
	return false
}
