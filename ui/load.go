package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
)

// The least time between two looks at what changed; and where so much comes that
// nothing stays on the screen from one to the next, which nobody can read and every
// byte of which crosses the wire.
const (
	changesEach = 33 * time.Millisecond
	floodEach   = 100 * time.Millisecond
)

type (
	loadedMsg struct {
		scope  *scope
		number int
		anchor session.Key
		had    *session.Mark // what had arrived when they were asked for

		reading bool // sources read what was there before, when they were asked for
		partial bool // servers have not answered yet
		loaded
		err error
	}
	changedMsg struct{}
)

// refresh asks for whatever the top layer shows.
func (m *Model) refresh() tea.Cmd {
	if s := m.scope(); s.asks != m.asks() { // its views were opened before that was known
		if err := s.bind(m.Explorer, m.Now(), m.asks()); err != nil {
			s.fail(err)
		}
	}
	return tea.Batch(m.load(), m.count(), m.ofView())
}

// An asking view needs more than the items and the counts of its scope.
type asking interface{ ask(m *Model) tea.Cmd }

// ofView asks for what the top view needs beside.
func (m *Model) ofView() tea.Cmd {
	if v, ok := m.top().view.(asking); ok {
		return v.ask(m)
	}
	return nil
}

// load asks for the items around the cursor, or the last ones while following.
// While a request is under way it only notes that another is due.
func (m *Model) load() tea.Cmd {
	s := m.scope()
	if s.loads.asked {
		s.loads.again = true
		return nil
	}
	return m.loadAt(s, s.anchor())
}

// loadAt asks for the items around a key; answers to earlier requests are dropped.
func (m *Model) loadAt(s *scope, anchor session.Key) tea.Cmd {
	s.loads.number++
	s.loads.asked, s.loads.again = true, false
	number, room := s.loads.number, m.listHeight()
	s.loads.began = m.Now()
	l := loader{rows: s.rows, near: m.neighbours(s), context: s.context, around: 3 * room, room: room, events: m.events, gone: m.gone, filter: s.filter(), servers: m.servers()}
	mark, reading := m.noting(), m.reading()
	get := func(l loader, ctx context.Context, partial bool) tea.Cmd {
		return func() tea.Msg {
			had := mark() // before: what comes meanwhile may be among the items, and counts as unseen above them
			got, err := l.load(ctx, anchor)
			return loadedMsg{scope: s, number: number, anchor: anchor, had: had, reading: reading, partial: partial, loaded: got, err: err}
		}
	}
	if len(l.servers) == 0 {
		return get(l, s.ctx, false)
	}
	here := l
	here.known, here.near = true, nil
	if s.waits.stopped {
		return get(here, s.ctx, false)
	}
	asking := get(l, s.waits.ctx, false)
	if len(s.items) > 0 && len(l.servers) == len(m.health) {
		return tea.Batch(asking, m.watch(s)) // what is here is on the screen
	}
	return tea.Batch(get(here, s.waits.ctx, true), asking, m.watch(s))
}

// loaded takes the items that came.
func (m *Model) took(msg loadedMsg) tea.Cmd {
	s := msg.scope
	switch {
	case msg.number != s.loads.number:
		return nil
	case msg.partial && (msg.err != nil || !s.loads.asked || s.loses(msg.items)):
		return nil // all of it is there, or on the screen, or comes
	}
	s.loads.asked = msg.partial
	again := func() tea.Cmd {
		if s.loads.again && s == m.scope() && !msg.partial {
			return m.load()
		}
		return nil
	}
	if msg.err != nil {
		s.fail(msg.err)
		return again()
	}
	s.failure = ""
	cursor, found := msg.at, false
	had := s.list.Cursor < len(s.items)
	if had {
		before := s.items[s.list.Cursor].Key
		for i := range msg.items {
			if msg.items[i].Key == before {
				cursor, found = i, true
			}
		}
		if !found && !s.following && msg.anchor != before {
			return m.loadAt(s, s.anchor()) // the cursor has gone elsewhere since: these are not the items around it
		}
	}
	if !msg.partial && (s.loses(msg.items) || len(s.items) == 0 && s.former != nil) {
		if failed := m.failing(msg.notes); len(failed) > 0 {
			return tea.Batch(m.keepItems(s, msg.items, failed), again())
		}
	}
	if !msg.partial {
		s.former = nil
	}
	m.flood = s.following && s.replaced(msg.items)
	s.items, s.head, s.tail = msg.items, msg.head, msg.tail
	s.fetched, s.notes, s.complete = msg.fetched, msg.notes, msg.complete
	s.unanswered = m.unanswered(msg.complete)
	s.list.Replace(len(s.items), cursor)
	if s.anchorRow >= 0 {
		s.anchorRow = msg.from(s.anchorKey)
	}
	repaint := tea.Cmd(nil)
	if m.Piped && len(s.items) > 0 {
		m.Piped, repaint = false, tea.ClearScreen
	}
	switch {
	case s.following || !had && msg.anchor == session.LastKey:
		s.list.End()
	case !had:
		s.list.Place(s.line)
	}
	if msg.partial {
		return repaint
	}
	s.saw(msg.had, msg.reading || m.reading())
	m.look() // how servers are that have just answered
	return tea.Batch(repaint, again(), m.inquire(s), m.retry(s))
}

// loses reports whether a record that is on the screen is not among others.
func (s *scope) loses(items []item) bool {
	from, to := s.list.Visible()
	for i := from; i < to && i < len(s.items); i++ {
		if it := &s.items[i]; it.Record != nil && !it.context && !slices.ContainsFunc(items, func(o item) bool { return o.Key == it.Key }) {
			return true
		}
	}
	return false
}

// replaced reports whether nothing that is on the screen now will be among the last of other items.
func (s *scope) replaced(items []item) bool {
	n := len(s.items)
	if n == 0 || len(items) == 0 {
		return false
	}
	first := items[max(len(items)-s.list.Height, 0)].Key
	return s.items[n-1].Key.Compare(first) < 0
}

// jump goes to the first item from the key on.
func (m *Model) jump(key session.Key) tea.Cmd {
	s := m.scope()
	if !s.bare() {
		s.former = s.items
	}
	s.items, s.start, s.line = nil, key, s.list.Height/3
	s.list.Replace(0, 0)
	s.ask()
	return m.loadAt(s, key)
}

// wait waits for the session to change.
func (m *Model) wait() tea.Cmd {
	ctx, pause := m.ctx, changesEach
	if m.flood {
		pause = floodEach
	}
	changed := m.Explorer.Changed() // asked for before anything is looked at, so that no change is missed
	return func() tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		timer := time.NewTimer(pause) // what changes meanwhile is in the same look
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		return changedMsg{}
	}
}

// changed looks at what has changed.
func (m *Model) changed() tea.Cmd {
	wait := m.wait()
	m.look()
	if s := m.scope(); s.stale(m.Now()) {
		if err := s.bind(m.Explorer, m.Now(), m.asks()); err != nil {
			s.fail(err)
		}
	}
	return tea.Batch(wait, m.refresh())
}

func (s *scope) fail(err error) {
	if !errors.Is(err, context.Canceled) {
		s.failure = err.Error()
	}
}
