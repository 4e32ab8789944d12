package ui

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/logs"
)

// columns are the widths of the list's columns; 0: left out.
type columns struct {
	width                        int
	layout                       string // of the time
	guessed                      bool   // there are dates that were assumed: ~ stands before them
	time, level, source, service int
}

// messageRoom is what the message keeps before columns are dropped for it.
const messageRoom = 40

// maxService is the most cells that a service takes.
const maxService = 20

// columns lays the list out for what stands on the screen: date and milliseconds
// only where there is room, the source only if there are several.
func (m *Model) columns(width int) columns {
	from, to := m.list.Visible()
	service, level, days, stamped, guessed := 0, 0, map[string]bool{}, false, false
	names := map[string]bool{}
	for _, row := range m.page.Rows[from:to] {
		r := row.Record
		service = max(service, cellWidth(cleanCut(r.Service, maxService)))
		names[r.Source()] = true
		if r.Severity > 0 {
			level = 5
		}
		if r.Time != logs.NoTime {
			stamped = true
			guessed = guessed || dateGuessed(r)
			days[time.Unix(0, r.Time).In(m.Location).Format(time.DateOnly)] = true
		}
	}
	c := columns{width: width, level: level, service: service}
	if stamped {
		c.layout = "01-02 15:04:05.000"
	}
	if len(names) > 1 {
		c.source = 12
	}
	used := func() int {
		n := 1
		for _, w := range [...]int{len(c.layout), c.level, c.source, c.service} {
			if w > 0 {
				n += w + 1
			}
		}
		return n
	}
	narrower := []func(){
		func() { c.layout = strings.TrimPrefix(c.layout, "01-02 ") },
		func() { c.layout = strings.TrimSuffix(c.layout, ".000") },
		func() { c.source = min(c.source, 6) },
		func() { c.service = min(c.service, 9) },
		func() { c.level = min(c.level, 3) },
		func() { c.service = 0 },
		func() { c.source = 0 },
		func() { c.level = min(c.level, 1) },
		func() { c.layout = "" },
	}
	if len(days) == 1 && len(c.layout) > 12 && width < 110 {
		narrower[0]() // one day needs no date
	}
	for _, n := range narrower {
		if width-used() >= messageRoom {
			break
		}
		n()
	}
	c.time = len(c.layout)
	if c.guessed = guessed && strings.HasPrefix(c.layout, "01-02"); c.guessed {
		c.time++
	}
	return c
}

// row draws one record.
func (m *Model) row(r *logs.Record, c columns, cursor bool) string {
	t := m.Theme
	style := func(s lipgloss.Style) lipgloss.Style {
		if cursor {
			return t.Cursor
		}
		return s
	}
	var b strings.Builder
	mark := " "
	if cursor {
		mark = ">"
	}
	b.WriteString(style(t.Dim).Render(mark))
	cell := func(s lipgloss.Style, text string, width int) {
		if width > 0 {
			b.WriteString(style(s).Render(pad(cleanCut(text, width), width) + " "))
		}
	}
	stamp := ""
	if r.Time != logs.NoTime && c.time > 0 {
		stamp = time.Unix(0, r.Time).In(m.Location).Format(c.layout)
		switch {
		case c.guessed && dateGuessed(r):
			stamp = "~" + stamp
		case c.guessed:
			stamp = " " + stamp
		}
	}
	cell(t.Dim, stamp, c.time)
	level := r.Severity.Level()
	cell(t.Levels[level], levelName(level, c.level), c.level)
	cell(t.Dim, shortName(r.Source()), c.source)
	cell(t.Service, r.Service, c.service)
	left := c.width - cellWidth(b.String())
	message, more := r.Body, ""
	if i := strings.IndexByte(message, '\n'); i >= 0 {
		more = fmt.Sprintf(" +%d lines", strings.Count(message, "\n"))
		message = message[:i]
	}
	if cellWidth(more) > left/2 {
		more = ""
	}
	message = cleanCut(message, max(left-cellWidth(more), 0))
	b.WriteString(style(t.Text).Render(message))
	b.WriteString(style(t.Dim).Render(more))
	left -= cellWidth(message) + cellWidth(more)
	if left > 4 && more == "" && len(r.Attrs) > 0 {
		fields := cut(attrText(r, left), left-2)
		b.WriteString(style(t.Dim).Render("  " + fields))
		left -= cellWidth(fields) + 2
	}
	if cursor && left > 0 {
		b.WriteString(t.Cursor.Render(strings.Repeat(" ", left)))
	}
	return b.String()
}

// dateGuessed reports whether the record's day was not written in full.
func dateGuessed(r *logs.Record) bool {
	return r.Guessed&(logs.GuessedYear|logs.GuessedDate) != 0
}

// levelName is the level's name in at most width letters: ERROR, ERR, E.
func levelName(l logs.Level, width int) string {
	short := [logs.Levels]string{"", "TRC", "DBG", "INF", "WRN", "ERR", "FTL"}
	switch {
	case width >= 5:
		return l.String()
	case width >= 3:
		return short[l]
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

// shortName is the end of a path.
func shortName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
