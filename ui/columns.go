package ui

import (
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
)

// columns are the widths of the list's columns; 0: left out.
type columns struct {
	width                              int
	layout                             string // of the time
	guessed                            bool   // there are dates that were assumed: ~ stands before them
	mark, time, level, source, service int
	fields                             []int  // of Options.Columns
	trace                              string // of the record under the cursor: the others of it are marked
}

// messageRoom is what the message keeps before columns are dropped for it.
const messageRoom = 40

// The most cells of a service, of a field that has a column of its own, and of a stamp as it is written.
const maxService, maxField, maxStamp = 20, 24, 35

// columns lays the list out for what stands on the screen: date and milliseconds
// only where there is room, the source only if there are several.
func (m *Model) columns(s *scope, width int) columns {
	c := columns{width: width, mark: 1, fields: make([]int, len(m.Columns))}
	from, to := s.list.Visible()
	days, stamped := map[string]bool{}, false
	for _, it := range s.items[from:to] {
		r := it.Record
		if r == nil {
			continue
		}
		c.service = max(c.service, cellWidth(cleanCut(r.Service, maxService)))
		if r.Severity > 0 {
			c.level = 5
		}
		for i, name := range m.Columns {
			c.fields[i] = max(c.fields[i], cellWidth(cleanCut(fieldText(r, name), maxField)))
		}
		if r.Time != logs.NoTime {
			stamped = true
			c.guessed = c.guessed || dateGuessed(r)
			days[time.Unix(0, r.Time).In(m.zone()).Format(time.DateOnly)] = true
		}
	}
	if row, ok := s.current(); ok {
		c.trace = row.Record.TraceID
	}
	if stamped {
		c.layout = "01-02 15:04:05.000"
	}
	if len(m.health) > 1 {
		c.source = 1 + len(m.health)/27
	}
	if m.times >= relative && stamped {
		c.layout, c.guessed = "15:04:05", false
	}
	c.narrow(len(days), days[m.Now().In(m.zone()).Format(time.DateOnly)])
	c.guessed = c.guessed && strings.HasPrefix(c.layout, "01-02")
	switch {
	case c.layout == "":
		c.time = 0
	case m.times == written:
		c.guessed = false
		for _, it := range s.items[from:to] {
			if it.Record != nil {
				c.time = max(c.time, min(cellWidth(m.writtenStamp(it.Record)), maxStamp))
			}
		}
		c.time = max(c.time, len(c.layout))
	case m.times >= relative:
		c.time = spanWidth
	default:
		if c.time = len(c.layout); c.guessed {
			c.time++
		}
	}
	return c
}

// narrow drops columns until the message has room, and the date where all is of one day: of this one, or where room is short.
func (c *columns) narrow(days int, today bool) {
	used := func() int {
		n := c.mark
		for _, w := range append([]int{len(c.layout), c.level, c.source, c.service}, c.fields...) {
			if w > 0 {
				n += w + 1
			}
		}
		return n
	}
	narrower := []func(){
		func() { c.layout = strings.TrimPrefix(c.layout, "01-02 ") },
		func() { c.layout = strings.TrimSuffix(c.layout, ".000") },
		func() { c.service = min(c.service, 9) },
		func() { c.level = min(c.level, 3) },
		func() { c.service = 0 },
		func() { c.source = 0 },
		func() { c.level = min(c.level, 1) },
		func() { c.layout = "" },
	}
	if days == 1 && len(c.layout) > 12 && (today && !c.guessed || c.width < 110) {
		narrower[0]()
	}
	for _, n := range narrower {
		if c.width-used() >= messageRoom {
			break
		}
		n()
	}
}

// indent is where the message begins.
func (c *columns) indent() int {
	n := c.mark
	for _, w := range append([]int{c.time, c.level, c.source, c.service}, c.fields...) {
		if w > 0 {
			n += w + 1
		}
	}
	return n
}

// dateGuessed reports whether the record's day was not written in full.
func dateGuessed(r *logs.Record) bool {
	return r.Guessed&(logs.GuessedYear|logs.GuessedDate) != 0
}
