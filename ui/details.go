package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/ui/keys"
)

// details shows everything that one record says.
type details struct {
	top   int
	lines int // of the record at the last drawing
	room  int

	drawn     []string // the lines of record at width: they are many where it is long
	of        *logs.Record
	drawnWith int
}

func (*details) mode() keys.Mode { return keys.Details }

func (d *details) do(m *Model, a keys.Action) tea.Cmd {
	switch a {
	case keys.Down:
		d.scroll(1)
	case keys.Up:
		d.scroll(-1)
	case keys.PageDown, keys.HalfDown:
		d.scroll(d.room)
	case keys.PageUp, keys.HalfUp:
		d.scroll(-d.room)
	case keys.Top:
		d.top = 0
	case keys.Bottom:
		d.scroll(d.lines)
	case keys.NextRecord:
		d.top = 0
		return m.move(1)
	case keys.PreviousRecord:
		d.top = 0
		return m.move(-1)
	case keys.Trace:
		m.close()
		return m.trace()
	}
	return nil
}

func (d *details) scroll(n int) {
	d.top = max(0, min(d.top+n, d.lines-d.room))
}

func (d *details) body(m *Model, width, height int) []string {
	row, ok := m.scope().current()
	if !ok {
		return nil
	}
	if d.of != row.Record || d.drawnWith != width {
		d.drawn, d.of, d.drawnWith = m.details(row.Record, width), row.Record, width
	}
	lines := d.drawn
	d.lines, d.room = len(lines), height
	d.scroll(0)
	return lines[d.top:min(len(lines), d.top+height)]
}

// sideLines is the record under the cursor beside the list.
func (m *Model) sideLines(s *scope, width, height int) []string {
	row, ok := s.current()
	if !ok {
		return nil
	}
	lines := m.details(row.Record, width)
	return lines[:min(len(lines), height)]
}

// details is a record as lines: the message whole, then its fields in two columns.
func (m *Model) details(r *logs.Record, width int) []string {
	t := m.Theme
	var lines []string
	for _, l := range strings.Split(r.Body, "\n") {
		for _, part := range wrap(clean(strings.ReplaceAll(l, "\t", "    ")), width-2) {
			lines = append(lines, " "+part)
		}
	}
	lines = append(lines, "")
	type field struct{ key, value string }
	var fields []field
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, field{clean(key), clean(value)})
		}
	}
	if r.Time != logs.NoTime {
		stamp := time.Unix(0, r.Time).In(m.zone()).Format("2006-01-02 15:04:05.000000000 -07:00")
		if g := r.Guessed.String(); g != "" {
			stamp += "  (" + g + " not written, assumed)"
		}
		add("@timestamp", stamp)
	}
	level := r.Severity.String()
	if r.SeverityText != "" && !strings.EqualFold(r.SeverityText, level) {
		level = strings.TrimSpace(level + "  (written " + r.SeverityText + ")")
	}
	add("log.level", level)
	add("service.name", r.Service)
	add("host.name", r.Host)
	add("trace.id", r.TraceID)
	add("span.id", r.SpanID)
	for _, a := range r.Attrs {
		add(a.Key, valueText(a.Value))
	}
	if r.Resource != nil {
		for _, a := range r.Resource.Attrs {
			add(a.Key, valueText(a.Value))
		}
	}
	place := r.Source()
	if r.Line > 0 {
		place += fmt.Sprintf(", line %d", r.Line)
	}
	add("source", place)
	add("format", r.Format)
	column := 0
	for _, f := range fields {
		column = max(column, min(cellWidth(f.key), width/3))
	}
	for _, f := range fields {
		for i, part := range wrap(f.value, max(width-column-4, 10)) {
			key := ""
			if i == 0 {
				key = f.key
			}
			lines = append(lines, " "+t.Dim.Render(pad(key, column))+"  "+part)
		}
	}
	return lines
}

func (d *details) status(m *Model, width int) string {
	right := "all of it"
	if d.lines > d.room {
		right = fmt.Sprintf("line %d of %d", d.top+1, d.lines)
	}
	left := "details"
	if row, ok := m.scope().current(); ok && row.Record.Marks&logs.Cut != 0 {
		left += " · cut at 1 MiB: the bytes are all there, -o raw prints them"
	}
	return sides(" "+left, right+" ", width)
}
