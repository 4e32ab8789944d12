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
	"github.com/lxlog/lx/ui/keys"
)

// histogram shows what the query selects at any time as bars by level, and below
// them what the bar under the cursor is made of. It shares step, cursor and selection with the strip.
type histogram struct {
	seen   blame // the bar whose errors were counted last, or are being counted
	cancel context.CancelFunc
	number int // grows with each bar: answers for others are dropped
}

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

func (*histogram) mode() keys.Mode { return keys.Histogram }

// barColumns is how many bars there is room for: in the strip, or in the large
// histogram, where few minutes have wide ones.
func (m *Model) barColumns() int {
	if m.top().view.mode() != keys.Histogram {
		return chart.StripColumns(m.width)
	}
	n := chart.StackedColumns(m.width)
	s := m.scope()
	if !s.tally.known || s.tally.all.Last == logs.NoTime || m.strip.step > 1 {
		return n
	}
	first, last := s.tally.all.First, s.tally.all.Last
	if s.from != logs.NoTime {
		first = max(first, min(s.from, last))
	}
	minutes := max((last-first)/summary.Minute+2, int64(leastSpan/time.Minute))
	return n / int(max(int64(n)/minutes, 1))
}

// bars are the counts that are drawn; false while nothing is known.
func (m *Model) bars() (*chart.Series, bool) {
	w, ok := m.window(m.barColumns())
	if !ok {
		return nil, false
	}
	return m.series(w, m.scope().tally.inAll), true
}

func (h *histogram) do(m *Model, a keys.Action) tea.Cmd {
	switch a {
	case keys.Left, keys.Right, keys.LineStart, keys.LineEnd, keys.ZoomIn, keys.ZoomOut, keys.Select:
		m.strip.do(m, a)
		return h.ask(m)
	case keys.Enter:
		if s, ok := m.bars(); ok {
			return m.enterBars(s)
		}
	}
	return nil
}

// closing takes a selection of bars away first.
func (h *histogram) closing(m *Model) bool {
	had := m.strip.anchor != 0
	m.strip.anchor = 0
	return had
}

// left stops what is being counted.
func (h *histogram) left() {
	if h.cancel != nil {
		h.cancel()
	}
	h.cancel = nil
	h.number++
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

func (h *histogram) title(m *Model, _ int) string {
	t := m.Theme
	left := t.Strong.Render("histogram")
	if w, ok := m.window(m.barColumns()); ok {
		what := "a minute"
		if w.step > 1 {
			what = "in " + chart.SpanText(w.step)
		}
		end := w.from + int64(w.n)*w.step*summary.Minute
		left += "  records " + what + ", by level  " + t.Dim.Render(m.timesText(w.from, end))
	}
	return m.titleLine(left)
}

// timesText is a span of time: 13:12 to 14:12, with the dates where they differ.
func (m *Model) timesText(from, to int64) string {
	a, b := time.Unix(0, from).In(m.zone()), time.Unix(0, to).In(m.zone())
	last := time.Unix(0, to-1).In(m.zone())
	if a.YearDay() == last.YearDay() && a.Year() == last.Year() {
		return a.Format("2006-01-02 15:04") + " to " + b.Format("15:04")
	}
	return a.Format("2006-01-02 15:04") + " to " + b.Format("2006-01-02 15:04")
}

func (h *histogram) body(m *Model, width, height int) []string {
	s := m.scope()
	series, ok := m.bars()
	if !ok {
		return m.empty(width, height)
	}
	below := h.below(m, series, width)
	below = below[:min(len(below), max(height-4, 0))]
	c := chart.Stacked{Series: series, Zone: m.zone(), Least: s.level.Level(), Cursor: m.strip.column(series), Selected: m.strip.selected(series)}
	if s.ranged() {
		from, to := s.from, s.to
		if from == logs.NoTime {
			from = series.Start(0)
		}
		if to == logs.NoTime {
			to = series.Start(len(series.Columns))
		}
		c.Shown = series.Range(from, to)
	}
	return append(c.Lines(m.Theme, m.Glyphs, width, height-len(below)), below...)
}

// below says what the bar under the cursor, or those that are selected, are made of.
func (h *histogram) below(m *Model, series *chart.Series, width int) []string {
	t := m.Theme
	r := m.strip.chosen(series)
	var sum summary.ByLevel
	state := chart.Known
	for i := range series.Columns[r.From:r.To] {
		c := &series.Columns[r.From+i]
		sum.Add(&c.Levels)
		state = max(state, c.State)
	}
	at := m.timesText(series.Start(r.From), series.Start(r.To))
	if r.To == r.From+1 && series.Step == 1 {
		at = time.Unix(0, series.Start(r.From)).In(m.zone()).Format("15:04")
	} else if day, times, ok := strings.Cut(at, " "); ok && !strings.Contains(times, day[:4]+"-") {
		at = times
	}
	line := " " + t.Strong.Render(m.Glyphs.Late+" "+at) + "  " + plural64(summary.Count{N: sum.Total()}, "record")
	switch state {
	case chart.Unfinished:
		line += t.Dim.Render(" so far")
	case chart.Unknown:
		line += t.Notice.Render(", a source has not answered")
	}
	left := width - cellWidth(line)
	if sum.Total() > 0 && left > 12 {
		line += " " + chart.LevelsRow(&sum, m.scope().level.Level(), "", t, left-1)
	}
	return []string{"", line, fit("   "+h.who(m, series, width-3), width)}
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

func (h *histogram) status(m *Model, width int) string {
	right := ""
	if m.strip.anchor != 0 {
		right = m.Theme.Notice.Render("selecting a range: " + m.showKey(keys.Enter) + " its records, " + m.showKey(keys.Close) + " none")
	}
	return sides(" "+m.filterText(), right+" ", width)
}
