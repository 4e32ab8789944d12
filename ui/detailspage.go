package ui

import "slices"

// A page is the parts of a record below each other, of which height lines are seen
// from top on. Only what is seen is laid out: nothing here asks how many lines there are.
type page struct {
	parts  []part
	face   face
	width  int
	key    int  // cells of the column of keys; 0: there is none
	flat   bool // lines are not wrapped
	close  bool // without room between groups
	opened map[string]bool

	top    place
	cursor int // the part that keys are about
	height int
}

// A place is a line of a page: line n of a part.
type place struct{ part, line int }

func (a place) before(b place) bool {
	return a.part < b.part || a.part == b.part && a.line < b.line
}

// foldRows is how many rows of a value are seen while it is folded.
const foldRows = 3

// measured is of how many fields the keys decide how wide their column is; longer ones have a line of their own.
const measured = 256

// lay sets width and the column of keys.
func (p *page) lay(width int) {
	p.width, p.key = width, 0
	for i := range p.parts {
		p.parts[i].flow = nil
		if w := cellWidth(cleanCut(p.parts[i].key, width)); i < measured && w <= width/3 {
			p.key = max(p.key, w)
		}
	}
}

// indent is where values begin.
func (p *page) indent(i int) int {
	if p.parts[i].key == "" {
		return 1
	}
	return p.key + 3
}

// flow is the text of a part, laid out as far as was asked for.
func (p *page) flow(i int) *flow {
	q := &p.parts[i]
	if q.flow != nil {
		return q.flow
	}
	text := q.text()
	f := &flow{text: text + q.about, dim: len(text), raw: p.face == faceRaw, json: p.face == faceJSON, width: max(p.width-p.indent(i)-1, 1)}
	if p.opened[q.key] && p.face == faceFields {
		if pretty, ok := prettyOf(text); ok {
			f.text, f.json = pretty, true
		}
	}
	if f.raw {
		f.width = max(f.width-len(`\r\n`), 1)
	}
	if p.flat {
		f.width = flatWidth
	}
	if f.text == "" {
		f.done, f.rows = true, []flowRow{{}}
	}
	q.flow = f
	return f
}

// folded reports whether a part shows its first rows alone. Of JSON that is
// opened everything is seen.
func (p *page) folded(i int) bool {
	q := &p.parts[i]
	open := p.opened[q.key]
	switch {
	case p.face != faceFields:
		return false
	case q.whole:
		return open && !p.flow(i).json
	}
	return !open
}

// head is how many lines of a part stand before its value: of room, and of a long key.
func (p *page) head(i int) (room, key int) {
	if i > 0 && p.parts[i].group != p.parts[i-1].group && (!p.close || i == 1) {
		room = 1
	}
	if q := p.parts[i].key; q != "" && (len(q) > p.key || q[0] >= 0x80) && cellWidth(cleanCut(q, p.key+1)) > p.key {
		key = 1
	}
	return room, key
}

// has reports whether a part has a line n.
func (p *page) has(i, n int) bool {
	room, key := p.head(i)
	n -= room + key
	if n >= foldRows && p.folded(i) {
		return false
	}
	return n < 0 || p.flow(i).has(n)
}

// last is the last line of a part.
func (p *page) last(i int) place {
	room, key := p.head(i)
	if p.folded(i) && p.flow(i).has(foldRows-1) {
		return place{i, room + key + foldRows - 1}
	}
	return place{i, room + key + p.flow(i).all() - 1}
}

// first is the first line of a part that shows something of it.
func (p *page) first(i int) place {
	room, _ := p.head(i)
	return place{i, room}
}

// below is the place n lines below, or the last one; short is how many lines there are less.
func (p *page) below(at place, n int) (to place, short int) {
	for ; n > 0; n-- {
		switch {
		case p.has(at.part, at.line+1):
			at.line++
		case at.part+1 < len(p.parts):
			at = place{at.part + 1, 0}
		default:
			return at, n
		}
	}
	return at, 0
}

// above is the place n lines above, or the first one.
func (p *page) above(at place, n int) place {
	for ; n > 0; n-- {
		switch {
		case at.line > 0:
			at.line--
		case at.part > 0:
			at = p.last(at.part - 1)
		default:
			return at
		}
	}
	return at
}

// bottom is the last line that is seen.
func (p *page) bottom() place {
	to, _ := p.below(p.top, p.height-1)
	return to
}

// settle keeps the window full, as far as there are lines.
func (p *page) settle() {
	p.cursor = max(0, min(p.cursor, len(p.parts)-1))
	if p.top.part >= len(p.parts) || p.top.line > 0 && !p.has(p.top.part, p.top.line) {
		p.top = p.last(min(p.top.part, len(p.parts)-1))
	}
	if end, short := p.below(p.top, p.height-1); short > 0 {
		p.top = p.above(end, p.height-1)
	}
}

// reveal moves the window so that a line is in it.
func (p *page) reveal(at place) {
	if at.before(p.top) {
		p.top = at
		if room, _ := p.head(at.part); at.line == room && at.part > 0 {
			p.top.line = 0
		}
	}
	if bottom := p.bottom(); bottom.before(at) {
		p.top = p.above(at, p.height-1)
	}
	p.settle()
}

// down goes to the next field; of one whose end is not seen, a line on.
func (p *page) down() {
	bottom := p.bottom()
	tall := bottom.part == p.cursor && p.has(bottom.part, bottom.line+1)
	switch {
	case tall || p.cursor == len(p.parts)-1:
		p.top, _ = p.below(p.top, 1)
		p.settle()
	default:
		p.cursor++
		p.show()
	}
}

// up goes to the field before; of one whose beginning is not seen, a line back.
func (p *page) up() {
	switch {
	case p.first(p.cursor).before(p.top) || p.cursor == 0:
		p.top = p.above(p.top, 1)
	default:
		p.cursor--
		if p.tall(p.cursor) {
			p.reveal(p.last(p.cursor))
		} else {
			p.reveal(p.first(p.cursor))
		}
	}
	p.settle()
}

// tall reports whether a part has more lines than are seen.
func (p *page) tall(i int) bool { return p.has(i, p.height) }

// show moves the window so that the part under the cursor is in it, its beginning if not all of it.
func (p *page) show() {
	if !p.tall(p.cursor) {
		p.reveal(p.last(p.cursor))
	}
	p.reveal(p.first(p.cursor))
}

// scroll moves the window by n lines, and the cursor with it.
func (p *page) scroll(n int) {
	if n > 0 {
		p.top, _ = p.below(p.top, n)
	} else {
		p.top = p.above(p.top, -n)
	}
	before := p.top
	p.settle()
	first, last := p.top.part, p.bottom().part
	if first < last && p.first(first).before(p.top) {
		first++ // its beginning is not seen
	}
	switch {
	case p.cursor < first:
		p.cursor = first
	case p.cursor > last:
		p.cursor = last
	}
	if n > 0 && p.top != before { // the end: the cursor goes there
		p.cursor = len(p.parts) - 1
	} else if n < 0 && p.top == (place{}) {
		p.cursor = 0
	}
}

// toEnd goes to the last line.
func (p *page) toEnd() {
	p.cursor = len(p.parts) - 1
	p.top = p.above(p.last(p.cursor), p.height-1)
}

// turn folds or unfolds the part under the cursor.
func (p *page) turn() {
	q := &p.parts[p.cursor]
	if p.opened[q.key] {
		delete(p.opened, q.key)
	} else {
		p.opened[q.key] = true
	}
	for i := range p.parts {
		if p.parts[i].key == q.key {
			p.parts[i].flow = nil
		}
	}
	p.show()
}

// find is the part with a key: the n-th of them; the nearest place where there is none.
func (p *page) find(key string, near int) int {
	if i := slices.IndexFunc(p.parts, func(q part) bool { return q.key == key }); i >= 0 {
		return i
	}
	return max(0, min(near, len(p.parts)-1))
}
