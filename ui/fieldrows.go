package ui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
)

// fieldRow is what a row of the table stands for.
type fieldRow struct {
	field  *countedField
	kind   fieldRowKind
	value  summary.ValueCount // of ofValue
	passes bool               // the filter does not leave it out
}

type fieldRowKind uint8

const (
	ofField       fieldRowKind = iota // all records that have the field
	ofValue                           // those of one value
	ofLack                            // those that do not have the field
	furtherValues                     // those of all other values
)

func fieldID(field string, kind fieldRowKind, value string) string {
	return fmt.Sprintf("%s\x00%d%s", field, kind, value)
}

// lay makes the table's rows of what has been counted.
func (f *fields) lay(m *Model) {
	if f.shown == nil {
		return // what was counted before is still there
	}
	f.rows = map[string]fieldRow{}
	name := &f.table.columns[0]
	if name.least = leastFieldName; f.unfolded() {
		name.least = max(m.width/2-16, leastFieldName) // the room is for the values
	}
	var rows []tableRow
	for i := range f.shown.fields {
		c := &f.shown.fields[i]
		add := func(kind fieldRowKind, value summary.ValueCount, passes bool, cells ...cell) {
			id := fieldID(c.Field, kind, value.Value)
			f.rows[id] = fieldRow{c, kind, value, passes}
			rows = append(rows, tableRow{id: id, under: kind != ofField, cells: cells})
		}
		add(ofField, summary.ValueCount{}, true, f.fieldCells(m, c)...)
		if !f.open[c.Field] {
			continue
		}
		for _, v := range c.Top {
			passes := !c.own || c.passes[v.Value]
			add(ofValue, v, passes, valueCells(m, c, v, passes)...)
		}
		if n := c.Distinct - int64(len(c.Top)); n > 0 {
			further := cell{text: fmt.Sprintf("  %s further values", about(c, n)), style: m.Theme.Dim}
			add(furtherValues, summary.ValueCount{}, true, further)
		}
		if n := c.lacking(); n > 0 {
			passes := !c.own || c.lackPass
			lack := valueCells(m, c, summary.ValueCount{Value: "without " + c.Field, Count: n}, passes)
			lack[0].style = m.Theme.Dim
			add(ofLack, summary.ValueCount{}, passes, lack...)
		}
	}
	f.table.set(rows)
}

// unfolded reports whether the values of a field are shown.
func (f *fields) unfolded() bool {
	for i := range f.shown.fields {
		if f.open[f.shown.fields[i].Field] {
			return true
		}
	}
	return false
}

// about is a number of values, "~" before one that was estimated, "-" where a server cannot tell them apart.
func about(c *countedField, n int64) string {
	if !c.Exact && n == 0 {
		return "-"
	}
	if !c.Exact {
		return "~" + thousands(n)
	}
	return thousands(n)
}

// fieldCells are those of a field as a whole.
func (f *fields) fieldCells(m *Model, c *countedField) []cell {
	t := m.Theme
	frequent := ""
	if !f.open[c.Field] {
		frequent = frequentText(c)
	}
	if c.own {
		frequent = strings.TrimSuffix("without its own condition: "+frequent, ": ")
	}
	return []cell{
		{text: c.Field, style: t.Strong},
		{text: thousands(c.Records), n: float64(c.Records)},
		{text: chart.Percent(c.Records, c.of), n: share(c.Records, c.of), style: t.Dim},
		{draw: barOf(m, c.Records, c.of), style: t.Dim},
		{text: about(c, c.Distinct), n: float64(c.Distinct)},
		{text: frequent, style: t.Dim},
	}
}

// valueCells are those of one value.
func valueCells(m *Model, c *countedField, v summary.ValueCount, passes bool) []cell {
	t := m.Theme
	text, style, note := "  "+v.Value, t.Text, ""
	if v.Value == "" {
		text = `  ""`
	}
	if c.Field == logs.CoreLevel.Key() {
		if s, ok := logs.ParseSeverity(v.Value); ok {
			style = t.Levels[s.Level()]
		}
	}
	bar := t.Service
	if c.Field == logs.CoreLevel.Key() {
		bar = barStyle(style)
	}
	number := t.Text
	if !passes {
		number = t.Dim
		text, style, bar, note = "  ("+strings.TrimSpace(text)+")", t.Dim, t.Dim, "left out by the filter"
	}
	return []cell{
		{text: text, style: style},
		{text: about(c, v.Count), n: float64(v.Count), style: number},
		{text: chart.Percent(v.Count, c.of), n: share(v.Count, c.of), style: t.Dim},
		{draw: barOf(m, v.Count, c.of), style: bar},
		{},
		{text: note, style: t.Dim},
	}
}

func share(n, of int64) float64 { return float64(n) / float64(max(of, 1)) }

// barOf draws a part of all records.
func barOf(m *Model, n, of int64) func(lipgloss.Style, int) string {
	return func(style lipgloss.Style, width int) string { return chart.Bar(n, of, style, m.Glyphs, width) }
}

// barStyle is a style as it is for bars: one with a background, which is for a word, gives them its colour.
func barStyle(s lipgloss.Style) lipgloss.Style {
	_, none := s.GetBackground().(lipgloss.NoColor)
	switch {
	case s.GetReverse():
		return s.Reverse(false)
	case !none:
		return lipgloss.NewStyle().Foreground(s.GetBackground())
	}
	return s
}

// frequentText is the first values of a field with their shares.
func frequentText(c *countedField) string {
	var parts []string
	for _, v := range c.Top[:min(len(c.Top), 8)] {
		parts = append(parts, fmt.Sprintf("%s %s", cleanCut(v.Value, 24), chart.Percent(v.Count, c.of)))
	}
	return strings.Join(parts, "  ")
}
