package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/complete"
)

// Bounds of what completion looks at.
const (
	wordRecords = 100_000 // the newest, give or take a minute
	wordValues  = 200     // of each field
	wordWork    = 3 * time.Second
	moreEach    = 300 * time.Millisecond // between looks at what has come, while something is typed
	wordsEach   = 10 * time.Second       // what is older is brought up to date when the bar is opened
)

// dictionary is what completion knows of the records in a range of time, of any query:
// their fields and most frequent values. It is gathered beside the screen.
type dictionary struct {
	facets   complete.Facets // what has been found so far
	from, to int64           // of the scope
	last     time.Duration
	part     bool // older records, or some of these, were not looked at

	scan  *fieldScan // of the command that gathers, while busy
	busy  bool
	had   int64     // records that the looks before the last one found
	when  time.Time // the last look ended
	spent time.Duration
	next  time.Duration // how long the next step takes
}

type gatheredMsg struct {
	of     *dictionary
	facets complete.Facets
	done   bool
	err    error
	took   time.Duration
}

// gather has the fields and values of the scope's records looked for, where that
// was not done or is too long ago.
func (m *Model) gather() tea.Cmd {
	s, d := m.scope(), m.dictionary
	if d == nil || d.last != s.last || s.last == 0 && (d.from != s.from || d.to != s.to) {
		from, part := s.tally.newest(s.from, wordRecords)
		v, err := m.Explorer.View(session.Filter{From: from, To: s.to})
		if err != nil {
			return nil // who shows the records says so
		}
		d = &dictionary{from: s.from, to: s.to, last: s.last, part: part, scan: &fieldScan{view: v, facets: analysis.NewFacets()}}
		m.dictionary = d
	}
	if d.busy || !d.when.IsZero() && m.Now().Sub(d.when) < wordsEach {
		return nil
	}
	d.spent, d.next = 0, firstStep
	return d.step(m)
}

// step looks at records for a while.
func (d *dictionary) step(m *Model) tea.Cmd {
	d.busy = true
	ctx, now, scan, budget := m.ctx, m.Now, d.scan, d.next
	return func() tea.Msg {
		began := now()
		err := scan.step(ctx, budget)
		return gatheredMsg{d, scan.facets.List(wordValues), scan.done, err, now().Sub(began)}
	}
}

func (g gatheredMsg) answer(m *Model) tea.Cmd {
	d := g.of
	if errors.Is(g.err, session.ErrAnew) && m.dictionary == d {
		m.dictionary = nil // the next bar begins anew
		return nil
	}
	if d.busy = false; errors.Is(g.err, context.Canceled) {
		return nil
	}
	d.facets, d.when = g.facets, m.Now()
	if b, ok := m.box.(*filterBox); ok {
		b.learned(m)
	}
	rest := max(3*g.took, changesEach)
	if g.done {
		rest = max(rest, moreEach)
	}
	if d.spent += g.took; g.done && !d.early(m) || m.dictionary != d {
		return nil
	}
	if d.spent >= wordWork {
		d.part = true
		return nil
	}
	d.busy, d.next = true, min(2*d.next, longStep)
	return m.tick(rest, func(time.Time) tea.Msg { return gatherDueMsg{d} })
}

// early reports whether the bar is open over records that were not all there yet to be
// looked at: a look that found none beyond those before it is the last, as the others may not be had.
func (d *dictionary) early(m *Model) bool {
	_, typing := m.box.(*filterBox)
	t := &m.scope().tally
	if !typing || d.part || !t.known || d.scan == nil {
		return false
	}
	n, had := d.scan.records.Load(), d.had
	d.had = n
	return n > had && n < t.ofTime.Records.N
}

// gatherDueMsg says that gathering has rested.
type gatherDueMsg struct{ of *dictionary }

func (g gatherDueMsg) answer(m *Model) tea.Cmd {
	if m.dictionary != g.of {
		return nil
	}
	return g.of.step(m)
}

// newest is the time from which on there are about n records, not before from;
// part is whether there are others before that.
func (t *tally) newest(from int64, n int64) (since int64, part bool) {
	if t.ofTime == nil || t.ofTime.Records.N <= n {
		return from, false
	}
	minutes := t.ofTime.Sorted()
	for i := len(minutes) - 1; i >= 0; i-- {
		if n -= t.ofTime.Minutes[minutes[i]].Total(); n <= 0 {
			return max(from, minutes[i]), i > 0
		}
	}
	return from, false
}

// proposals are what may be chosen at a byte offset of a text.
func (m *Model) proposals(text string, at int) complete.Proposals {
	var f complete.Facets
	if m.dictionary != nil {
		f = m.dictionary.facets
	}
	return f.At(text, at, maxProposals)
}
