package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// sourcesView lists the sources and how they are, those in trouble first, and
// below what a folder left out.
type sourcesView struct{ table *table }

func newSources() *sourcesView {
	return &sourcesView{newTable(
		column{title: "source", least: 20, most: 40},
		column{title: "state"},
		column{title: "records", kind: number},
		column{title: "a second", kind: number, weight: 7},
		column{title: "a minute", kind: number, weight: 6},
		column{title: "read", kind: number, weight: 5},
		column{title: "behind", kind: number, weight: 8},
		column{title: "late", kind: number, weight: 4, spare: true},
		column{title: "gone", kind: number, weight: 3, spare: true},
		column{title: "rotated", kind: number, weight: 2, spare: true},
		column{title: "retries", kind: number, weight: 2, spare: true},
		column{title: "", least: 16, weight: 1, spare: true},
	)}
}

func (*sourcesView) mode() keys.Mode { return keys.Sources }

// lay makes the table's rows of how the sources are now.
func (v *sourcesView) lay(m *Model) {
	order := make([]int, len(m.health))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return urgency(&m.health[a]) - urgency(&m.health[b]) })
	rows := make([]tableRow, 0, len(order))
	for _, i := range order {
		rows = append(rows, v.row(m, i))
	}
	for i := range v.table.columns { // of servers nothing is read
		if c := &v.table.columns[i]; c.title == "read" || c.title == "a minute" {
			c.spare = len(m.servers()) == len(m.health)
		}
	}
	v.table.set(rows)
}

// urgency is the place of a state in the list.
func urgency(h *session.Health) int {
	switch {
	case inTrouble(h):
		return 0
	case h.State == session.Opening:
		return 1
	case h.State == session.CatchingUp:
		return 2
	case h.State == session.Live:
		return 3
	}
	return 4
}

func (v *sourcesView) row(m *Model, i int) tableRow {
	h, t := &m.health[i], m.Theme
	sign, style := m.stateLook(h)
	name := shortName(strings.TrimRight(h.Source, "/"))
	if len(m.health) > 1 {
		name = letter(i) + " " + name
	}
	count := func(n int64) cell {
		if n == 0 {
			return cell{text: "-", style: t.Dim}
		}
		return cell{text: thousands(n), n: float64(n)}
	}
	rate, growth := cell{text: "-", style: t.Dim}, cell{text: "-", style: t.Dim}
	if h.Rate > 0 {
		rate = cell{text: rateText(h.Rate), n: h.Rate}
	}
	if h.Growth > 0 {
		growth = cell{text: size(int64(h.Growth)), n: h.Growth}
	}
	records, read := count(h.Records), cell{text: size(h.Read), n: float64(h.Read), style: t.Dim}
	if h.Kind == server { // it is asked, not read: of its records those are counted that came while one looks
		read = cell{text: "-", style: t.Dim}
		if h.Records > 0 {
			records.text = "+" + records.text
		}
	}
	lag := cell{text: lagText(h), n: float64(h.Lag), style: t.Dim}
	if h.Lag >= 30*time.Second {
		lag.style = t.Text
	}
	gone := count(h.Gone)
	if h.Gone > 0 {
		gone.style = t.Trouble
	}
	return tableRow{id: strconv.Itoa(i), cells: []cell{
		{text: name, style: m.sourceStyle(i)},
		{text: sign + " " + m.stateWord(*h), style: style},
		records, rate, growth, read, lag, count(h.Late), gone, count(h.Rotations), count(h.Retries),
		{text: h.Text, style: t.Trouble},
	}}
}

// sourceStyle is the colour of a source, where there are several.
func (m *Model) sourceStyle(i int) lipgloss.Style {
	if n := len(m.Theme.Sources); n > 0 && len(m.health) > 1 {
		return m.Theme.Sources[i%n]
	}
	return m.Theme.Strong
}

// inTrouble reports whether something is wrong with a source, or was when it ended.
func inTrouble(h *session.Health) bool {
	return h.State == session.Trouble || h.Text != "" && h.State == session.Ended
}

// stateLook is the sign of a state, and its style.
func (m *Model) stateLook(h *session.Health) (string, lipgloss.Style) {
	switch {
	case inTrouble(h):
		return m.Glyphs.Trouble, m.Theme.Trouble
	case h.State == session.Live:
		return m.Glyphs.Live, m.Theme.Healthy
	case h.State == session.Ended:
		return m.Glyphs.Ended, m.Theme.Dim
	}
	return m.Glyphs.CatchingUp, m.Theme.Healthy
}

// rateText is a number a second, with a decimal where it is small.
func rateText(perSecond float64) string {
	if perSecond < 10 {
		return strconv.FormatFloat(perSecond, 'f', 1, 64)
	}
	return thousands(int64(perSecond + 0.5))
}

// lagSteps are the steps in which it is told how far a source is behind, so that
// nothing is drawn anew while nothing changes.
var lagSteps = []time.Duration{24 * time.Hour, 6 * time.Hour, time.Hour, 15 * time.Minute, 5 * time.Minute, time.Minute, 30 * time.Second, 5 * time.Second, time.Second}

// lagText is how far the newest record of a live source lies back.
func lagText(h *session.Health) string {
	if h.State != session.Live || h.Records == 0 && (h.Kind != server || h.Lag == 0) {
		return ""
	}
	for _, step := range lagSteps {
		if h.Lag >= step {
			return length(step) + "+"
		}
	}
	return "< 1 s"
}

func (v *sourcesView) do(m *Model, a keys.Action) tea.Cmd {
	v.lay(m)
	if v.table.do(m, a) {
		return nil
	}
	h := v.current(m)
	if h == nil {
		return nil
	}
	cond := ofSource(h)
	switch a {
	case keys.Enter:
		sel := m.scope().selection
		sel.extra = query.With(sel.extra, cond)
		return m.enter("source", sel)
	case keys.Keep, keys.Drop:
		verb := "kept only "
		if a == keys.Drop {
			verb = "left out "
		}
		cmd := m.narrow(cond, a == keys.Keep)
		m.notice = verb + cleanCut(shortName(h.Source), 40) + m.Theme.Dim.Render(" · "+m.logKey(keys.Back)+" in the log: as before")
		return cmd
	}
	return nil
}

// current is the source under the cursor; nil where there is none.
func (v *sourcesView) current(m *Model) *session.Health {
	id, ok := v.table.current()
	i, err := strconv.Atoi(id)
	if !ok || err != nil || i >= len(m.health) {
		return nil
	}
	return &m.health[i]
}

// ofSource is the query of a source's records: of a folder or a pattern those of all files in it.
func ofSource(h *session.Health) query.Node {
	if h.Kind != "folder" {
		return same(query.SourceField, h.Source)
	}
	text := h.Source
	if !strings.ContainsAny(text, "*?[") {
		text = strings.TrimRight(text, "/") + "/*"
	}
	parts := patternParts(text)
	return &query.Is{Field: query.Field{Name: query.SourceField}, Value: query.Value{Kind: query.Wildcard, Text: strings.Join(parts, "*"), Parts: parts}}
}

// patternParts are what stands between the signs of a pattern of file names, of which
// a query knows the star alone.
func patternParts(pattern string) (parts []string) {
	for {
		i := strings.IndexAny(pattern, "*?[")
		if i < 0 {
			return append(parts, pattern)
		}
		if parts = append(parts, pattern[:i]); pattern[i] == '[' {
			i += max(strings.IndexByte(pattern[i:], ']'), 0)
		}
		pattern = pattern[i+1:]
	}
}

// logKey is the key of an action in the log, as help writes it.
func (m *Model) logKey(a keys.Action) string {
	if k := m.Keys.Keys(keys.Logs, a); len(k) > 0 {
		return keys.Show(k[0])
	}
	return "no key"
}

func (v *sourcesView) title(m *Model, _ int) string {
	var n [5]int
	for i := range m.health {
		n[urgency(&m.health[i])]++
	}
	var parts []string
	for i, what := range [...]string{"in trouble", "opening", "catching up", "live", "ended"} {
		if n[i] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[i], what))
		}
	}
	all := ""
	if len(parts) > 1 {
		all = fmt.Sprintf("%d: ", len(m.health))
	}
	return m.titleLine(m.Theme.Strong.Render("sources") + "  " + all + strings.Join(parts, ", "))
}

func (v *sourcesView) body(m *Model, width, height int) []string {
	v.lay(m)
	below := v.leftOut(m, width, height)
	below = append(m.remarkLines(width, max(height/2, height-len(m.health)-1)-len(below)), below...)
	lines := v.table.body(m, width, min(height-len(below), max(len(v.table.rows)+1, 3))) // a sole row has its titles, too
	return append(lines, below...)
}

// leftOut says what was left out of folders, and why, in at most half of the lines.
func (v *sourcesView) leftOut(m *Model, width, height int) (lines []string) {
	var skipped []session.Event
	for _, e := range m.events {
		if e.Kind == session.Skipped {
			skipped = append(skipped, e)
		}
	}
	room := max(height/2, height-len(m.health)-1)
	if len(skipped) == 0 || room < 4 {
		return nil
	}
	t := m.Theme
	lines = append(lines, "", " "+t.Strong.Render("left out"))
	for i, e := range skipped {
		if len(lines) == room-1 && i+1 < len(skipped) {
			return append(lines, t.Dim.Render(fmt.Sprintf("   and %d more", len(skipped)-i)))
		}
		text := e.Text
		if !strings.HasPrefix(text, e.Source) && e.Source != "" {
			text = e.Source + ": " + text
		}
		lines = append(lines, "   "+t.Dim.Render(cleanCut(text, width-4)))
	}
	return lines
}

func (v *sourcesView) status(m *Model, width int) string {
	h := v.current(m)
	if h == nil {
		return ""
	}
	text := cleanCut(h.Source, width)
	if h.Kind != "" && h.Kind != "file" {
		text += m.Theme.Dim.Render("  " + clean(h.Kind))
	}
	if h.Text != "" {
		text = m.Theme.Trouble.Render(cleanCut(h.Text, width))
		if !strings.Contains(h.Text, h.Source) {
			text = cleanCut(h.Source, width/2) + ": " + text
		}
	}
	return sides(" "+text, m.Theme.Dim.Render(v.table.place())+" ", width)
}
