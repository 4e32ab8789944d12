package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// A hit is where a text stands in a record: in a part's value, or at -1 in its key.
type hit struct{ part, at int }

// finding is what is looked for in the record: what was typed here, else the search of the list.
func (d *details) finding(m *Model) *search {
	if d.find.text != "" {
		return &d.find
	}
	return &m.search
}

// in is the first hit in s from a byte on; -1 where there is none. back: the last one before it.
func (f *search) in(s string, from int, back bool) int {
	what := f.text
	if !f.exact() {
		lower := strings.ToLower(s)
		if len(lower) == len(s) { // else places in it are others: capitals count then
			s = lower
		}
		what = strings.ToLower(what)
	}
	switch {
	case back:
		return strings.LastIndex(s[:min(max(from+len(what)-1, 0), len(s))], what)
	case from >= len(s):
		return -1
	}
	if i := strings.Index(s[from:], what); i >= 0 {
		return from + i
	}
	return -1
}

// within are the hits that are seen in the bytes from, to of a text.
func (f *search) within(text string, from, to int) (out []span) {
	if f.text == "" {
		return nil
	}
	n := len(f.text)
	low := max(from-n+1, 0)
	piece := text[low:min(to+n-1, len(text))]
	for at := 0; ; at += n {
		if at = f.in(piece, at, false); at < 0 {
			return out
		}
		out = append(out, span{from: low + at, to: low + at + n})
	}
}

// marked is a short text in a style, its hits in theirs.
func (f *search) marked(text string, base, found lipgloss.Style) string {
	at, out := 0, ""
	for _, h := range f.within(text, 0, len(text)) {
		out += base.Render(text[at:h.from]) + found.Render(text[h.from:h.to])
		at = h.to
	}
	if at < len(text) {
		out += base.Render(text[at:])
	}
	return out
}

// seek goes to the nearest hit from a place on, or before it; false where there is none.
func (d *details) seek(f *search, from hit, down bool) bool {
	p := &d.page
	at := from.at
	for i := from.part; i >= 0 && i < len(p.parts); {
		if found, ok := f.inPart(p, i, at, down); ok {
			d.goTo(f, hit{i, found})
			return true
		}
		if down {
			i, at = i+1, -1
		} else if i--; i >= 0 {
			at = len(p.flow(i).text)
		}
	}
	return false
}

// inPart is the nearest hit in a part: -1 is its key.
func (f *search) inPart(p *page, i, at int, down bool) (int, bool) {
	inKey := f.in(p.parts[i].key, 0, false) >= 0
	text := p.flow(i).text
	switch {
	case down && at < 0 && inKey:
		return -1, true
	case down:
		found := f.in(text, max(at, 0), false)
		return found, found >= 0
	}
	if at > 0 {
		if found := f.in(text, at, true); found >= 0 {
			return found, true
		}
	}
	return -1, at > -1 && inKey
}

// goTo puts cursor and window on a hit, and unfolds what hides it.
func (d *details) goTo(f *search, h hit) {
	p := &d.page
	p.cursor, d.hit, d.fresh = h.part, h, false
	if h.at < 0 {
		p.reveal(p.first(h.part))
		return
	}
	n := p.flow(h.part).rowOf(h.at)
	if n >= foldRows && p.folded(h.part) {
		p.turn()
		if h.at = f.in(p.flow(h.part).text, 0, false); h.at < 0 { // as JSON it is written otherwise
			return
		}
		n, d.hit = p.flow(h.part).rowOf(h.at), h
	}
	room, key := p.head(h.part)
	p.reveal(place{h.part, room + key + n})
	if p.flat {
		l := p.flow(h.part)
		before := l.cells(flowRow{from: l.rows[n].from, to: h.at})
		if seen := p.width - p.indent(h.part) - len(f.text); before < d.left || before > d.left+seen {
			d.left = max(before-seen/2, 0)
		}
	}
}

// nextHit goes to the next hit in the record.
func (d *details) nextHit(m *Model, down bool) {
	f := d.finding(m)
	if f.text == "" {
		d.openFind(m)
		return
	}
	from := d.hit
	switch {
	case from.part != d.page.cursor || d.fresh:
		from = hit{d.page.cursor, -1}
		if !down {
			from.at = 0
		}
	case down:
		from.at++
	}
	if d.seek(f, from, down) {
		return
	}
	if m.notice = "no hit below in this record"; !down {
		m.notice = "no hit above in this record"
	}
}

// recordFind is where the text is typed that is looked for in a record.
type recordFind struct {
	line
	details *details
	from    page
	old     search
}

func (d *details) openFind(m *Model) {
	b := &recordFind{details: d, from: d.page, old: d.find}
	b.past = m.searched
	m.box = b
}

func (b *recordFind) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		m.box = nil
		if b.text() != "" {
			m.searched = append(m.searched, b.text())
		}
		b.look(m)
	case keys.Cancel:
		m.box = nil
		b.details.find = b.old
		b.back()
	default:
		if b.recall(action) || b.edit(k.String(), k.Text) {
			b.look(m)
		}
	}
	return nil
}

// edited looks at once: a record is searched faster than a key is pressed.
func (b *recordFind) edited(m *Model) tea.Cmd { //nolint:unparam // as every typed box
	b.look(m)
	return nil
}

func (b *recordFind) settled(*Model) tea.Cmd { return nil }

func (b *recordFind) back() {
	p := &b.details.page
	p.top, p.cursor = b.from.top, b.from.cursor
	p.settle()
}

// look goes to the first hit from where the box was opened, else to the first of all.
func (b *recordFind) look(m *Model) {
	d := b.details
	d.find.set(b.text())
	b.back()
	if b.text() != "" && !d.seek(&d.find, hit{b.from.cursor, -1}, true) && !d.seek(&d.find, hit{0, -1}, true) {
		m.notice = "not in this record"
	}
}

func (b *recordFind) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "/", -1, width)
}

func (b *recordFind) footer(*Model) []hint {
	return []hint{{"Enter", "search"}, {"Esc", "close"}, {"", "in this record alone; capitals count where there are any"}}
}
