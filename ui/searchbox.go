package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// searchBox is where the text to search is typed.
type searchBox struct {
	line
	from      session.Key // where the search began
	following bool        // the list did
	old       string      // what was looked for before
	begun     int         // number of the search when its text was typed
	version   int
}

func (m *Model) openSearch() {
	s := m.scope()
	b := &searchBox{from: s.anchor(), following: s.following, old: m.search.text}
	b.past = m.searched
	s.stop()
	m.box = b
}

func (b *searchBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		m.box = nil
		if b.text() == "" {
			m.search.set("")
			return nil
		}
		m.searched = append(m.searched, b.text())
		if m.search.text == b.text() && m.search.number > b.begun && (m.search.sure || !m.asks()) {
			return nil // it is looked for, or found
		}
		m.search.set(b.text())
		return m.seek(b.from, true, true)
	case keys.Cancel:
		m.box = nil
		m.search.set(b.old)
		if b.following {
			return m.end()
		}
		return m.goTo(b.from)
	case keys.Turn:
		return b.turn(m)
	}
	if b.recall(action) || b.edit(k.String(), k.Text) {
		return b.edited(m)
	}
	return nil
}

// edited marks the hits on the screen, and looks for the first one when nothing more is typed.
func (b *searchBox) edited(m *Model) tea.Cmd {
	m.search.set(b.text())
	b.begun = m.search.number
	return m.afterTyping(b, &b.version)
}

func (b *searchBox) settled(m *Model) tea.Cmd {
	if b.text() == "" {
		return nil
	}
	return m.seek(b.from, true, true)
}

// turn makes a filter of the search.
func (b *searchBox) turn(m *Model) tea.Cmd {
	text := b.text()
	m.search.set(b.old)
	gather := m.openFilter()
	f := m.box.(*filterBox)
	if text != "" {
		found := query.Substring(text).String()
		if f.text() != "" {
			found = " and " + found
		}
		f.insert(found)
	}
	return tea.Batch(gather, f.edited(m))
}

// turn makes a search of the filter's text.
func (b *filterBox) turn(m *Model) tea.Cmd {
	text := b.text()
	if n, fault := parsed(text); fault == nil && n != nil {
		if sub, ok := query.SubstringOf(n); ok {
			text = sub
		}
	}
	cmd := b.cancel(m)
	m.openSearch()
	s := m.box.(*searchBox)
	s.set(text)
	return tea.Batch(cmd, s.edited(m))
}

func (b *searchBox) status(m *Model, width int) (string, int) {
	count := ""
	switch f := &m.search; {
	case f.text == "":
	case m.asks(): // the server is not asked for all of them
	case f.known && f.of == m.scope():
		count = m.Theme.Dim.Render("in ") + plural64(f.hits, "record")
	default:
		count = m.Theme.Dim.Render("counting")
	}
	return b.drawBeside(m.Theme, "/", -1, count, width)
}

func (b *searchBox) footer(*Model) []hint {
	return []hint{{"Enter", "search"}, {"Ctrl-t", "as filter"}, {"Esc", "close"}, {"", "capitals count where there are any"}}
}
