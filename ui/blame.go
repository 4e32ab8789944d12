package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
)

// blame is which services have the errors of a bar.
type blame struct {
	scope    *scope
	from, to int64
	errors   int64 // in the bar when it was counted
	known    bool
	services []summary.ValueCount // those with most first
}

// sameBar reports whether both are of one bar, which may have grown.
func (b blame) sameBar(o blame) bool {
	return b.scope == o.scope && b.from == o.from && b.to == o.to
}

// blameDueMsg says that the cursor has stood on a bar for a while.
type blameDueMsg struct {
	view   *histogram
	number int
}

type blameMsg struct {
	view   *histogram
	number int
	of     blame
	took   time.Duration
	err    error
}

// ask has the errors of the bar under the cursor counted by service once it has stood there for a while.
func (h *histogram) ask(m *Model) tea.Cmd {
	series, ok := m.bars()
	if !ok {
		return nil
	}
	now := h.wanted(m, series)
	if now.sameBar(h.seen) && now.errors == h.seen.errors {
		return nil
	}
	same := now.sameBar(h.seen)
	if same && (h.cancel != nil || !h.seen.known) {
		return nil // it is under way: what has come meanwhile is counted behind it
	}
	h.left()
	if !same {
		h.seen = now
		h.seen.errors = -1
	}
	number := h.number
	h.seen.known = h.seen.known && same
	return m.tick(typingPause, func(time.Time) tea.Msg { return blameDueMsg{h, number} })
}

// wanted is what is to be known of the bar under the cursor, or of those selected.
func (h *histogram) wanted(m *Model, s *chart.Series) blame {
	r := m.strip.chosen(s)
	b := blame{scope: m.scope(), from: s.Start(r.From), to: s.Start(r.To)}
	for _, c := range s.Columns[r.From:r.To] {
		b.errors += c.Count(logs.Error.Level())
	}
	return b
}

// answer counts the errors of the bar, if the cursor still stands there.
func (d blameDueMsg) answer(m *Model) tea.Cmd {
	h := d.view
	if d.number != h.number || m.top().view != h {
		return nil
	}
	series, ok := m.bars()
	if !ok {
		return nil
	}
	now := h.wanted(m, series)
	h.seen.errors = now.errors
	if now.errors == 0 {
		h.seen = now
		h.seen.known = true
		return nil
	}
	f := session.Filter{Query: now.scope.node(), Level: logs.Error.Level().Base(), From: now.from, To: now.to}
	v, err := m.Explorer.View(f)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(now.scope.ctx)
	h.cancel = cancel
	clock := m.Now
	return func() tea.Msg {
		defer cancel()
		began := clock()
		msg := blameMsg{view: h, number: d.number, of: now}
		t, err := v.Totals(ctx)
		if msg.err = err; err == nil {
			for name, n := range t.Services {
				msg.of.services = append(msg.of.services, summary.ValueCount{Value: name, Count: n})
			}
			slices.SortFunc(msg.of.services, func(a, b summary.ValueCount) int {
				return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
			})
		}
		msg.took = clock().Sub(began)
		return msg
	}
}

// answer takes the services in. While the bar grows it is counted again, for a tenth of the time.
func (b blameMsg) answer(m *Model) tea.Cmd {
	h := b.view
	if b.number != h.number {
		return nil
	}
	if b.err != nil {
		h.cancel = nil
		return nil
	}
	h.seen = b.of
	h.seen.known = true
	return m.tick(max(tallyEach, 10*b.took), func(time.Time) tea.Msg { return blameRestMsg{h, b.number} })
}

// blameRestMsg says that a bar may be counted again.
type blameRestMsg struct {
	view   *histogram
	number int
}

func (r blameRestMsg) answer(m *Model) tea.Cmd {
	if r.number != r.view.number {
		return nil
	}
	r.view.cancel = nil
	if m.top().view != r.view {
		return nil
	}
	return r.view.ask(m)
}

// who says which services have most of the errors.
func (h *histogram) who(m *Model, series *chart.Series, width int) string {
	t := m.Theme
	now := h.wanted(m, series)
	errors := now.errors
	switch {
	case errors == 0:
		return t.Dim.Render("no errors")
	case !now.sameBar(h.seen) || !h.seen.known:
		return t.Dim.Render(plural64(summary.Count{N: errors}, "error"))
	}
	line := t.Dim.Render(plural64(summary.Count{N: errors}, "error") + ": ")
	for i, s := range h.seen.services {
		name := t.Service.Render(cleanCut(s.Value, maxService))
		if s.Value == "" {
			name = t.Dim.Render("no service")
		}
		part, rest := name+" "+thousands(s.Count), ""
		if i > 0 {
			part = t.Dim.Render(" · ") + part
		}
		if n := len(h.seen.services) - i - 1; n > 0 {
			rest = " and " + plural(n, "other")
		}
		if cellWidth(line+part+rest) > width && i > 0 {
			return line + t.Dim.Render(" and "+plural(len(h.seen.services)-i, "other"))
		}
		line += part
	}
	return line
}
