package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
)

// detailsMode shows everything that one record says.
type detailsMode struct {
	top   int
	lines int // of the record at the last drawing
	room  int

	drawn     []string // the lines of record at width: they are many where it is long
	of        *logs.Record
	drawnWith int
}

func (d *detailsMode) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "j", "down":
		d.scroll(1)
	case "k", "up":
		d.scroll(-1)
	case "pgdown", "space", "ctrl+f", "ctrl+d":
		d.scroll(d.room)
	case "pgup", "b", "ctrl+b", "ctrl+u":
		d.scroll(-d.room)
	case "g", "home":
		d.top = 0
	case "G", "end":
		d.scroll(d.lines)
	case "J":
		d.top = 0
		return m.move(1)
	case "K":
		d.top = 0
		return m.move(-1)
	case "&", "f":
		m.openFilter()
	case "esc", "q", "enter":
		m.mode = listMode{}
	}
	return nil
}

func (d *detailsMode) scroll(n int) {
	d.top = max(0, min(d.top+n, d.lines-d.room))
}

func (d *detailsMode) body(m *Model, width, height int) []string {
	row, ok := m.current()
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
		stamp := time.Unix(0, r.Time).In(m.Location).Format("2006-01-02 15:04:05.000000000 -07:00")
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

// valueText is a value for people: a text bare, anything else as JSON.
func valueText(v logs.Value) string {
	if v.Kind == logs.Text {
		return v.Str
	}
	return string(output.AppendValue(nil, v))
}

func (d *detailsMode) status(m *Model, width int) string {
	right := "all of it"
	if d.lines > d.room {
		right = fmt.Sprintf("line %d of %d", d.top+1, d.lines)
	}
	left := "details"
	if row, ok := m.current(); ok && row.Record.Marks&logs.Cut != 0 {
		left += " · cut at 1 MiB: the bytes are all there, -o raw prints them"
	}
	return sides(" "+left, right+" ", width)
}

func (d *detailsMode) footer(*Model) []hint {
	return []hint{{"j k", "scroll"}, {"J K", "next, previous record"}, {"&", "filter"}, {"Esc", "close"}}
}
