package ui

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/ui/keys"
)

// helpBlock is what help shows under one heading.
type helpBlock struct {
	title   string
	widest  int // cells that its keys take at most
	entries []helpEntry
}

// helpEntry is one line: keys, or an example of the query language, and what they do.
type helpEntry struct {
	keys, does string
	name       string // of the action, which can be looked for too
	own        string // says that the user has given it these keys
}

// The most cells that keys, and examples of the query language, take.
const keysCells, exampleCells = 17, 26

// blocks are what help shows, of lines that have the text that it is narrowed to.
func (v *helpView) blocks(m *Model) (out []helpBlock) {
	add := func(b helpBlock) {
		b.entries = slices.DeleteFunc(b.entries, func(e helpEntry) bool { return !v.has(b.title, e) })
		if len(b.entries) > 0 {
			out = append(out, b)
		}
	}
	for _, b := range ownKeys(m.Keys, v.of) {
		add(b)
	}
	add(helpBlock{"the query language", exampleCells, slices.Clone(queryLines)})
	for _, b := range otherKeys(m.Keys, v.of) {
		add(b)
	}
	return out
}

// otherKeys are what differs in other modes, those that have the same in one block.
func otherKeys(of *keys.Map, from keys.Mode) (out []helpBlock) {
	for _, mode := range append(slices.Clone(keys.Views), keys.Text) {
		if mode == from {
			continue
		}
		b := helpBlock{modeTitle(mode), keysCells, differing(of, mode, from)}
		if i := slices.IndexFunc(out, func(o helpBlock) bool { return slices.Equal(o.entries, b.entries) }); i >= 0 {
			out[i].title += "; " + b.title
			continue
		}
		out = append(out, b)
	}
	return out
}

// ownKeys are those of a mode, a block for each group.
func ownKeys(of *keys.Map, mode keys.Mode) (out []helpBlock) {
	at := map[string]int{}
	for _, e := range entriesOf(of, mode) {
		group := keys.Group(keys.Action(e.name))
		i, known := at[group]
		if !known {
			i = len(out)
			at[group] = i
			out = append(out, helpBlock{title: group, widest: keysCells})
		}
		out[i].entries = append(out[i].entries, e)
	}
	return out
}

// entriesOf are the keys of a mode, an entry for each action.
func entriesOf(of *keys.Map, mode keys.Mode) (out []helpEntry) {
	for _, b := range of.Bindings(mode) {
		shown := make([]string, len(b.Keys))
		for i, k := range b.Keys {
			shown[i] = keys.Show(k)
		}
		e := helpEntry{keys: strings.Join(shown, " "), does: b.Does, name: string(b.Action)}
		if of.Changed(mode, b.Action) {
			e.own = "  yours"
		}
		if i := slices.IndexFunc(out, func(o helpEntry) bool { return o.name == e.name && o.does == e.does }); i >= 0 {
			out[i].keys += " " + e.keys
			continue
		}
		out = append(out, e)
	}
	return out
}

// differing are the keys of a mode that do something else in another one, or more.
func differing(of *keys.Map, mode, other keys.Mode) (out []helpEntry) {
	known := map[string]string{} // what keys do there
	for _, b := range of.Bindings(other) {
		for _, k := range b.Keys {
			known[keys.Show(k)] = b.Does
		}
	}
	for _, e := range entriesOf(of, mode) {
		e.keys = strings.Join(slices.DeleteFunc(strings.Fields(e.keys), func(k string) bool { return strings.HasPrefix(known[k], e.does) }), " ")
		if e.keys != "" {
			out = append(out, e)
		}
	}
	return out
}

// modeTitle is a heading for the keys of a mode.
func modeTitle(mode keys.Mode) string {
	switch mode {
	case keys.Logs:
		return "the list of records"
	case keys.Strip:
		return "the strip, when it has the focus"
	case keys.Details:
		return "the details of a record"
	case keys.Open:
		return "what there is to open"
	case keys.Help:
		return "this help"
	case keys.Text:
		return "while something is typed"
	}
	return string(mode)
}

// queryLines are the query language in ten lines.
var queryLines = []helpEntry{
	{keys: `timeout`, does: "the whole word, in any case"},
	{keys: `"timed out"  *time*`, does: "words in order; part of a word"},
	{keys: `service:payment`, does: "a field that is exactly that"},
	{keys: `service:(a or b)`, does: "one of several"},
	{keys: `user:*`, does: "records that have the field"},
	{keys: `level >= WARN`, does: "a level and above"},
	{keys: `duration_ms > 1000`, does: "numbers compare: > >= < <="},
	{keys: `@timestamp >= "now-15m"`, does: "a time, relative or RFC 3339"},
	{keys: `message:/time(d )?out/`, does: "a regular expression"},
	{keys: `a and (b or not c)`, does: "in this order: not, and, or"},
}

// halves shares blocks out to two columns of about the same length, in order.
func halves(blocks []helpBlock) (left, right []helpBlock) {
	total := 0
	for _, b := range blocks {
		total += len(b.entries) + 2
	}
	used := 0
	for i, b := range blocks {
		if used+(len(b.entries)+2)/2 >= total/2 && i > 0 {
			return blocks[:i], blocks[i:]
		}
		used += len(b.entries) + 2
	}
	return blocks, nil
}
