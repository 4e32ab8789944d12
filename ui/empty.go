package ui

import (
	"fmt"

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
	switch {
	case s.failure != "":
		return say(t.Trouble.Render("The records could not be read"), "", clean(s.failure))
	case s.loads.asked || !counted:
		return say(t.Dim.Render("reading ..."))
	case (s.node() != nil || s.level > 0) && of.N > 0:
		return say(t.Strong.Render(fmt.Sprintf("0 of %s records match", of)), "",
			clean(s.text()), "",
			t.Strong.Render(m.showKey(keys.Filter))+t.Dim.Render("   edit the filter"))
	case !m.finished():
		return say(t.Dim.Render("no records yet: waiting for the first"))
	}
	lines := []string{t.Strong.Render("No records")}
	for _, h := range m.health {
		if h.Text != "" && (h.State == session.Trouble || h.State == session.Ended) {
			lines = append(lines, "", t.Trouble.Render(cleanCut(h.Text, width-4)))
		}
	}
	return say(lines...)
}
