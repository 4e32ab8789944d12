package ui

import (
	"fmt"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/ui/ink"
)

// look is how a row stands out.
type look struct {
	cursor, selected, context bool
	before                    int64 // time of the record above
}

// row draws one item in at most lines lines.
func (m *Model) row(it *item, c columns, k look, lines int) []string {
	if it.isEvent || it.gap != nil {
		return []string{m.eventRow(it, c, k)}
	}
	t, r := &m.inks, it.Record
	over := func(i ink.Ink) ink.Ink {
		switch {
		case k.cursor:
			return t.cursor
		case k.selected:
			return t.selected
		case k.context:
			return t.context
		}
		return i
	}
	head := m.rowHead(it, c, k, over)
	left := c.width - c.indent()
	behind := aheadText(it) + m.noteText(it, left)
	message := m.message(r, max(left-cellWidth(behind), 1), lines)
	if behind != "" {
		if !strings.Contains(message[0], dimFrom) {
			behind = dimFrom + behind
		}
		message[0] += behind
	}
	for i := range message {
		message[i] = m.paint(message[i], over)
		if i == 0 {
			message[i] = head + message[i]
		} else {
			message[i] = over(t.text).Render(strings.Repeat(" ", c.indent())) + message[i]
		}
		if w := cellWidth(message[i]); (k.cursor || k.selected) && w < c.width {
			message[i] += over(t.text).Render(strings.Repeat(" ", c.width-w))
		}
	}
	return message
}

// rowHead is the columns before the message.
func (m *Model) rowHead(it *item, c columns, k look, over func(ink.Ink) ink.Ink) string {
	t, r := &m.inks, it.Record
	var b strings.Builder
	mark, style := m.mark(it, c, k)
	b.WriteString(over(style).Render(mark))
	cell := func(s ink.Ink, text string, width int) {
		if width > 0 {
			b.WriteString(over(s).Render(pad(cleanCut(text, width), width) + " "))
		}
	}
	stamp := m.stamp(r.Time, k.before, c.layout)
	if m.times == written && stamp != "" {
		stamp = nonEmptyOr(m.writtenStamp(r), stamp)
	}
	switch {
	case c.guessed && dateGuessed(r):
		stamp = "~" + stamp
	case m.times >= relative && stamp != "":
		stamp = strings.Repeat(" ", max(c.time-len(stamp), 0)) + stamp
	case c.guessed:
		stamp = " " + stamp
	}
	cell(t.dim, stamp, c.time)
	level := r.Severity.Level()
	if name := levelName(level, c.level); c.level > 0 { // a style with a background is for the word alone
		b.WriteString(over(t.levels[level]).Render(name) + over(t.text).Render(strings.Repeat(" ", c.level-len(name)+1)))
	}
	if c.source > 0 {
		i := m.placeOf(it)
		cell(t.source(i), letter(i), c.source)
	}
	cell(t.service, r.Service, c.service)
	for i, name := range m.Columns {
		cell(t.text, fieldText(r, name), c.fields[i])
	}
	return b.String()
}

// aheadText says how far the time that a record says lies behind its arrival, where it stands.
func aheadText(it *item) string {
	if it.Ahead == 0 {
		return ""
	}
	return "  +" + rough(it.Ahead) + " ahead"
}

// mark is the sign before a row.
func (m *Model) mark(it *item, c columns, k look) (string, ink.Ink) {
	t, g := &m.inks, m.Glyphs
	switch {
	case m.bookmarked(it):
		return g.Bookmark, t.mark
	case k.cursor:
		return g.Cursor, t.dim
	case c.trace != "" && it.Record.TraceID == c.trace:
		return g.Track, t.trace
	case it.Late:
		return g.Late, t.notice
	}
	return " ", t.dim
}

// message is the record's text in lines of at most width cells: one where lines are not wrapped.
func (m *Model) message(r *logs.Record, width, lines int) []string {
	text, more := r.Body, ""
	if i := strings.IndexByte(text, '\n'); i >= 0 && (!m.Wrap || lines == 1) {
		more = fmt.Sprintf(" +%d lines", strings.Count(text, "\n"))
		text = text[:i]
	}
	if m.Wrap && lines > 1 {
		var out []string
		for l := range strings.SplitSeq(text, "\n") {
			out = append(out, wrap(cleanCut(strings.ReplaceAll(l, "\t", "    "), width*lines), width)...)
			if len(out) >= lines {
				break
			}
		}
		return out[:min(len(out), lines)]
	}
	if cellWidth(more) > width/2 {
		more = ""
	}
	room := width - len(more)
	shown := cleanCut(text, m.left+room)
	if len(r.Attrs) > 0 && more == "" && cellWidth(shown) < m.left+room-4 {
		shown += dimFrom + "  " + attrText(r, m.left+room-cellWidth(shown)-2)
	}
	if m.left > 0 {
		shown = dropLeft(shown, m.left)
	}
	shown = cutKeeping(shown, room)
	if more != "" {
		shown += dimFrom + more
	}
	return []string{shown}
}

// dimFrom stands where the message ends and what is dimmed begins: a sign that no harmless text holds.
const dimFrom = "\x00"

// dropLeft takes n cells off the start of a message.
func dropLeft(s string, n int) string {
	body, fields, found := strings.Cut(s, dimFrom)
	w := cellWidth(body)
	if !found || n < w {
		if found {
			return dropCells(body, n) + dimFrom + fields
		}
		return dropCells(body, n)
	}
	return dimFrom + dropCells(fields, n-w)
}

// cutKeeping is cut for a message that holds dimFrom.
func cutKeeping(s string, width int) string {
	body, fields, found := strings.Cut(s, dimFrom)
	if !found {
		return cut(s, width)
	}
	w := cellWidth(body)
	if w >= width {
		return cut(body, width)
	}
	return body + dimFrom + cut(fields, width-w)
}

// paint gives a line of the message its colours, hits of the search among them.
func (m *Model) paint(line string, over func(ink.Ink) ink.Ink) string {
	body, dim, _ := strings.Cut(line, dimFrom)
	t := &m.inks
	return m.search.paint(body, over(t.text), t.found) + m.search.paint(dim, over(t.dim), t.found)
}

// eventRow is what happened to a source, as a line across the list.
func (m *Model) eventRow(it *item, c columns, k look) string {
	t, g := &m.inks, m.Glyphs
	e := it.event
	text, stamp, rule, style := clean(e.Text), m.stamp(e.Time, logs.NoTime, c.layout), g.Rule, t.notice
	switch {
	case it.gap != nil:
		text, stamp, rule, style = m.gapText(it.gap), "", g.Forecast, t.dim
	case len(m.health) > 1:
		text = clean(shortName(e.Source)) + ": " + text
	}
	text = " " + pad(stamp, c.time) + " " + strings.Repeat(rule, 2) + " " + text + " "
	text = cut(text, c.width)
	text += strings.Repeat(rule, max(c.width-cellWidth(text), 0))
	if k.cursor {
		return t.cursor.Render(text)
	}
	return style.Render(text)
}

// placeOf is the place of the item's source among the sources; -1 where it is not known.
func (m *Model) placeOf(it *item) int {
	if i := it.Key.Place(); i >= 0 && i < len(m.health) {
		return i
	}
	return -1
}

// levelName is the level's name in at most width letters: ERROR, ERR, E.
func levelName(l logs.Level, width int) string {
	switch {
	case width >= 5:
		return l.String()
	case width >= 3:
		return l.Short()
	case l > 0:
		return l.String()[:width]
	}
	return ""
}

// attrText is the fields behind the message, as many as fit into width cells.
func attrText(r *logs.Record, width int) string {
	var b strings.Builder
	for _, a := range r.Attrs {
		if b.Len() > width {
			break
		}
		fmt.Fprintf(&b, "%s=%s ", cleanCut(a.Key, width), cleanCut(valueText(a.Value), width))
	}
	return strings.TrimSuffix(b.String(), " ")
}

// fieldText is the value of a field of the record, "" where it has none.
func fieldText(r *logs.Record, name string) string {
	if v, ok := r.Attr(name); ok {
		return valueText(v)
	}
	switch name {
	case "host", "host.name":
		return r.Host
	case "trace_id", "trace.id":
		return r.TraceID
	case "span_id", "span.id":
		return r.SpanID
	case "source":
		return r.Source()
	}
	return ""
}

// valueText is a value for people: a text bare, anything else as JSON.
func valueText(v logs.Value) string {
	if v.Kind == logs.Text {
		return v.Str
	}
	return string(output.AppendValue(nil, v))
}

// shortName is the end of a path.
func shortName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
