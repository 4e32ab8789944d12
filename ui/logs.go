package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/keys"
)

// logs is the list of records: what one sees first and comes back to.
type logsView struct{}

func (*logsView) mode() keys.Mode { return keys.Logs }

func (*logsView) rowless(m *Model) bool { return m.scope().bare() }

func (v *logsView) do(m *Model, a keys.Action) tea.Cmd {
	s := m.scope()
	if v.rowless(m) {
		if cmd, done := m.doEmpty(s, a); done {
			return cmd
		}
	}
	page := m.listHeight()
	switch a {
	case keys.Down:
		return m.move(1)
	case keys.Up:
		return m.move(-1)
	case keys.Space:
		if s.following && !m.finished() {
			s.stop()
			return nil
		}
		return m.page(true)
	case keys.PageDown:
		return m.page(true)
	case keys.PageUp:
		return m.page(false)
	case keys.HalfDown:
		return m.scroll(page / 2)
	case keys.HalfUp:
		return m.scroll(-page / 2)
	case keys.Top:
		s.stop()
		return m.jump(session.FirstKey)
	case keys.Bottom:
		return m.end()
	case keys.Follow:
		if s.following {
			s.stop()
			return nil
		}
		return m.end()
	case keys.Left:
		m.left = max(m.left-m.width/4, 0)
	case keys.Right:
		m.left += m.width / 4
	case keys.LineStart:
		m.left = 0
	case keys.LineEnd:
		m.left = m.longest()
	case keys.Wrap:
		m.Wrap = !m.Wrap
		s.list.Resize(m.listHeight())
	case keys.Side:
		return m.toggleSide()
	default:
		return v.further(m, a)
	}
	return nil
}

// further are the actions that lead away from the list, or change what it shows.
func (v *logsView) further(m *Model, a keys.Action) tea.Cmd {
	s := m.scope()
	switch a {
	case keys.Enter:
		if _, ok := s.current(); ok {
			s.stop()
			m.push(&details{})
		}
	case keys.Focus:
		m.nextFocus()
	case keys.LessContext:
		return m.setContext(s, s.context-1)
	case keys.MoreContext:
		return m.setContext(s, s.context+1)
	case keys.SameSource:
		return m.sameSource()
	case keys.Everything:
		return m.toggle("X", everything())
	case keys.Trace:
		return m.trace()
	case keys.NextError, keys.PreviousError:
		return m.nearestError(a == keys.NextError)
	case keys.Keep, keys.Drop:
		if row, ok := s.current(); ok {
			s.stop() // the question is of this record
			m.box = likePrompt(m, row.Record, a == keys.Keep)
		}
	case keys.Select:
		s.stop()
		s.selects()
	case keys.OldestLate:
		return m.oldestLate()
	case keys.Search:
		m.openSearch()
	case keys.NextHit, keys.PreviousHit:
		return m.nextHit(a == keys.NextHit)
	case keys.ZoomIn, keys.ZoomOut:
		return m.strip.do(m, a)
	case keys.Copy:
		return m.copyRows()
	case keys.CopyJSON:
		return m.copyJSON()
	}
	return nil
}

// closing takes a selection of records away first.
func (v *logsView) closing(m *Model) bool {
	s := m.scope()
	had := s.anchorRow >= 0
	s.anchorRow = -1
	return had
}

// move moves the cursor, and asks for more where it comes near the end of what there is.
func (m *Model) move(n int) tea.Cmd {
	s := m.scope()
	if n < 0 {
		s.stop()
	}
	s.list.Move(n)
	return m.more(s)
}

// scroll moves cursor and window together.
func (m *Model) scroll(n int) tea.Cmd {
	s := m.scope()
	if n < 0 {
		s.stop()
	}
	s.list.Scroll(n)
	return m.more(s)
}

// page goes on to what is not seen yet.
func (m *Model) page(down bool) tea.Cmd {
	s := m.scope()
	if !down {
		s.stop()
	}
	s.list.Page(down)
	return m.more(s)
}

// more asks for more unless there is a whole page to go to on both sides.
func (m *Model) more(s *scope) tea.Cmd {
	page := s.list.Height
	if s.list.Top < page && !s.head || s.list.Top+2*page > s.list.Len && !s.tail {
		return m.load()
	}
	return nil
}

// end goes to the last row and stays there as others come.
func (m *Model) end() tea.Cmd {
	s := m.scope()
	s.following, s.pause = true, nil
	return m.jump(session.LastKey)
}

func (m *Model) setContext(s *scope, n int) tea.Cmd {
	if !s.narrows() {
		s.context, m.notice = 0, "no filter: no record is left out around another"
		return nil
	}
	s.context = max(0, min(n, maxContext))
	m.notice = fmt.Sprintf("context: %s around each", plural(s.context, "record"))
	if s.context == 0 {
		m.notice = "no context"
	}
	return m.load()
}

const maxContext = 20

// sameSource opens all records of the service, or the file, of the record under the cursor.
func (m *Model) sameSource() tea.Cmd {
	if m.top().name == "x" {
		return m.toggle("x", selection{})
	}
	s := m.scope()
	row, ok := s.current()
	if !ok {
		return nil
	}
	sel := everything()
	sel.extra = sameSource(row.Record)
	sel.from, sel.to, sel.last = s.from, s.to, s.last
	return m.toggle("x", sel)
}

// trace filters by the trace of the record under the cursor.
func (m *Model) trace() tea.Cmd {
	if m.top().name == "t" {
		return m.toggle("t", selection{})
	}
	row, ok := m.scope().current()
	switch {
	case !ok:
		return nil
	case row.Record.TraceID == "":
		m.notice = "this record names no trace"
		return nil
	}
	sel := everything()
	sel.extra = same("trace_id", row.Record.TraceID)
	return m.toggle("t", sel)
}

func (v *logsView) body(m *Model, width, height int) []string {
	s := m.scope()
	if s.bare() {
		return m.empty(width, height)
	}
	if m.side {
		return m.withSide(s, width, height)
	}
	return m.listing(s, width, height)
}

func (v *logsView) status(m *Model, width int) string {
	s, t := m.scope(), m.Theme
	if m.paneFocused() {
		return m.pane.status(m, width)
	}
	if m.mode() == keys.Strip {
		if w, ok := m.window(m.barColumns()); ok {
			return m.barText(m.series(w, s.tally.all), width)
		}
	}
	right := m.counts(s)
	right = append(m.newsText(s), right...)
	if n := s.selectedRecords(); n > 0 {
		more := ""
		if s.beyond() {
			more = "+"
		}
		right = append([]string{t.Notice.Render(thousands(int64(n)) + more + " selected")}, right...)
	}
	switch {
	case s.following && !m.finished():
		right = append(right, "following")
	case !m.finished():
		right = append(right, "paused")
	case s.tail && s.list.Cursor == s.list.Len-1:
		right = append(right, "end")
	}
	return sides(" "+m.filterText(), strings.Join(right, t.Dim.Render(" · "))+" ", width)
}

// filterText is what is selected, in the words of the filter bar.
func (m *Model) filterText() string {
	s, t := m.scope(), m.Theme
	text := t.Dim.Render("no filter")
	if s.query != nil {
		text = clean(s.query.String())
	}
	if s.extra != nil {
		text = strings.TrimPrefix(text+" ", t.Dim.Render("no filter")+" ") + t.Strong.Render("+ ("+clean(s.extra.String())+")")
	}
	if s.level > 0 {
		text = t.Levels[s.level.Level()].Render(s.level.String()+"+") + " " + text
	}
	if a, ok := leftBy[m.top().name]; ok {
		text += t.Dim.Render("  " + m.showKey(a) + " again: back")
	}
	return text
}

// leftBy are the keys that close layers of a name.
var leftBy = map[string]keys.Action{"x": keys.SameSource, "X": keys.Everything, "t": keys.Trace}

// counts is how many records there are, and how many match.
func (m *Model) counts(s *scope) []string {
	matched, of, ok := s.tally.matched(s.level)
	switch {
	case !ok && s.waits.stopped, s.tally.nothing(len(m.health)):
		return []string{m.Theme.Dim.Render("not counted")}
	case len(s.tally.unmatched) > 0 && len(s.tally.unmatched) == len(m.health) && len(s.tally.uncounted) == 0:
		return []string{m.Theme.Dim.Render("not counted")}
	case !ok:
		return []string{m.Theme.Dim.Render("counting")}
	case s.narrows():
		return append([]string{fmt.Sprintf("%s of %s", matched, of)}, m.fetchedText(s, matched)...)
	}
	return append([]string{of.String()}, m.fetchedText(s, matched)...)
}

// fetchedText says how many of the records that servers count are here.
func (m *Model) fetchedText(s *scope, of summary.Count) []string {
	if !m.asks() || s.bare() || s.fetched == 0 || int64(s.fetched) >= of.N && of.Certainty == summary.Exact {
		return nil
	}
	return []string{m.Theme.Dim.Render(thousands(int64(s.fetched)) + " fetched")}
}
