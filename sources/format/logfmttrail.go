package format

import "encoding/binary"

// followPairs reads the core fields of the pairs from text[from:] on, as logfmt
// does, where they are like those of a line before; see trails. nil: they are not, and c is to be filled anew.
func (t *trails) followPairs(c *named, text []byte, from int, s *scanner) (end *step) {
	b := text[:min(cap(text), len(text)+lookAhead)]
	w := &s.way
	if w.i, w.at = from, t.steps[0].next; !t.begins(b, from) {
		return nil
	}
	c.begin(text, s)
	w.stops = stopsOf(w.stops, text, blankStops)
	w.stops[len(text)/64] |= 1 << (len(text) % 64)
	w.quotes = stopsOf(w.quotes, text, quoteStops)
	for {
		st := walkPairs(b, len(text), t.steps, w)
		for k := range w.values[:w.n] {
			c.found(b, &w.values[k])
		}
		if st == nil {
			return nil
		}
		if st.kind == toEnd {
			c.end()
			if told := c.told(); told == 0 && !st.alone || told == 1 && !st.one {
				return nil
			}
			t.credit = min(t.credit+1, trailMost)
			return st
		}
		// A value with an escape, or one too many.
		var end int
		j, escaped := w.i, false
		if st.quoted {
			if end, escaped = quoteEnd(text, j); end < 0 {
				return nil
			}
		} else {
			end = wordEnd(text, j)
		}
		if st.kind != toSkipped {
			c.add(st.name, j, end, kindText, escaped)
		}
		w.i, w.at = end, st.next
	}
}

// begins reports whether one of the steps that come first may stand at b[i].
func (t *trails) begins(b []byte, i int) bool {
	if len(b)-i < lookAhead {
		return false
	}
	first := binary.LittleEndian.Uint64(b[i:])
	for at := t.steps[0].next; at != 0; at = t.steps[at].other {
		if st := &t.steps[at]; (first^st.first)&st.firstMask == 0 {
			return true
		}
	}
	return false
}

// walkPairs is walk for pairs: it goes on as far as values are words, or in quotes without escapes.
// size is the length of the text; its end ends a word.
func walkPairs(b []byte, size int, steps []step, w *way) *step {
	i, at, n, blanks, quotes := w.i, w.at, 0, w.stops, w.quotes
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
		if st.kind == toEnd {
			k := j
			for k < size && b[k] <= ' ' {
				k++
			}
			if k != size {
				at = st.other
				continue
			}
			w.i, w.n = j, n
			return st
		}
		if st.quoted {
			if i = nextStop(quotes, j); i >= size || b[i] != '"' || n == len(w.values) {
				w.i, w.n = j, n
				return st
			}
		} else {
			if b[j] == '"' && j < size {
				at = st.other
				continue
			}
			if i = nextStop(blanks, j); n == len(w.values) {
				w.i, w.n = j, n
				return st
			}
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

// learnPairs adds the way through the pairs from c.b[from:] on, which logfmt has read.
func (t *trails) learnPairs(c *named, from int) {
	if !t.pays() {
		return
	}
	w := walker{t: t, c: c, from: from}
	p := &c.pair
	pairs, bare, last := 0, 0, from
	for i := p.read(c, from); i >= 0 && p.from < p.to; i = p.read(c, i) {
		last = i
		if p.bare {
			bare++
			continue
		}
		if pairs++; pairs == 1 {
			key := string(c.b[p.from:p.to])
			w.sure = key != "type" && key != "node" // auditd's, of those tried before
		}
		if !w.step(p.value, textStep(p.name), p.name, 0) {
			return
		}
		w.from, t.steps[w.last].quoted = p.end, p.quoted
	}
	if w.step(last, toEnd, nil, 0) {
		st := &t.steps[w.last]
		st.sure, st.alone, st.one = w.sure, pairs > 1 && bare == 0, bare <= pairs
	}
}
