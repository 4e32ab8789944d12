package ui

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// remarks are what the list and its counts may lack, or not tell exactly, each once:
// fields in which a server cannot look, parts of it that did not answer, figures that are
// no more than a bound. What a source is in trouble with is not among them.
func (m *Model) remarks() (out []string) {
	s := m.scope()
	trouble, _ := m.troubled()
	all := slices.Concat(s.notes, s.tally.notes)
	for _, l := range m.layers {
		if f, ok := l.view.(*fields); ok && f.shown != nil {
			all = append(all, f.shown.notes...)
		}
	}
	for _, n := range all {
		said := slices.ContainsFunc(trouble, func(h session.Health) bool {
			return h.Text != "" && strings.Contains(n, strings.TrimPrefix(h.Text, h.Source+": "))
		})
		if !said && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	all = slices.Clone(out)
	return slices.DeleteFunc(out, func(n string) bool { // another tells it with its source
		return slices.ContainsFunc(all, func(o string) bool { return strings.HasSuffix(o, ": "+n) })
	})
}

// noteLine is the line above the list: a server in trouble, else what the list may lack; "" for nothing.
func (m *Model) noteLine() string {
	if len(m.layers) == 0 || m.scope().bare() || !m.asks() && len(m.scope().notes) == 0 {
		return ""
	}
	t := m.Theme
	if h := m.failedServer(); h != nil {
		keys := t.Strong.Render(m.logKey(keys.Again)) + t.Dim.Render(" asks again  ") + t.Strong.Render(m.logKey(keys.ShowSources)) + t.Dim.Render(" sources ")
		text := t.Trouble.Render(m.Glyphs.Trouble + " " + cleanCut(shortName(h.Source), 24) + ": " + cleanCut(reason(h), m.width))
		return sides(" "+text, keys, m.width)
	}
	notes := m.remarks()
	if len(notes) == 0 {
		return ""
	}
	more := t.Strong.Render(m.logKey(keys.ShowSources))
	if n := len(notes) - 1; n > 0 {
		more = t.Dim.Render(plural(n, "more")) + "  " + more
	}
	return sides(" "+t.Notice.Render(cleanCut(notes[0], m.width)), more+t.Dim.Render(" all of it "), m.width)
}

// failedServer is the first server in trouble; nil where there is none.
func (m *Model) failedServer() *session.Health {
	trouble, _ := m.troubled()
	if i := slices.IndexFunc(trouble, func(h session.Health) bool { return h.Kind == server }); i >= 0 {
		return &trouble[i]
	}
	return nil
}

// remarkText is all remarks in lines of at most width cells.
func (m *Model) remarkText(width int) (lines []string) {
	for _, n := range m.remarks() {
		lines = append(lines, wrap(clean(n), width)...)
	}
	return append(lines, "", m.Theme.Strong.Render(m.logKey(keys.Again))+m.Theme.Dim.Render(" asks again"))
}

// remarkLines are all remarks, for the view of the sources, in at most room lines.
func (m *Model) remarkLines(width, room int) (lines []string) {
	notes := m.remarks()
	if len(notes) == 0 || room < 3 {
		return nil
	}
	t := m.Theme
	lines = append(lines, "", " "+t.Strong.Render("not all, or not exact"))
	for _, n := range notes {
		for _, l := range wrap(clean(n), width-4) {
			if len(lines) == room {
				lines[room-1] = t.Dim.Render("   and more")
				return lines
			}
			lines = append(lines, "   "+t.Notice.Render(l))
		}
	}
	return lines
}
