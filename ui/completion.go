package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/ui/complete"
)

// Of the popup: lines, and things that are proposed.
const (
	popupLines   = 8
	maxProposals = 50
)

// completion is what is proposed for the word at the cursor of the filter bar.
type completion struct {
	open   bool
	closed bool // by a key
	found  complete.Proposals
	choice int    // that stands in the text; -1: none
	was    string // text and cursor, in bytes, before anything was chosen
	wasAt  int
}

// propose opens the popup where there is something to propose. What was asked for
// by a key shows all; while typing, what is no news stays away.
func (b *filterBox) propose(m *Model, asked bool) {
	b.completion = completion{choice: -1, was: b.text(), wasAt: b.offset()}
	if b.text() == "" && !asked {
		return
	}
	b.found = m.proposals(b.text(), b.offset())
	b.open = len(b.found.List) > 0 && (asked || telling(&b.found, b.text()))
}

// telling reports whether proposals say more than what stands there, and that "and" may follow.
func telling(p *complete.Proposals, text string) bool {
	return slices.ContainsFunc(p.List, func(c query.Candidate) bool {
		if p.Place == query.Behind {
			return c.Insert != "and " && c.Insert != "or "
		}
		return p.Prefix != "" && c.Insert != text[p.From:p.To] || p.Place == query.AtValue && p.Prefix == ""
	})
}

// learned proposes anew from what has been found since, unless something is chosen already.
func (b *filterBox) learned(m *Model) {
	switch {
	case b.choice >= 0:
	case b.open:
		b.propose(m, true)
	case !b.closed && b.text() == b.was && b.offset() == b.wasAt: // nothing was known when it was typed
		b.propose(m, false)
	}
}

// complete is Tab, by is 1, and Shift-Tab, -1: it opens the popup, completes what
// all have in common, then chooses one after the other.
func (b *filterBox) complete(m *Model, by int) tea.Cmd {
	if !b.open {
		b.propose(m, true)
		if !b.open {
			m.notice = "nothing to complete here"
			return nil
		}
		if b.text() == "" {
			return nil // what there is was asked for, not the first of it
		}
	}
	if b.choice < 0 && by > 0 {
		if text, ok := b.common(); ok {
			b.place(b.text()[:b.found.From]+text+b.text()[b.found.To:], b.found.From+len(text))
			cmd := b.edited(m)
			b.propose(m, true)
			return cmd
		}
	}
	n := len(b.found.List)
	if b.choice += by; b.choice < 0 {
		b.choice = n - 1
	}
	b.choice %= n
	b.place(b.found.Choose(b.choice))
	chosen := b.completion
	cmd := b.edited(m)
	if b.completion = chosen; n == 1 {
		b.propose(m, false) // what comes behind it
	}
	return cmd
}

// common is what all proposals begin with, if that is more than what is typed.
func (b *filterBox) common() (string, bool) {
	text, list := b.found.List[0].Insert, b.found.List
	for _, c := range list[1:] {
		n := 0
		for n < len(text) && n < len(c.Insert) && text[n] == c.Insert[n] {
			n++
		}
		text = strings.ToValidUTF8(text[:n], "")
	}
	typed := b.text()[b.found.From:b.offset()]
	return text, len(list) > 1 && len(text) > len(typed) && strings.HasPrefix(text, typed) && !strings.HasPrefix(text, `"`)
}

// place puts a text into the bar, the cursor at a byte of it.
func (b *filterBox) place(text string, at int) {
	b.set(text)
	b.input.at = len([]rune(text[:at]))
}

// dismiss closes the popup; what was chosen in it is taken back.
func (b *filterBox) dismiss() {
	if b.choice >= 0 {
		b.place(b.was, b.wasAt)
	}
	b.open, b.closed = false, true
}

// over implements popup.
func (b *filterBox) over(m *Model, width, height int) []string {
	if !b.open || height < 2 {
		return nil
	}
	list, first := b.found.List, 0
	n := min(popupLines, height-1, len(list))
	if b.choice >= n {
		first = b.choice - n + 1
	}
	cells := b.cells(width)
	lines := make([]string, n)
	for i := range lines {
		lines[i] = b.proposal(m, first+i, cells)
	}
	return lines
}

// proposalCells are the widths of the popup's columns; 0: left out.
type proposalCells struct{ text, count, about int }

func (c proposalCells) width() int {
	w := c.text + 4
	for _, n := range []int{c.count, c.about} {
		if n > 0 {
			w += n + 2
		}
	}
	return w
}

// Widths of columns of the popup, at most.
const maxProposalText, maxProposalAbout = 40, 36

// cells lays the popup out: the text keeps its room, what is about it goes first.
func (b *filterBox) cells(width int) (c proposalCells) {
	for _, p := range b.found.List {
		c.text = max(c.text, cellWidth(cleanCut(nonEmptyOr(p.Text, p.Insert), maxProposalText)))
		c.about = max(c.about, min(cellWidth(p.About), maxProposalAbout))
		if p.Count > 0 {
			c.count = max(c.count, len(thousands(p.Count)))
		}
	}
	if c.width() > width {
		c.about = 0
	}
	if c.width() > width {
		c.count = 0
	}
	c.text = max(min(c.text, c.text+width-c.width()), 1)
	return c
}

// proposal draws a line of the popup.
func (b *filterBox) proposal(m *Model, i int, c proposalCells) string {
	p, t := b.found.List[i], m.Theme
	text := pad(cleanCut(nonEmptyOr(p.Text, p.Insert), c.text), c.text)
	count, about := "", ""
	if c.count > 0 {
		if p.Count > 0 {
			count = thousands(p.Count)
		}
		count = "  " + strings.Repeat(" ", c.count-len(count)) + count
	}
	if c.about > 0 {
		about = "  " + pad(cleanCut(p.About, c.about), c.about)
	}
	edge := t.Dim.Render(m.Glyphs.Track)
	if i == b.choice {
		return edge + t.Cursor.Render(m.Glyphs.Cursor+text+count+about+" ") + edge
	}
	return edge + " " + text + t.Dim.Render(count+about) + " " + edge
}

// indent is the cell at which the popup begins: that of the word, if there is room.
func (b *filterBox) indent(width int) int {
	word := len("& ") + cellWidth(clean(b.text()[:min(b.found.From, len(b.text()))]))
	return max(0, min(word, width-b.cells(width).width()))
}
