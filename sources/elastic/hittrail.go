package elastic

import (
	"bytes"
	"encoding/json"
)

// A hitTrail reads the hits of one answer. They differ in few places, so that what
// stood between those in the hit before is compared as a whole; what it means is known.
type hitTrail struct {
	b     []byte
	sorts []json.RawMessage // room for the sort values of all hits

	index string    // of the hit before
	gaps  [4][]byte // of it: up to its id's text, from there up to its source, to its sort values, and to its end; none: nil
}

// hit reads the hit at b[i], and returns the offset behind it; -1 where that is for encoding/json.
func (t *hitTrail) hit(h *answeredHit, i int) int {
	if end := t.follow(h, i); end > 0 {
		return end
	}
	return t.walk(h, i)
}

// follow reads a hit that is like the one before; -1 where it is not. What it has found by then, walk finds as well.
func (t *hitTrail) follow(h *answeredHit, i int) int {
	b := t.b
	if t.gaps[0] == nil || !bytes.HasPrefix(b[i:], t.gaps[0]) {
		return -1
	}
	h.Index = t.index
	if h.DocID, i = quickText(b, i+len(t.gaps[0])-1); i < 0 || !bytes.HasPrefix(b[i:], t.gaps[1]) {
		return -1
	}
	from := i + len(t.gaps[1])
	if i = objectEnd(b, from); i < 0 || !bytes.HasPrefix(b[i:], t.gaps[2]) {
		return -1
	}
	h.Source = b[from:i]
	if h.Sort, i = t.sort(i + len(t.gaps[2])); i < 0 || !bytes.HasPrefix(b[i:], t.gaps[3]) {
		return -1
	}
	return i + len(t.gaps[3])
}

// sort reads the sort values at b[i]; end is -1 where there are none.
func (t *hitTrail) sort(i int) (values []json.RawMessage, end int) {
	first := len(t.sorts)
	end = elements(t.b, i, func(i int) int {
		end := jsonEnd(t.b, i)
		if end > 0 {
			t.sorts = append(t.sorts, t.b[i:end])
		}
		return end
	})
	return t.sorts[first:len(t.sorts):len(t.sorts)], end
}

// walk reads a hit member by member, and notes what stands between those that differ.
func (t *hitTrail) walk(h *answeredHit, start int) int {
	const (
		index = 1 << iota
		id
		source
		sort
		fields
	)
	b := t.b
	var ids, sources, sorts [2]int // from where to where these are
	m := membersOf(b, start)
	for m.next() {
		at, bit := [2]int{m.i, -1}, uint8(0)
		switch string(m.name) {
		case "_index":
			bit = index
			h.Index, at[1] = quickText(b, at[0])
		case "_id":
			bit = id
			h.DocID, at[1] = quickText(b, at[0])
			ids = at
		case "_source":
			bit = source
			if at[1] = objectEnd(b, at[0]); at[1] > 0 {
				h.Source = b[at[0]:at[1]]
			}
			sources = at
		case "sort":
			bit = sort
			h.Sort, at[1] = t.sort(at[0])
			sorts = at
		case "fields":
			bit = fields
			if end := objectEnd(b, at[0]); end > 0 && json.Unmarshal(b[at[0]:end], &h.Fields) == nil {
				at[1] = end
			}
		default:
			at[1] = jsonEnd(b, at[0])
		}
		if bit != 0 && !m.first(bit) {
			return -1
		}
		m.i = at[1]
	}
	if m.i > 0 && m.seen == index|id|source|sort && ids[1] < sources[0] && sources[1] < sorts[0] {
		t.index = h.Index
		t.gaps = [4][]byte{b[start : ids[0]+1], b[ids[1]:sources[0]], b[sources[1]:sorts[0]], b[sorts[1]:m.i]}
	}
	return m.i
}

// objectEnd returns the offset behind the object at b[i]; -1 where there is none.
func objectEnd(b []byte, i int) int {
	if i >= len(b) || b[i] != '{' {
		return -1
	}
	return jsonEnd(b, i)
}
