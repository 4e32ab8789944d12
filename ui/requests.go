package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// changesEach is the least time between two looks at what changed.
const changesEach = 33 * time.Millisecond

type (
	pageMsg struct {
		asked  int
		page   session.Page
		anchor session.Key
		err    error
	}
	totalsMsg struct {
		view        session.View
		matched, of summary.Count
		err         error
	}
	changedMsg struct{ health []session.Health }
)

// fetch asks for the rows around the cursor, or the last ones while following.
// While a request is under way it only notes that another is due.
func (m *Model) fetch() tea.Cmd {
	if m.asking {
		m.again = true
		return nil
	}
	return m.fetchAt(m.anchor())
}

// anchor is the key around which rows are shown: the cursor's, the end while following.
func (m *Model) anchor() session.Key {
	if row, ok := m.current(); ok && !m.following {
		return row.Key
	}
	return session.LastKey
}

// fetchAt asks for the rows around a key; answers to earlier requests are dropped.
func (m *Model) fetchAt(anchor session.Key) tea.Cmd {
	m.asked++
	m.asking, m.again = true, false
	ctx, view, asked, around := m.ctx, m.view, m.asked, 3*m.room()
	return func() tea.Msg {
		page, err := view.Rows(ctx, anchor, around, around)
		return pageMsg{asked, page, anchor, err}
	}
}

// count asks how many records there are, and how many match.
func (m *Model) count() tea.Cmd {
	if m.totals {
		m.recount = true
		return nil
	}
	m.totals, m.recount = true, false
	ctx, view, all, filtered := m.ctx, m.view, m.everything, m.filtered()
	return func() tea.Msg {
		of, err := all.Count(ctx)
		if err != nil {
			return totalsMsg{view: view, err: err}
		}
		if !filtered {
			return totalsMsg{view, of, of, nil}
		}
		matched, err := view.Count(ctx)
		return totalsMsg{view, matched, of, err}
	}
}

// wait waits for the session to change.
func (m *Model) wait() tea.Cmd {
	ctx, x := m.ctx, m.Explorer
	changed := x.Changed() // asked for before anything is looked at, so that no change is missed
	return func() tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		timer := time.NewTimer(changesEach) // what changes meanwhile is in the same look
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		return changedMsg{x.Health()}
	}
}

// arrived takes the rows that came.
func (m *Model) arrived(msg pageMsg) tea.Cmd {
	if msg.asked != m.asked {
		return nil
	}
	m.asking = false
	if msg.err != nil {
		m.fail(msg.err)
		if m.again {
			return m.fetch()
		}
		return nil
	}
	m.failure = ""
	cursor, found := msg.page.At, false
	before, had := m.current()
	if had {
		for i, r := range msg.page.Rows {
			if r.Key.Compare(before.Key) == 0 {
				cursor, found = i, true
			}
		}
	}
	if had && !found && !m.following && msg.anchor != before.Key {
		return m.fetch() // the cursor has gone elsewhere since: these are not the rows around it
	}
	m.page = msg.page
	m.list.Replace(len(msg.page.Rows), cursor)
	if m.following || !had && msg.anchor == session.LastKey {
		m.list.End()
	}
	if m.again {
		return m.fetch()
	}
	return nil
}

// counted takes the totals that came.
func (m *Model) counted(msg totalsMsg) tea.Cmd {
	m.totals = false
	if msg.err != nil {
		m.fail(msg.err)
	} else if msg.view == m.view {
		m.matched, m.of = msg.matched, msg.of
	}
	if m.recount || msg.view != m.view {
		return m.count()
	}
	return nil
}

func (m *Model) fail(err error) {
	if !errors.Is(err, context.Canceled) {
		m.failure = err.Error()
	}
}
