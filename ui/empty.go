package ui

import (
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// empty says why there is nothing to see, and what to press.
func (m *Model) empty(width, height int) []string {
	s, t := m.scope(), m.Theme
	say := func(lines ...string) []string {
		out := []string{""}
		for _, l := range lines {
			out = append(out, fit("   "+l, width))
		}
		return out[:min(len(out), height)]
	}
	_, of, counted := s.tally.matched(s.level)
	counted = counted && !s.tally.partly
	selects := s.narrows()
	switch {
	case s.failure != "":
		return say(append([]string{t.Trouble.Render("The records could not be read"), ""}, wrap(clean(s.failure), width-6)...)...)
	case m.asks() && (s.loads.asked && !s.inquiry.known || !counted || s.waits.stopped):
		if trouble, _ := m.troubled(); len(trouble) == len(m.health) && !s.waits.stopped { // why it is asked again stays to be read
			return say(m.failed(width)...)
		}
		return say(m.asking(s, s.loads.began)...)
	case s.loads.asked && !s.inquiry.known || !counted:
		return say(t.Dim.Render("reading ..."))
	case len(s.tally.unmatched) > 0 && len(s.tally.uncounted) == 0:
		why := m.failed(width)
		if len(why) == 0 {
			why = m.remarkText(width - 6)
		}
		return say(append([]string{t.Strong.Render("It is not known what matches"), ""}, why...)...)
	case selects && of.N > 0 || s.ranged() && (s.tally.all.Records.N > 0 || s.inquiry.foundElsewhere()):
		return m.explanation(s, width, height)
	}
	if lines := m.failed(width); len(lines) > 0 {
		return say(lines...)
	}
	if !m.finished() {
		return say(t.Strong.Render("No records yet"), "", "waiting for the first", "", t.Dim.Render(m.waitedFor(width-6)))
	}
	return say(t.Strong.Render("No records"), "", t.Dim.Render(m.waitedFor(width-6)), "", t.Strong.Render(m.showKey(keys.ShowSources))+t.Dim.Render("  sources   ")+
		t.Strong.Render(m.showKey(keys.Close, "q"))+t.Dim.Render("  quit"))
}

// waitedFor names the sources and what state each is in, as many as fit.
func (m *Model) waitedFor(width int) string {
	parts := make([]string, len(m.health))
	for i, h := range m.health {
		parts[i] = cleanCut(shortName(h.Source), 40) + " " + m.stateWord(h)
	}
	return cut(asMany(parts, width), width)
}

// failed says of sources that failed before there was a record: what, why, and what to do.
func (m *Model) failed(width int) (lines []string) {
	t := m.Theme
	trouble, _ := m.troubled()
	retried := false
	for _, h := range trouble {
		name := cleanCut(h.Source, width-8)
		lines = append(lines, t.Trouble.Render(m.Glyphs.Trouble+" "+name), "")
		for _, l := range wrap(reason(&h), width-8) {
			lines = append(lines, "  "+l)
		}
		if h.Retries > 0 && h.Kind != server { // a server is asked so often that the number never rests
			lines = append(lines, "  "+t.Dim.Render("tried "+plural(int(h.Retries), "time")))
		}
		lines = append(lines, "")
		retried = retried || h.State == session.Trouble
	}
	if len(lines) == 0 {
		return nil
	}
	if retried {
		lines = append(lines, t.Dim.Render("it is asked again by itself; records come when it answers"), "")
	}
	return append(lines, m.keyLine(width, hintOf(m, keys.Again, "try again"), hintOf(m, keys.ShowSources, "sources"), hint{m.showKey(keys.Close, "q"), "quit"}))
}

func hintOf(m *Model, a keys.Action, does string) hint { return hint{m.showKey(a), does} }

// keyLine is keys in one line, as many as fit.
func (m *Model) keyLine(width int, hints ...hint) string {
	line := ""
	for _, h := range hints {
		if h.key == "" {
			continue // it is no key here
		}
		piece := m.Theme.Strong.Render(h.key) + " " + m.Theme.Dim.Render(h.does)
		if cellWidth(line)+cellWidth(piece)+3 > width {
			break
		}
		if line != "" {
			line += "   "
		}
		line += piece
	}
	return line
}
