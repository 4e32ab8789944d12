package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	shell "github.com/lxlog/lx/ui/share"
)

// share copies the shell command that opens this view again.
func (m *Model) share() tea.Cmd {
	s := m.scope()
	sel := s.at(m.Now())
	v := shell.View{Sources: m.Sources, Flags: m.Flags, Query: sel.text(), From: sel.from, To: sel.to, Columns: m.Columns}
	if sel.level > 0 {
		v.Level = strings.ToLower(sel.level.String())
	}
	if z := m.zone().String(); z != "Local" {
		v.Zone = z
	}
	text := shell.Command(v)
	cmd := m.copy("the command", text)
	m.notice = "copied: " + cleanCut(text, max(m.width-12, 10))
	return cmd
}

// joined is a command line's arguments as a shell takes them.
func joined(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = shell.Quote(a)
	}
	return strings.Join(quoted, " ")
}
