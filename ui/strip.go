package ui

import (
	"math"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
	"github.com/lxlog/lx/ui/keys"
)

// strip is where one stands in the counts over time: above the list, and in the large histogram.
type strip struct {
	focused bool
	step    int64 // minutes a bar; 0: so many that all fits
	cursor  int64 // time in the bar under the cursor, Unix nanoseconds; 0: the newest
	anchor  int64 // where a selection of bars began; 0: there is none
}

// leastSpan is what the strip covers at least.
const leastSpan = time.Hour

// window is the times that n bars cover.
type window struct {
	from, step int64
	n          int
	end        int64 // of what is known: the newest record, or now
}

// window lays n bars over the counts; ok is false while nothing is known.
func (m *Model) window(n int) (w window, ok bool) {
	s := m.scope()
	if !s.tally.known || n < 1 {
		return w, false
	}
	first, last, ok := spanOf(s.tally.all)
	if !ok && m.asks() && s.ranged() && len(s.tally.uncounted) == 0 { // servers have counted, and found nothing
		first, last, ok = m.Now().UnixNano(), m.Now().UnixNano(), true
	}
	if !ok {
		return w, false
	}
	if now := m.Now().UnixNano(); m.live() && now > last && now-last < int64(leastSpan) {
		last = now
	}
	w.end = last
	if s.to != logs.NoTime {
		last = min(last, s.to-1)
	}
	if s.from != logs.NoTime {
		first = max(min(s.from, last), first)
	}
	first = min(first, last-int64(leastSpan)+summary.Minute)
	w.n, w.step = n, m.strip.step
	if w.step == 0 {
		w.step = chart.StepFor((last-first)/summary.Minute+1, n)
	}
	if c := m.strip.cursor; c != 0 { // what was zoomed into stays in sight
		last = max(min(last, c+int64(n/2)*w.step*summary.Minute), c)
	}
	w.from = chart.StartFor(last, w.step, n, m.zone())
	return w, true
}

// spanOf is the times that the counts reach over, those of arrival among them; false where there are none.
func spanOf(t *summary.Totals) (first, last int64, ok bool) {
	first, last, ok = t.First, t.Last, t.Last != logs.NoTime
	for m := range t.Arrived {
		if !ok {
			first, last, ok = m, m, true
		}
		first, last = min(first, m), max(last, m)
	}
	return first, last, ok
}

// live reports whether records may still come.
func (m *Model) live() bool { return !m.finished() }

// series are counts over the window.
func (m *Model) series(w window, of *summary.Totals) *chart.Series {
	s := chart.Fold(of.Minutes, w.from, w.step, w.n)
	if len(of.Arrived) > 0 {
		for i, c := range chart.Fold(of.Arrived, w.from, w.step, w.n).Columns {
			s.Columns[i].Levels.Add(&c.Levels)
		}
	}
	t := &m.scope().tally
	uncounted := t.uncounted
	if of == t.inAll || of == t.inTime {
		uncounted = t.unmatched
	}
	m.scope().markUnknown(s, m.Now().UnixNano(), uncounted)
	if now := m.Now().UnixNano(); m.live() && now-w.end < summary.Minute {
		minute := summary.MinuteOf(w.end)
		s.Mark(minute, minute+summary.Minute, chart.Unfinished)
	}
	return s
}

// stripRows draws the strip and the levels, as many lines as the frame has for them.
func (m *Model) stripRows(f frame) []string {
	s, t := m.scope(), m.Theme
	var out []string
	if f.strip > 0 {
		w, known := m.window(chart.StripColumns(m.width))
		all := chart.Strip{Label: "all", Style: t.Text, Cursor: -1}
		second := chart.Strip{Label: "ERROR", Style: t.Levels[logs.Error.Level()], Least: logs.Error.Level(), Cursor: -1}
		if s.node() != nil {
			second = chart.Strip{Label: "match", Style: t.Service, Cursor: -1}
		}
		if known {
			all.Series, second.Series = m.series(w, s.tally.all), m.series(w, s.tally.inAll)
			m.stripLooks(s, &all, &second)
		}
		out = append(out, all.Line(t, m.Glyphs, m.width), second.Line(t, m.Glyphs, m.width))
		if f.strip == 1 {
			out = out[1:]
		}
	}
	if f.levels > 0 {
		out = append(out, m.levelsRow())
	}
	return out
}

// stripLooks marks the list's range, the cursor and what is selected.
func (m *Model) stripLooks(s *scope, rows ...*chart.Strip) {
	for _, r := range rows {
		if s.ranged() {
			from, to := s.from, s.to
			if from == logs.NoTime {
				from = r.From
			}
			if to == logs.NoTime {
				to = r.Start(len(r.Columns))
			}
			r.Shown = r.Range(from, to)
		}
		r.Dimmed = s.level > 0 && r.Least < s.level.Level() && r.Label == "all"
		if m.strip.focused {
			r.Cursor = m.strip.column(r.Series)
			r.Selected = m.strip.selected(r.Series)
		}
	}
}

// column is the one under the cursor.
func (p *strip) column(s *chart.Series) int {
	if p.cursor == 0 {
		return len(s.Columns) - 1
	}
	return max(0, min(s.Index(p.cursor), len(s.Columns)-1))
}

func (p *strip) selected(s *chart.Series) chart.Range {
	if p.anchor == 0 {
		return chart.Range{}
	}
	a, b := s.Index(p.anchor), p.column(s)
	return chart.Range{From: min(a, b), To: max(a, b) + 1}
}

// chosen is the bars that are selected, or the one under the cursor.
func (p *strip) chosen(s *chart.Series) chart.Range {
	if p.anchor != 0 {
		r := p.selected(s)
		return chart.Range{From: max(r.From, 0), To: min(r.To, len(s.Columns))}
	}
	at := p.column(s)
	return chart.Range{From: at, To: at + 1}
}

// do acts on the keys of the bars.
func (p *strip) do(m *Model, a keys.Action) tea.Cmd {
	w, ok := m.window(m.barColumns())
	if !ok {
		if a == keys.Focus {
			m.nextFocus()
		}
		return nil
	}
	s := m.series(w, m.scope().tally.all)
	at := p.column(s)
	to := func(i int) {
		p.cursor = s.Start(i) + (s.Start(i+1)-s.Start(i))/2
		if i == len(s.Columns)-1 && s.Start(i+1) > w.end {
			p.cursor = 0
		}
	}
	switch a {
	case keys.Left:
		if at > 0 || s.Start(0) > m.scope().tally.all.First {
			to(at - 1)
		}
	case keys.Right:
		if s.Start(at+1) <= w.end {
			to(at + 1)
		}
	case keys.LineStart:
		p.cursor = m.scope().tally.all.First
	case keys.LineEnd:
		p.cursor = 0
	case keys.ZoomIn:
		p.step = chart.Finer(w.step)
	case keys.ZoomOut:
		p.step = chart.Coarser(w.step)
	case keys.Select:
		if p.anchor != 0 {
			p.anchor = 0
		} else {
			p.anchor = s.Start(at)
		}
	case keys.Focus:
		m.nextFocus()
	case keys.Enter:
		return m.enterBars(s)
	default:
		return m.top().view.do(m, a)
	}
	return nil
}

// enterBars opens the records of the bar under the cursor, or of those selected.
func (m *Model) enterBars(s *chart.Series) tea.Cmd {
	p := &m.strip
	r := p.chosen(s)
	sel := m.scope().selection
	sel.from, sel.to, sel.last = s.Start(r.From), s.Start(r.To), 0
	in := m.lay("bar", sel)
	if in == nil {
		return nil
	}
	p.anchor, p.focused = 0, false
	in.stop()
	in.start, in.line = session.Key{Time: sel.from, Source: math.MinInt64, Sequence: math.MinInt64}, 0
	return m.refresh()
}
