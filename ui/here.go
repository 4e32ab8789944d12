package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
)

// here is how the count of what is here stands, beside servers that take their time.
type here struct {
	asked, again bool
	full         bool      // all of it is being counted, with servers
	began        time.Time // when that began
	answers      int       // how often that has been counted
}

// Figures that have all stay for a moment while servers are asked anew, so that they do not
// change twice a second; and longer, where what is here would lack a server that they have.
const (
	hereAfter = 2 * time.Second
	hereLess  = 10 * time.Second
)

type (
	hereMsg struct {
		tallyMsg
		answers int // of here.answers when it began
	}
	// hereDueMsg says that what is here may be counted.
	hereDueMsg struct{ scope *scope }
)

// countHere counts what is here, where only some of the sources are servers.
func (m *Model) countHere(s *scope) tea.Cmd {
	h := &s.here
	if n := len(m.servers()); n == 0 || n == len(m.health) {
		return nil
	}
	h.again = true
	switch {
	case h.asked:
		return nil
	case s.tally.known && !s.tally.partly && !s.waits.stopped:
		h.asked = true
		return m.tick(hereAfter, func(time.Time) tea.Msg { return hereDueMsg{s} })
	}
	return m.hereNow(s)
}

func (d hereDueMsg) answer(m *Model) tea.Cmd {
	s := d.scope
	s.here.asked = false
	wanted := s.waits.stopped && s.here.again || s.here.full && (s.here.again || !s.tally.partly)
	if s != m.scope() || !wanted {
		return nil
	}
	return m.hereNow(s)
}

func (m *Model) hereNow(s *scope) tea.Cmd {
	s.here.asked, s.here.again = true, false
	now, of, servers, ctx := m.Now, s.census(), m.servers(), s.ctx
	answers := s.here.answers
	return func() tea.Msg {
		began := now()
		out := hereMsg{tallyMsg: tallyMsg{scope: s}, answers: answers}
		out.err = of.count(&counter{ctx: ctx, total: session.View.KnownTotals}, &out.tally)
		if out.took = now().Sub(began); out.err == nil {
			out.answersOf(servers)
		}
		return out
	}
}

// answersOf notes what of servers is in a count of what is here.
func (t *tally) answersOf(servers []string) {
	t.answers(servers, 0)
	t.known, t.partly, t.answered = true, true, 0
}

// answer takes what is here, unless servers have told more.
func (h hereMsg) answer(m *Model) tea.Cmd {
	s := h.scope
	lessFor := m.Now().Sub(s.here.began)
	switch {
	case h.err != nil:
		s.fail(h.err)
	case h.answers != s.here.answers || !s.here.full && !s.waits.stopped:
		// all has been counted since
	case s.tally.known && lessFor < hereLess && slices.ContainsFunc(h.uncounted, func(n string) bool { return !slices.Contains(s.tally.uncounted, n) }):
		// what is drawn has more
	default:
		asked, again := s.tally.asked, s.tally.again
		s.tally = h.tally
		s.tally.asked, s.tally.again = asked, again
	}
	return m.tick(max(tallyEach, 10*h.took), func(time.Time) tea.Msg { return hereDueMsg{s} })
}
