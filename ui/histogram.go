package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
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

// below says what the bar under the cursor, or those that are selected, are made of, and whose errors they are.
func (h *histogram) below(m *Model, series *chart.Series, width int) []string {
	return []string{"", m.barText(series, width), fit("   "+h.who(m, series, width-3), width)}
}

// barText says what the bar under the cursor, or those that are selected, are made of.
func (m *Model) barText(series *chart.Series, width int) string {
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
		line += " " + chart.LevelsRow(&sum, m.scope().level.Level(), "", "", t, left-1)
	}
	return fit(line, width)
}

func (h *histogram) status(m *Model, width int) string {
	right := ""
	if m.strip.anchor != 0 {
		right = m.Theme.Notice.Render("selecting a range: " + m.showKey(keys.Enter) + " its records, " + m.showKey(keys.Close) + " none")
	}
	return sides(" "+m.filterText(), right+" ", width)
}
