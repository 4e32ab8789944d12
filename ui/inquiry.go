package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// An explainer says why a filter selects nothing.
type explainer interface {
	Why(ctx context.Context, f session.Filter, wider []session.Range, progress func(session.Why)) (session.Why, error)
}

// inquiryEach is the least time between two answers to the same question; it may
// take a tenth of the time. What a text that is being typed lacks is not asked at once.
const (
	inquiryEach  = 3 * time.Second
	inquiryPause = 200 * time.Millisecond
)

// inquiry is why a scope lists nothing, as far as that is known.
type inquiry struct {
	why    session.Why
	known  bool // why tells something
	wider  []widening
	choice int // of its offers

	cancel context.CancelFunc // of the one under way; nil: there is none
	due    bool               // one begins, or rests
	again  bool               // something has changed since it began
	err    error
}

// stop ends the work; the list has something.
func (q *inquiry) stop() {
	if q.cancel != nil {
		q.cancel()
	}
	q.known, q.again = false, false
}

type (
	inquireMsg struct{ scope *scope } // it may begin
	toldMsg    struct {
		scope *scope
		why   session.Why
		next  tea.Cmd // for what is told after it
	}
	inquiredMsg struct {
		scope *scope
		why   session.Why
		err   error
		took  time.Duration
	}
)

// inquire asks why nothing is listed, unless that is under way.
func (m *Model) inquire(s *scope) tea.Cmd {
	if _, ok := m.Explorer.(explainer); !ok || s.node() == nil && s.level == 0 && !s.ranged() {
		return nil
	}
	if !s.bare() || m.spared(s) {
		s.inquiry.stop()
		return nil
	}
	if s.inquiry.due {
		s.inquiry.again = true
		return nil
	}
	s.inquiry.due = true
	return m.tick(inquiryPause, func(time.Time) tea.Msg { return inquireMsg{s} })
}

func (g inquireMsg) answer(m *Model) tea.Cmd {
	s := g.scope
	q := &s.inquiry
	if q.due = false; s != m.scope() || !s.bare() || m.spared(s) {
		return nil
	}
	ctx, cancel := context.WithCancel(s.ctx)
	q.due, q.again, q.cancel = true, false, cancel
	x, f, now := m.Explorer.(explainer), s.filter(), m.Now
	q.wider = widenings(s.selection, now())
	ranges := make([]session.Range, len(q.wider))
	for i, w := range q.wider {
		ranges[i] = w.Range
	}
	told := make(chan session.Why, 1) // the newest alone
	tell := func(w session.Why) {
		select {
		case <-told:
		default:
		}
		told <- w // its place is free: nobody else puts anything in
	}
	ask := func() tea.Msg {
		defer close(told)
		began := now()
		why, err := x.Why(ctx, f, ranges, tell)
		return inquiredMsg{s, why, err, now().Sub(began)}
	}
	var listen tea.Cmd
	listen = func() tea.Msg {
		if why, more := <-told; more { // ask closes it
			return toldMsg{s, why, listen}
		}
		return nil
	}
	return tea.Batch(ask, listen)
}

func (g toldMsg) answer(*Model) tea.Cmd {
	if q := &g.scope.inquiry; q.cancel != nil && g.scope.bare() && (!q.known || !q.why.Done) {
		q.why, q.known = g.why, true
	}
	return g.next
}

func (g inquiredMsg) answer(m *Model) tea.Cmd {
	s := g.scope
	q := &s.inquiry
	q.cancel()
	q.cancel, q.err = nil, g.err
	if s.bare() && g.err == nil {
		q.why, q.known = g.why, true
		q.choice = min(q.choice, max(len(g.why.Offers)-1, 0))
	}
	rest := m.tick(max(inquiryEach, 10*g.took), func(time.Time) tea.Msg { return inquiryDueMsg{s} })
	if g.why.Matches.N > 0 && s == m.scope() {
		return tea.Batch(rest, m.refresh())
	}
	return rest
}

// inquiryDueMsg says that it may be asked again.
type inquiryDueMsg struct{ scope *scope }

func (g inquiryDueMsg) answer(m *Model) tea.Cmd {
	q := &g.scope.inquiry
	if q.due = false; q.again && g.scope == m.scope() {
		return m.inquire(g.scope)
	}
	return nil
}

// A widening is a range that a selection's may be widened to.
type widening struct {
	session.Range
	last time.Duration // as in selection
}

func widenings(s selection, now time.Time) (out []widening) {
	if !s.ranged() {
		return nil
	}
	for _, w := range [...]widening{{session.Range{Name: "last 24 h"}, 24 * time.Hour}, {session.Range{Name: "last 7 d"}, 7 * 24 * time.Hour}} {
		if s.last > 0 && s.last < w.last {
			w.From, w.To = now.Add(-w.last).UnixNano(), logs.NoTime
			out = append(out, w)
		}
	}
	return append(out, widening{session.Range{Name: "all times", From: logs.NoTime, To: logs.NoTime}, 0})
}

// offered is the selection of an offer.
func (s *scope) offered(o session.Offer) selection {
	sel := s.selection
	sel.query, sel.extra, sel.level = meaning(o.Filter.Query), nil, o.Filter.Level
	for _, w := range s.inquiry.wider {
		if w.From == o.Filter.From && w.To == o.Filter.To {
			sel.from, sel.to, sel.last = w.From, w.To, w.last
		}
	}
	return sel
}

// takeOffer shows what the chosen offer finds.
func (m *Model) takeOffer(s *scope) tea.Cmd {
	if q := &s.inquiry; q.known && q.choice < len(q.why.Offers) {
		sel := s.offered(q.why.Offers[q.choice])
		m.remember(sel.text())
		return m.choose(sel)
	}
	return nil
}

// foundElsewhere reports whether there are records at other times than those that are selected.
func (q *inquiry) foundElsewhere() bool {
	return q.known && slices.ContainsFunc(q.why.Newest, func(n session.Newest) bool { return n.Time != logs.NoTime })
}

// bare reports whether there is no record among the items.
func (s *scope) bare() bool {
	for i := range s.items {
		if s.items[i].Record != nil {
			return false
		}
	}
	return true
}
