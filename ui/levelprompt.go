package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
)

// levelPrompt asks for the least level, by its letter.
func levelPrompt(m *Model) *prompt {
	p := &prompt{title: "least level"}
	set := func(least logs.Severity) func() tea.Cmd {
		return func() tea.Cmd {
			sel := m.scope().selection
			if sel.level == least {
				return nil
			}
			sel.level = least
			return m.choose(sel)
		}
	}
	for l := logs.Level(logs.Levels - 1); l > 0; l-- {
		name := strings.ToLower(l.String())
		p.choices = append(p.choices, choice{name[:1], name, set(l.Base())})
	}
	p.choices = append(p.choices, choice{"a", "all", set(0)})
	return p
}
