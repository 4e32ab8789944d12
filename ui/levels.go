package ui

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
	"github.com/lxlog/lx/ui/keys"
)

// levels shows the shares of the levels of what query and range select, those that
// the level filter hides among them: a share of errors needs the rest.
type levels struct {
	table  *table
	counts summary.ByLevel // of which its rows are
}

func newLevels() *levels {
	return &levels{table: newTable(
		column{title: "level"},
		column{title: "records", kind: number},
		column{title: "share", kind: number},
		column{kind: picture, least: 6, most: 24, weight: 1}, // the pie says it too,
		column{title: "trend", least: 16, weight: 2},
	)}
}

func (*levels) mode() keys.Mode { return keys.Levels }

func (v *levels) rowless(*Model) bool { return len(v.table.rows) == 0 }

// Where there is less room, the pie goes and the table stays.
const leastPieWidth, leastPieHeight = 60, 12

// maxPieHeight is the height from which a pie does not say more.
const maxPieHeight = 22

// lay makes the table's rows of what has been counted.
func (v *levels) lay(m *Model) {
	s, t := m.scope(), m.Theme
	if !s.tally.known {
		return
	}
	v.counts = s.tally.inTime.Levels
	of, total := &v.counts, v.counts.Total()
	now, before, _ := m.trend()
	var rows []tableRow
	for i := logs.Levels - 1; i >= 0; i-- {
		l := logs.Level(i)
		if of[l] == 0 {
			continue
		}
		style, name := v.style(m, l), levelWord(l)
		if l < s.level.Level() {
			name += " (hidden)"
		}
		rows = append(rows, tableRow{id: strconv.Itoa(int(l)), cells: []cell{
			{text: name, style: style},
			{text: thousands(of[l]), n: float64(of[l])},
			{text: chart.Percent(of[l], total), n: share(of[l], total), style: t.Dim},
			{draw: barOf(m, of[l], total), style: barStyle(style)},
			{text: trendText(m, now[l], before[l]), style: t.Dim},
		}})
	}
	v.table.set(rows)
}

// style is the look of a level, dim where the level filter hides it.
func (v *levels) style(m *Model, l logs.Level) lipgloss.Style {
	if l < m.scope().level.Level() {
		return m.Theme.Dim
	}
	return m.Theme.Levels[l]
}

func levelWord(l logs.Level) string { return nonEmptyOr(l.String(), "none") }

// trendMinutes is how long the two windows are that are compared where no range is chosen.
const trendMinutes = 5

// trend counts the levels in two windows of the same length, the second right
// before the first, and says in words what the second one is. Without a range the
// first ends with the last whole minute.
func (m *Model) trend() (now, before summary.ByLevel, words string) {
	s := m.scope()
	of := s.tally.inAll
	if of.Last == logs.NoTime {
		return now, before, ""
	}
	end := summary.MinuteOf(of.Last) + summary.Minute
	n := int64(trendMinutes)
	switch {
	case s.ranged():
		from, to := s.from, s.to
		if to == logs.NoTime {
			to = end
		}
		if from == logs.NoTime {
			from = of.First
		}
		end = summary.MinuteOf(to-1) + summary.Minute
		if n = (to - summary.MinuteOf(from) + summary.Minute/2) / summary.Minute; s.last > 0 {
			n = int64(s.last) / summary.Minute // not the minutes that it begins and ends in
		}
		n = max(n, 1)
	case m.live() && m.Now().UnixNano() < end:
		end -= summary.Minute // that one still runs
	}
	two := chart.Fold(of.Minutes, end-2*n*summary.Minute, n, 2)
	before, now = two.Columns[0].Levels, two.Columns[1].Levels
	words = chart.SpanText(n) + " against the " + chart.SpanText(n) + " before"
	if !s.ranged() {
		words = "last " + words
	}
	return now, before, words
}

// trendText says how many there are now for each one before. What chance gives is no trend.
func trendText(m *Model, now, before int64) string {
	up, down := m.Glyphs.Late, m.Glyphs.New
	d := float64(now - before)
	switch {
	case now == 0 && before == 0:
		return ""
	case d*d <= 4*float64(now+before) && before == 0:
		return "  none before"
	case d*d <= 4*float64(now+before):
		return "  about as many"
	case before == 0:
		return up + " new: none before"
	case now == 0:
		return down + " none: " + thousands(before) + " before"
	case now > before:
		return fmt.Sprintf("%s %s times as many", up, factor(now, before))
	}
	return fmt.Sprintf("%s %s times fewer", down, factor(before, now))
}

func factor(n, of int64) string { return chart.Short(float64(n) / float64(of)) }

func (v *levels) do(m *Model, a keys.Action) tea.Cmd {
	v.lay(m)
	if v.rowless(m) {
		cmd, _ := m.doEmpty(m.scope(), a)
		return cmd
	}
	if v.table.do(m, a) {
		return nil
	}
	id, ok := v.table.current()
	if !ok {
		return nil
	}
	n, _ := strconv.Atoi(id)
	level := logs.Level(n)
	switch a {
	case keys.Enter:
		sel := m.scope().selection
		if level < sel.level.Level() {
			sel.level = 0
		}
		sel.extra = query.With(sel.extra, ofLevel(level))
		return m.enter("level", sel)
	case keys.Keep, keys.Drop:
		return m.narrow(ofLevel(level), a == keys.Keep)
	}
	return nil
}

// ofLevel is what holds for the records of a level, and of no other.
func ofLevel(l logs.Level) query.Node {
	field := query.Field{Name: "level"}
	if l == 0 {
		return &query.Not{Node: &query.Exists{Field: field}}
	}
	return &query.Is{Field: field, Value: query.Value{Text: l.String()}}
}

func (v *levels) title(m *Model, _ int) string {
	left := m.Theme.Strong.Render("levels")
	if s := m.scope(); s.tally.known {
		left += "  " + plural64(summary.Count{N: s.tally.inTime.Levels.Total(), Certainty: s.tally.inTime.Records.Certainty}, "record")
		if s.ranged() {
			left += " " + m.rangeText(s.selection)
		}
		if _, _, words := m.trend(); words != "" {
			left += m.Theme.Dim.Render("  trend: " + words)
		}
	}
	return m.titleLine(left)
}

func (v *levels) body(m *Model, width, height int) []string {
	v.lay(m)
	if len(v.table.rows) == 0 {
		return m.empty(width, height)
	}
	if width < leastPieWidth || height < leastPieHeight {
		return v.table.body(m, width, height)
	}
	high := min(height-2, maxPieHeight)
	above := (height - high) / 2
	wide := min(2*high, width/3)
	pie := chart.Pie(v.slices(m), m.Theme, m.Glyphs, wide, high)
	rows := len(v.table.rows) + 1
	list := append(make([]string, max((high-rows)/2, 0)), v.table.body(m, width-wide-4, rows)...)
	return append(make([]string, above), beside(pie, list, wide+1, "  ")...)
}

func (v *levels) slices(m *Model) []chart.Slice {
	var out []chart.Slice
	for l := logs.Levels - 1; l >= 0; l-- {
		level := logs.Level(l)
		out = append(out, chart.Slice{Count: v.counts[l], Style: v.style(m, level), Glyph: strings.ToUpper(levelWord(level)[:1])})
	}
	return out
}

func (v *levels) status(m *Model, width int) string {
	return sides(" "+m.filterText(), m.Theme.Dim.Render(v.table.place())+" ", width)
}
