package ui

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// tallyEach is the least time between two counts. One that takes long is made the
// less often: it may take a tenth of the time.
const tallyEach = 250 * time.Millisecond

// askedTallyEach is that of servers, which do most of the work.
const askedTallyEach = time.Second

// A tally is what has been counted of a scope.
type tally struct {
	known  bool
	inTime *summary.Totals // what query and range select, of any level
	ofTime *summary.Totals // what the range selects
	inAll  *summary.Totals // what the query selects, at any time
	all    *summary.Totals // everything

	uncounted []string // servers that did not answer when it was counted
	unmatched []string // those that did not tell what of it matches
	answered  int64    // up to then servers have answered, Unix nanoseconds; 0: never
	notes     []string // what of servers is not counted, or not exactly

	partly bool // it is of what is here: servers are still asked, or were when one had enough of it

	asked, again bool
}

type tallyMsg struct {
	scope *scope
	tally
	arrived
	err  error
	took time.Duration
}

// tallyDueMsg says that a scope may be counted again.
type tallyDueMsg struct{ scope *scope }

// listed is how many records of each level the list has.
func (t *tally) listed(least logs.Severity) (out summary.ByLevel) {
	if t.inTime == nil {
		return out
	}
	for l, n := range t.inTime.Levels {
		if least == 0 || logs.Level(l) >= least.Level() {
			out[l] = n
		}
	}
	return out
}

// matched is how many records the list has, of how many; false before they have been counted.
func (t *tally) matched(least logs.Severity) (matched, of summary.Count, ok bool) {
	if !t.known {
		return summary.Count{}, summary.Count{}, false
	}
	listed := t.listed(least)
	return summary.Count{N: listed.Total(), Certainty: t.inTime.Records.Certainty}, t.ofTime.Records, true
}

// count counts what the scope selects.
func (m *Model) count() tea.Cmd {
	s := m.scope()
	if s.waits.stopped && m.asks() {
		return m.countHere(s)
	}
	if s.tally.asked {
		s.tally.again = true
		return m.countHere(s)
	}
	s.tally.asked, s.tally.again = true, false
	s.here.full, s.here.began = true, m.Now()
	now, of, servers := m.Now, s.census(), m.servers()
	ctx, rows, since, seen := s.waits.ctx, s.rows, s.arrivals.since, s.arrivals.seen
	all := func() tea.Msg {
		began := now()
		out := tallyMsg{scope: s}
		if out.err = of.count(&counter{ctx: ctx, beside: len(servers) > 0, total: session.View.Totals}, &out.tally); out.err == nil {
			out.arrived, out.err = arriving(ctx, rows, since, seen)
		}
		out.took, out.tally.known = now().Sub(began), out.err == nil
		if out.err == nil {
			out.answers(servers, began.UnixNano())
		}
		return out
	}
	return tea.Batch(all, m.countHere(s))
}

// A census is the views of a scope that are counted.
type census struct {
	filtered, ranged             bool
	inTime, ofTime, inAll, whole session.View
}

func (s *scope) census() census {
	return census{s.node() != nil, s.ranged(), s.inTime, s.ofTime, s.inAll, s.all}
}

// count counts them, each that differs from others once.
func (v *census) count(c *counter, out *tally) error {
	c.count(v.ofTime, &out.ofTime)
	if v.filtered {
		c.count(v.inTime, &out.inTime)
	}
	if v.ranged {
		c.count(v.whole, &out.all)
	}
	if v.ranged && v.filtered {
		c.count(v.inAll, &out.inAll)
	}
	err := c.wait()
	if !v.filtered {
		out.inTime = out.ofTime
	}
	if !v.ranged {
		out.all, out.inAll = out.ofTime, out.inTime
	} else if !v.filtered {
		out.inAll = out.all
	}
	return err
}

// A counter counts views one after the other, or, where servers are asked, beside each other.
type counter struct {
	ctx    context.Context //nolint:containedctx // of the work
	beside bool
	total  func(session.View, context.Context) (*summary.Totals, error)
	work   sync.WaitGroup
	mu     sync.Mutex
	err    error
}

func (c *counter) count(v session.View, into **summary.Totals) {
	one := func() {
		t, err := c.total(v, c.ctx)
		c.mu.Lock()
		defer c.mu.Unlock()
		*into = t
		if c.err == nil {
			c.err = err
		}
	}
	switch {
	case c.beside:
		c.work.Go(one)
	case c.err == nil:
		one()
	}
}

func (c *counter) wait() error {
	c.work.Wait()
	return c.err
}

// answers notes what servers have answered when it was counted.
func (t *tally) answers(servers []string, now int64) {
	if len(servers) == 0 {
		return
	}
	t.answered = now
	look := func(missing *[]string, list ...*summary.Totals) {
		for _, of := range list {
			for _, n := range of.Notes {
				if slices.Contains(servers, n.Source) && !slices.Contains(*missing, n.Source) {
					*missing = append(*missing, n.Source)
				}
				if (n.Fault || n.Source == "") && !slices.Contains(t.notes, n.Text) { // else it is still asked
					t.notes = append(t.notes, n.Text)
				}
			}
		}
	}
	look(&t.uncounted, t.ofTime, t.all)
	look(&t.unmatched, t.inTime, t.inAll)
	if len(t.uncounted) > 0 {
		t.answered = 0
	}
}

// nothing reports whether none of the sources has ever been counted.
func (t *tally) nothing(sources int) bool {
	return t.known && len(t.uncounted) > 0 && len(t.uncounted) == sources && t.answered == 0
}

// keeps has what was counted before stand where no source has answered now.
func (t *tally) keeps(old *tally, sources int) {
	if len(t.uncounted) > 0 && len(t.uncounted) == sources && old.known {
		t.inTime, t.ofTime, t.inAll, t.all, t.answered = old.inTime, old.ofTime, old.inAll, old.all, old.answered
	}
}

// counted takes what was counted, and has it counted again later where something has changed.
func (m *Model) counted(msg tallyMsg) tea.Cmd {
	s := msg.scope
	s.here.full = false
	if msg.err != nil {
		s.fail(msg.err)
	} else {
		s.here.answers++
		msg.again = s.tally.again
		msg.keeps(&s.tally, len(m.health))
		s.tally = msg.tally
		s.tally.again = msg.again
		s.arrived(msg.arrived)
		if p := s.pause; p != nil && !p.known {
			p.counts, p.known = s.tally.listed(s.level), true
		}
	}
	s.tally.asked = true // until it is due
	rest := max(tallyEach, 10*msg.took)
	if s.asks { // others do the work
		rest = max(askedTallyEach, 3*msg.took)
	}
	return m.tick(rest, func(time.Time) tea.Msg { return tallyDueMsg{s} })
}

// due has a scope counted again, if it has changed since.
func (m *Model) due(s *scope) tea.Cmd {
	s.tally.asked = false
	if s.tally.again && s == m.scope() {
		return m.count()
	}
	return nil
}
