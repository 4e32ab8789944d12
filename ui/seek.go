package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/keys"
)

// A pursuit looks for the text in the list itself, page by page, where servers are
// among the sources: through what is fetched first, then it has more fetched.
type pursuit struct {
	search
	view    session.View
	query   *query.Query
	servers []string
	begin   session.Key // where it began
	from    session.Key // where it goes on
	down    bool
	at      bool  // the record at from counts too
	fetches bool  // it asks for what is not here
	looked  int64 // records that it has looked at
}

// pursuitPage is how many records are looked at in one step: with the one beyond them what is asked for at once.
const pursuitPage = 499

// stepMsg is what a step of a pursuit came to.
type stepMsg struct {
	scope  *scope
	number int
	next   pursuit
	row    session.Row
	found  bool
	end    bool // there is nothing beyond
	beyond bool // what comes next is not here
	err    error
}

// pursue looks for the text from a key on.
func (m *Model) pursue(from session.Key, down, at, fetches bool) tea.Cmd {
	s, f := m.scope(), &m.search
	ctx, cancel := context.WithCancel(s.ctx)
	f.cancel = cancel
	f.number++
	f.sure = false
	p := pursuit{search: *f, view: s.rows, query: query.Compile(f.node(), query.Env{}), servers: m.servers(), begin: from, from: from, down: down, at: at, fetches: fetches}
	m.notice = m.pursuitText(&p)
	return p.step(ctx, s)
}

// step looks through one page: of what is here, if that goes far enough, else of what it has fetched.
func (p pursuit) step(ctx context.Context, s *scope) tea.Cmd {
	before, after := 0, pursuitPage
	if !p.down {
		before, after = pursuitPage, 0
	}
	return func() tea.Msg {
		msg := stepMsg{scope: s, number: p.number, next: p}
		page, err := p.view.Known(ctx, p.from, before, after)
		if msg.err = err; err != nil {
			return msg
		}
		msg.row, msg.found = msg.next.look(page.Rows)
		moved := msg.found || msg.next.from != p.from
		end := p.down && page.Tail || !p.down && page.Head
		if msg.end = end && !moved; msg.end || moved && p.coveredTo(page, msg.row, msg.found) {
			return msg
		}
		if !p.fetches {
			msg.found, msg.beyond = false, true
			return msg
		}
		msg.next = p
		page, err = p.view.Rows(ctx, p.from, before, after)
		if msg.err = err; err != nil {
			return msg
		}
		msg.row, msg.found = msg.next.look(page.Rows)
		if msg.found || msg.next.from != p.from {
			return msg
		}
		msg.end = p.down && page.Tail || !p.down && page.Head
		msg.beyond = !msg.end
		if msg.beyond && len(page.Notes) > 0 {
			msg.err = errors.New(strings.Join(page.Notes, "; "))
		}
		return msg
	}
}

// look looks at rows in its direction, and goes on behind them.
func (p *pursuit) look(rows []session.Row) (row session.Row, found bool) {
	for i := range rows {
		r := rows[i]
		if !p.down {
			r = rows[len(rows)-1-i]
		}
		if r.Key == p.from && !p.at {
			continue
		}
		p.looked++
		if p.query.Match(r.Record) && p.holds(r.Record) {
			return r, true
		}
		p.from, p.at = r.Key, false
	}
	return session.Row{}, false
}

// coveredTo reports whether all servers have told all there is from where it began to what it found, or to the end of the page.
func (p *pursuit) coveredTo(page session.Page, row session.Row, found bool) bool {
	to := row.Key.Time
	if !found { // there are rows
		to = page.Rows[0].Key.Time
		if p.down {
			to = page.Rows[len(page.Rows)-1].Key.Time
		}
	}
	from := p.begin.Time
	if p.begin == session.LastKey && len(page.Rows) > 0 {
		from = max(to, page.Rows[len(page.Rows)-1].Key.Time)
	}
	for _, name := range p.servers {
		if lo, hi := min(from, to), max(from, to); lo < hi && !covered(page.Complete[name], lo+1, hi) {
			return false
		}
	}
	return true
}

// answer goes to the hit, or on.
func (r stepMsg) answer(m *Model) tea.Cmd {
	f := &m.search
	if r.number != f.number || f.cancel == nil {
		return nil
	}
	if !r.found && !r.end && !r.beyond && r.err == nil && r.scope == m.scope() {
		m.notice = m.pursuitText(&r.next)
		f.cancel()
		ctx, cancel := context.WithCancel(r.scope.ctx)
		f.cancel = cancel
		return r.next.step(ctx, r.scope)
	}
	f.stop()
	switch {
	case r.scope != m.scope() || errors.Is(r.err, context.Canceled):
	case r.found:
		m.notice, f.sure = "", true
		return m.goTo(r.row.Key)
	case r.end && r.err == nil:
		return hitMsg{scope: r.scope, number: f.number, down: r.next.down}.answer(m)
	case !r.next.fetches:
		m.notice = m.Theme.Dim.Render("not among what is fetched · Enter searches on")
	case r.err != nil:
		m.notice = m.Theme.Trouble.Render("searched "+m.through(&r.next)+", no further: "+clean(r.err.Error())) + " · " + m.logKey(keys.NextHit) + " goes on"
	default:
		m.notice = "searched " + m.through(&r.next) + ", no further · " + m.logKey(keys.NextHit) + " goes on"
	}
	return nil
}

// through says how many records have been looked through, of how many.
func (m *Model) through(p *pursuit) string {
	text := thousands(p.looked)
	if of, _, ok := m.scope().tally.matched(m.scope().level); ok && of.N >= p.looked {
		text += " of " + summary.Count{N: of.N, Certainty: of.Certainty}.String()
	}
	return text
}

func (m *Model) pursuitText(p *pursuit) string {
	return m.Theme.Dim.Render("searching " + m.through(p) + " · Ctrl-c stops · Ctrl-t as filter (asks the server)")
}

// filterBySearch turns the search that is under way into a filter.
func (m *Model) filterBySearch() tea.Cmd {
	b := &searchBox{old: ""}
	b.set(m.search.text)
	return b.turn(m)
}
