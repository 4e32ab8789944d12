package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/keys"
)

// doEmpty acts on the keys that mean something else while there is nothing to move
// over: Enter takes the chosen offer.
func (m *Model) doEmpty(s *scope, a keys.Action) (cmd tea.Cmd, done bool) {
	q := &s.inquiry
	n := min(len(q.why.Offers), maxShownOffers)
	if !q.known || n == 0 {
		return nil, false
	}
	switch a {
	case keys.Down:
		q.choice = min(q.choice+1, n-1)
	case keys.Up:
		q.choice = max(q.choice-1, 0)
	case keys.Enter:
		return m.takeOffer(s), true
	default:
		return nil, false
	}
	return nil, true
}

// Of the explanation: offers that are shown; cells of a figure and of a condition's text.
const (
	maxShownOffers = 3
	whyFigure      = 10
	whyText        = 34
)

// A passage of the explanation is lines that belong together. Its height follows from
// the question alone, so that nothing moves as answers come.
type passage struct {
	lines  []string
	height int
	spare  int // the greatest goes first where there is no room; 0: never
}

// explanation says why the filter selects nothing and what would select something.
func (m *Model) explanation(s *scope, width, height int) []string {
	q := &s.inquiry
	parts := []passage{m.whyTitle(s), m.whyAlone(q, s, width), m.whyElse(q, s, width)}
	if m.box == nil {
		parts = append(parts, m.whyOffers(q, width, height), m.whyKeys(height >= 16, width))
	}
	if line := m.newestLine(q, width-4); line != "" || !q.known {
		parts = append(parts, passage{[]string{line}, 1, 1})
	}
	return laidOut(parts, width, height)
}

// laidOut is the passages below each other: what can be spared goes where there is
// no room, and blanks stand between them where there is.
func laidOut(parts []passage, width, height int) (out []string) {
	free := height
	for _, p := range parts {
		free -= p.height
	}
	for spare := 3; spare > 0 && free < 0; spare-- {
		for i := range parts {
			if parts[i].spare == spare && free < 0 {
				free += parts[i].height
				parts[i].height = 0
			}
		}
	}
	gaps := map[int]bool{}
	for _, i := range []int{0, 3, 1, 5, 2, 4} { // before the offers rather than before what else there is
		if i < len(parts) && parts[i].height > 0 && free > 0 {
			gaps[i] = true
			free--
		}
	}
	for i, p := range parts {
		if gaps[i] {
			out = append(out, "")
		}
		for k := range p.height {
			l := ""
			if k < len(p.lines) {
				l = p.lines[k]
			}
			out = append(out, fit("   "+l, width))
		}
	}
	return out[:min(len(out), height)]
}

// figure is a count, right-aligned.
func figure(text string) string {
	return strings.Repeat(" ", max(whyFigure-cellWidth(text), 0)) + text
}

func (m *Model) whyTitle(s *scope) passage {
	t := m.Theme
	matched, of, _ := s.tally.matched(s.level)
	in := ""
	if s.ranged() {
		in = t.Dim.Render("  " + m.rangeText(s.selection))
	}
	if of.N == 0 {
		return passage{[]string{t.Strong.Render("No records in this time") + in}, 1, 0}
	}
	return passage{[]string{t.Strong.Render(fmt.Sprintf("%s of %s records match", matched, of)) + in}, 1, 0}
}

// whyAlone is each condition counted by itself.
func (m *Model) whyAlone(q *inquiry, s *scope, width int) passage {
	t := m.Theme
	var texts []string
	if s.level > 0 {
		texts = append(texts, "level>="+s.level.String())
	}
	for _, n := range query.Conditions(s.node()) {
		texts = append(texts, n.String())
	}
	if _, of, _ := s.tally.matched(s.level); of.N == 0 || len(texts) == 0 {
		return passage{}
	}
	const most = 8
	more := len(texts) - most
	texts = texts[:min(len(texts), most)]
	widest := 0
	for i := range texts {
		texts[i] = cleanCut(texts[i], min(whyText, max(width-whyFigure-8, 8)))
		widest = max(widest, cellWidth(texts[i]))
	}
	var lines []string
	if len(texts) > 1 {
		lines = append(lines, t.Dim.Render("each condition alone"))
	}
	for i, text := range texts {
		count, remark := t.Dim.Render(figure("...")), ""
		if i < len(q.why.Conditions) && q.known && q.why.Conditions[i].Counted {
			c := q.why.Conditions[i]
			count = figure(c.Count.String())
			if remark = conditionRemark(&c); remark == "" && c.Culprit && c.Count.N > 0 {
				remark = "without it others match"
			}
			if c.Culprit {
				count, text = t.Strong.Render(count), t.Strong.Render(text)
			}
		}
		line := count + "   " + pad(text, widest)
		lines = append(lines, line+"   "+t.Dim.Render(cleanCut(remark, width-cellWidth(line)-7)))
	}
	if more > 0 {
		lines = append(lines, figure("")+"   "+t.Dim.Render(fmt.Sprintf("and %d more", more)))
	}
	if matched, _, _ := s.tally.matched(s.level); matched.Certainty != summary.Exact && !slices.ContainsFunc(q.why.Conditions, blind) {
		for _, l := range m.blindText(s, width-8) {
			lines = append(lines, t.Notice.Render(l))
		}
	}
	return passage{lines, len(lines), 0}
}

// conditionRemark is why a condition selects nothing.
func conditionRemark(c *session.Condition) string {
	if !blind(*c) {
		return c.Remark
	}
	_, meant, _ := strings.Cut(c.Remark, "; ")
	return strings.TrimSuffix("no such field can be searched; "+meant, "; ")
}

// blind reports whether a condition is about a field that no record is found by, but that records may have that a server cannot look for.
func blind(c session.Condition) bool {
	return strings.HasPrefix(c.Remark, session.NoField) && c.Count.Certainty != summary.Exact
}

// blindText is what servers said that they cannot look for, in a few lines of at most width cells.
func (m *Model) blindText(s *scope, width int) (lines []string) {
	const most = 3
	for _, n := range s.notes {
		if names := m.servers(); len(m.health) == 1 && len(names) == 1 {
			n = strings.TrimPrefix(n, names[0]+": ")
		}
		lines = append(lines, wrap(clean(n), width)...)
	}
	return lines[:min(len(lines), most)]
}

// whyElse is what the filter without its culprit selects, and the same in a wider range.
func (m *Model) whyElse(q *inquiry, s *scope, width int) (p passage) {
	t := m.Theme
	_, of, _ := s.tally.matched(s.level)
	n := len(query.Conditions(s.node()))
	if s.level > 0 {
		n++
	}
	p.spare = 3
	add := func(text, count string) {
		room := width - 8
		p.lines = append(p.lines, cut(text, room-cellWidth(count))+"   "+count)
	}
	if of.N > 0 && n > 1 {
		p.height++
		for _, w := range q.why.Without {
			var texts []string
			for _, i := range w.Conditions {
				texts = append(texts, clean(q.why.Conditions[i].Text))
			}
			if w.Count.N > 0 || len(q.why.Without) == 1 {
				add(t.Dim.Render("without ")+strings.Join(texts, ", "), w.Count.String()+t.Dim.Render(matching(w.Count.N)))
				break
			}
		}
	}
	if s.ranged() && n > 0 {
		p.height++
		for len(p.lines) < p.height-1 {
			p.lines = append(p.lines, "")
		}
		if k := len(q.why.Wider); k > 0 {
			w := q.why.Wider[k-1]
			add(t.Dim.Render("the same query, ")+w.Range.Name, w.Count.String()+t.Dim.Render(" of ")+w.Records.String())
		}
	}
	return p
}

func matching(n int64) string {
	if n == 1 {
		return " matches"
	}
	return " match"
}

// whyOffers is what may have been meant; Enter takes the chosen one.
func (m *Model) whyOffers(q *inquiry, width, height int) passage {
	t, p := m.Theme, passage{height: 2}
	switch {
	case height < 12:
		p.height = 1
	case height >= 16:
		p.height = maxShownOffers
	}
	if !q.known || !q.why.Done && len(q.why.Offers) == 0 {
		p.lines = []string{t.Dim.Render("looking for what was meant ...")}
		return p
	}
	offers := q.why.Offers[:min(len(q.why.Offers), maxShownOffers)]
	if len(offers) == 0 {
		p.lines = []string{t.Dim.Render("nothing near to it matches either")}
		return p
	}
	widest := 0
	for _, o := range offers {
		widest = max(widest, cellWidth(cleanCut(o.Text, width/2)))
	}
	for i, o := range offers {
		if i < q.choice-p.height+1 {
			continue // the chosen one is seen
		}
		key := "     "
		if i == q.choice {
			key = t.Strong.Render("Enter")
		}
		text := pad(cleanCut(o.Text, width/2), widest)
		if i == q.choice {
			text = t.Strong.Render(text)
		}
		p.lines = append(p.lines, key+"   "+text+"   "+o.Count.String()+t.Dim.Render(matching(o.Count.N)))
	}
	return p
}

// whyKeys is the keys that lead out of here.
func (m *Model) whyKeys(tall bool, width int) passage {
	var hints []hint
	add := func(a keys.Action, short, long string) {
		if tall {
			short = long
		}
		if h := hintOf(m, a, short); h.key != "" {
			hints = append(hints, h)
		}
	}
	add(keys.Filter, "edit", "edit the filter")
	if len(m.past) > 0 {
		add(keys.Back, "before", "the filter before this one")
	}
	add(keys.Everything, "all", "all records, same place; again: back")
	add(keys.Range, "range", "another range of time")
	if !tall {
		return passage{[]string{m.keyLine(width-4, hints...)}, 1, 2}
	}
	p := passage{height: len(hints), spare: 2}
	for _, h := range hints {
		p.lines = append(p.lines, m.Theme.Strong.Render(pad(h.key, 5))+"   "+m.Theme.Dim.Render(h.does))
	}
	return p
}

// newestLine tells silence from a broken tail: how old the newest record of any kind is.
func (m *Model) newestLine(q *inquiry, width int) string {
	t := m.Theme
	var bad, parts []string
	for _, n := range q.why.Newest {
		name := cleanCut(shortName(n.Source), 24)
		switch {
		case n.Health.State == session.Trouble || n.Health.Text != "" && n.Health.State == session.Ended:
			bad = append(bad, t.Trouble.Render(m.Glyphs.Trouble+" "+name)+" "+cleanCut(n.Health.Text, 40))
		case n.Time == logs.NoTime:
			parts = append(parts, name+" has no record")
		case n.Health.State == session.Ended:
			parts = append(parts, name+" has ended; its newest record is of "+m.dated(n.Time)+", "+rough(time.Duration(n.Age))+" ago")
		case n.Age > int64(time.Hour):
			parts = append(parts, name+": newest record of "+m.dated(n.Time)+", "+rough(time.Duration(n.Age))+" ago")
		default:
			parts = append(parts, name+" answers: its newest record of any kind is "+rough(time.Duration(n.Age))+" old")
		}
	}
	if len(parts) > 1 {
		parts = parts[:0]
		for _, n := range q.why.Newest {
			if n.Time != logs.NoTime {
				parts = append(parts, cleanCut(shortName(n.Source), 24)+" "+rough(time.Duration(n.Age))+" ago")
			}
		}
		if len(parts) > 0 {
			parts[0] = "newest records: " + parts[0]
		}
	}
	line := strings.Join(bad, "  ")
	if line != "" {
		line += "  "
	}
	return cut(line+t.Dim.Render(asMany(parts, width-cellWidth(line))), width)
}

// asMany is a list of as many parts as fit into width cells, one at least, and how many more there are.
func asMany(parts []string, width int) string {
	out, more := "", func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf(", +%d", n)
	}
	for i, p := range parts {
		if i > 0 {
			p = ", " + p
		}
		if i > 0 && cellWidth(out+p+more(len(parts)-i-1)) > width {
			return out + more(len(parts)-i)
		}
		out += p
	}
	return out
}
