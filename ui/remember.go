package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	remembered "github.com/lxlog/lx/ui/place"
)

// A Keeper remembers the place of the sources that are looked at. It is called
// beside the screen's loop.
type Keeper interface {
	// Keep remembers the place. A note says why it could not, for people; "": it could.
	Keep(p remembered.Place) (note string)
}

// keepAfter is how long after a change of the bookmarks they are kept, with all that changes until then.
const keepAfter = 3 * time.Second

type (
	keepMsg struct{}
	keptMsg struct{ note string }
)

// keepSoon has the bookmarks kept in a moment.
func (m *Model) keepSoon() tea.Cmd {
	if m.Keeper == nil || m.marks.soon {
		return nil
	}
	m.marks.soon = true
	return m.tick(keepAfter, func(time.Time) tea.Msg { return keepMsg{} })
}

func (keepMsg) answer(m *Model) tea.Cmd {
	m.marks.soon = false
	p, k := m.Here(), m.Keeper
	return func() tea.Msg { return keptMsg{k.Keep(p)} }
}

func (k keptMsg) answer(m *Model) tea.Cmd { //nolint:unparam // as asked has it
	if k.note != "" && !slices.Contains(m.Banners, k.note) {
		m.Banners = append(m.Banners, k.note)
	}
	return nil
}

// Here is how the sources are looked at now. It is asked for when the screen is left.
func (m *Model) Here() remembered.Place {
	s := m.layers[0].scope
	p := remembered.Place{Filter: s.text(), Shown: m.Columns, TimeDisplay: m.times.name(), Wrap: m.Wrap, Context: s.context}
	if s.level > 0 {
		p.Level = strings.ToLower(s.level.String())
	}
	if p.Range.Last = s.last; s.last == 0 {
		if s.from != logs.NoTime {
			p.Range.From = s.from
		}
		if s.to != logs.NoTime {
			p.Range.To = s.to
		}
	}
	for _, k := range m.marks.list {
		p.Bookmarks = append(p.Bookmarks, k.Bookmark)
	}
	return p
}

// Asked are the queries that were typed, in their order.
func (m *Model) Asked() []string { return m.asked }

// restore makes the selection, and what is shown, that of a place.
func (m *Model) restore(p remembered.Place, sel selection) selection {
	if p.Filter != "" {
		n, fault := parsed(p.Filter)
		if fault != nil {
			m.Banners = append(m.Banners, "the filter of before is not restored: "+clean(fault.Message))
		} else {
			sel.query = meaning(n)
		}
	}
	if least, ok := leastLevel(p.Level); ok {
		sel.level = least
	}
	switch {
	case p.Range.Last > 0:
		sel.last, sel.from, sel.to = p.Range.Last, logs.NoTime, logs.NoTime
	case p.Range != remembered.Range{}:
		sel.last, sel.from, sel.to = 0, orNone(p.Range.From), orNone(p.Range.To)
	}
	if len(p.Shown) > 0 {
		m.Columns = p.Shown
	}
	if p.TimeDisplay != "" {
		m.times = timesNamed(p.TimeDisplay)
	}
	m.Wrap = m.Wrap || p.Wrap
	m.marks.restore(p.Bookmarks)
	return sel
}

// orNone is logs.NoTime for 0.
func orNone(t int64) int64 {
	if t == 0 {
		return logs.NoTime
	}
	return t
}

// name is the display's in the configuration; "" for the first.
func (d timeDisplay) name() string {
	return [...]string{"", "utc", "written", "relative", "delta"}[d]
}
