package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/ink"
	"github.com/lxlog/lx/ui/keys"
)

// search is a text that is looked for in the records of the list. In small letters it finds any case.
type search struct {
	text     string
	of       *scope        // for which hits were counted, or are being counted
	known    bool          // they are
	hits     summary.Count // in how many records of the scope it stands
	minutes  []int64       // that have hits
	counting context.CancelFunc
	cancel   context.CancelFunc // of the search for the next one; nil: there is none under way
	number   int                // of that
	sure     bool               // where servers are searched: the nearest hit was gone to
}

// exact reports whether capitals count.
func (f *search) exact() bool { return strings.ContainsFunc(f.text, unicode.IsUpper) }

func (f *search) running() bool { return f.cancel != nil }

func (f *search) stop() {
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
}

// set looks for another text from now on.
func (f *search) set(text string) {
	f.stop()
	if f.counting != nil {
		f.counting()
	}
	*f = search{text: text, number: f.number + 1}
}

// paint gives text its colour, and hits theirs.
func (f *search) paint(text string, base, hit ink.Ink) string {
	if text == "" {
		return ""
	}
	if f.text == "" {
		return base.Render(text)
	}
	in, what := text, f.text
	if !f.exact() {
		in, what = strings.ToLower(text), strings.ToLower(f.text)
	}
	if len(in) != len(text) || !strings.Contains(in, what) {
		return base.Render(text)
	}
	var b strings.Builder
	for at := 0; ; {
		i := strings.Index(in[at:], what)
		if i < 0 {
			if at < len(text) {
				b.WriteString(base.Render(text[at:]))
			}
			return b.String()
		}
		if i > 0 {
			b.WriteString(base.Render(text[at : at+i]))
		}
		b.WriteString(hit.Render(text[at+i : at+i+len(what)]))
		at += i + len(what)
	}
}

// holds reports whether a record has the text as it is written.
func (f *search) holds(r *logs.Record) bool {
	if !f.exact() {
		return true
	}
	for _, s := range []string{r.Body, r.Service, r.Host, r.TraceID, r.SpanID, string(r.Raw)} {
		if strings.Contains(s, f.text) {
			return true
		}
	}
	for _, a := range r.Attrs {
		if strings.Contains(valueText(a.Value), f.text) {
			return true
		}
	}
	return false
}

// node is the query of the text: any part of the record's text holds it.
func (f *search) node() query.Node { return query.Substring(f.text) }

// hitMsg is what a search came to.
type hitMsg struct {
	scope  *scope
	number int
	row    session.Row
	found  bool
	down   bool
	err    error
}

// hitCountMsg is in how many records a text stands.
type hitCountMsg struct {
	scope *scope
	text  string
	hits  *summary.Totals
}

// searchRows is how many hits are looked at in one go where capitals count.
const searchRows = 64

// nextHit goes to the nearest record below or above the cursor that has the text.
func (m *Model) nextHit(down bool) tea.Cmd {
	if m.search.text == "" {
		m.openSearch()
		return nil
	}
	s := m.scope()
	from := s.anchor()
	s.stop()
	return m.seek(from, down, false)
}

// seek looks for the text from a key on; with at the record there counts too.
func (m *Model) seek(from session.Key, down, at bool) tea.Cmd {
	s, f := m.scope(), &m.search
	f.stop()
	if m.asks() {
		_, typing := m.box.(*searchBox)
		s.ask()
		return m.pursue(from, down, at, !typing)
	}
	v, err := m.searchView(s)
	if err != nil {
		m.notice = clean(err.Error())
		return nil
	}
	ctx, cancel := context.WithCancel(s.ctx)
	f.cancel = cancel
	f.number++
	look := *f
	m.notice = m.Theme.Dim.Render("searching " + clean(f.text) + "  Ctrl-c stops")
	cmd := func() tea.Msg {
		defer cancel()
		msg := hitMsg{scope: s, number: look.number, down: down}
		msg.row, msg.found, msg.err = look.nearest(ctx, v, from, down, at)
		return msg
	}
	if f.of != s {
		return tea.Batch(cmd, m.countHits(s, v))
	}
	return cmd
}

func (m *Model) searchView(s *scope) (session.View, error) {
	sel := s.selection
	sel.extra = query.With(sel.extra, m.search.node())
	return m.Explorer.View(sel.filter())
}

// nearest is the nearest record from a key on that has the text.
func (f *search) nearest(ctx context.Context, v session.View, from session.Key, down, at bool) (row session.Row, found bool, err error) {
	n := 2
	if f.exact() {
		n = searchRows
	}
	for {
		before, after := 0, n
		if !down {
			before, after = n, 0
		}
		page, err := v.Rows(ctx, from, before, after)
		if err != nil {
			return row, false, err
		}
		rows := page.Rows
		for i := range rows {
			r := rows[i]
			if !down {
				r = rows[len(rows)-1-i]
			}
			if (at || r.Key != from) && f.holds(r.Record) {
				return r, true, nil
			}
			row = r
		}
		end := down && page.Tail || !down && page.Head
		if !end && (len(rows) == 0 || row.Key == from) && len(page.Notes) > 0 {
			return session.Row{}, false, errors.New(strings.Join(page.Notes, "; ")) // there may be one
		}
		if end || len(rows) == 0 {
			return session.Row{}, false, nil
		}
		from, at = row.Key, false
	}
}

// countHits counts in how many records the text stands, and in no more of another text.
func (m *Model) countHits(s *scope, v session.View) tea.Cmd {
	f := &m.search
	if f.counting != nil {
		f.counting()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	f.of, f.known, f.counting = s, false, cancel
	text := f.text
	return func() tea.Msg {
		defer cancel()
		hits, err := v.Totals(ctx)
		if err != nil {
			return nil
		}
		return hitCountMsg{s, text, hits}
	}
}

// counted takes in how many records the text stands.
func (f *search) counted(h hitCountMsg) {
	if h.scope == f.of && h.text == f.text {
		f.known, f.hits, f.minutes = true, h.hits.Records, h.hits.Sorted()
	}
}

// answer goes to the hit.
func (h hitMsg) answer(m *Model) tea.Cmd {
	f := &m.search
	if h.number != f.number {
		return nil
	}
	f.cancel = nil
	switch {
	case h.scope != m.scope():
	case h.err != nil:
		h.scope.fail(h.err)
	case !h.found && h.scope.atEdge(!h.down):
		m.notice = m.nowhere()
	case !h.found && h.down:
		m.notice = "no hit below · " + m.showKey(keys.PreviousHit) + " looks above"
	case !h.found:
		m.notice = "no hit above · " + m.showKey(keys.NextHit) + " looks below"
	default:
		m.notice = ""
		return m.goTo(h.row.Key)
	}
	return nil
}

// goTo puts the cursor on the record with that key.
func (m *Model) goTo(key session.Key) tea.Cmd {
	s := m.scope()
	s.stop()
	for i := range s.items {
		if s.items[i].Key == key {
			s.list.Move(i - s.list.Cursor)
			return m.more(s)
		}
	}
	return m.jump(key)
}

// atEdge reports whether no record stands below the cursor, or above it.
func (s *scope) atEdge(down bool) bool {
	at := s.list.Cursor
	if at >= len(s.items) {
		return false
	}
	beyond, known := s.items[:at], s.head
	if down {
		beyond, known = s.items[at+1:], s.tail
	}
	return known && !slices.ContainsFunc(beyond, func(it item) bool { return it.Record != nil })
}

// nowhere says that a search has seen all records, but for the one under the cursor.
func (m *Model) nowhere() string {
	s, f := m.scope(), &m.search
	if r := s.items[s.list.Cursor].Record; r != nil && query.Compile(f.node(), query.Env{}).Match(r) && f.holds(r) {
		return "no other hit"
	}
	return "no hit in any record"
}
