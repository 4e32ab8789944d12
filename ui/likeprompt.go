package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// likePrompt asks what of a record is to be kept, or dropped.
func likePrompt(m *Model, r *logs.Record, keep bool) *prompt {
	p := &prompt{title: "keep:"}
	if !keep {
		p.title = "drop:"
	}
	add := func(key, text string, n query.Node) {
		p.choices = append(p.choices, choice{key, text, func() tea.Cmd { return m.narrow(n, keep) }})
	}
	if r.Service != "" {
		add("s", "service="+cleanCut(r.Service, 20), same("service", r.Service))
	}
	if r.Host != "" {
		add("h", "host="+cleanCut(r.Host, 20), same("host", r.Host))
	}
	if r.Severity > 0 {
		level := r.Severity.String()
		add("l", "level="+level, same("level", level))
	}
	if r.TraceID != "" && keep {
		add("t", "trace", same("trace_id", r.TraceID))
	}
	p.choices = append(p.choices, choice{"/", "another field", func() tea.Cmd {
		m.scope().stop()
		m.push(&details{})
		return nil
	}})
	return p
}

// narrow keeps, or leaves out, the records that a condition holds for.
func (m *Model) narrow(n query.Node, keep bool) tea.Cmd {
	sel := m.scope().selection
	if sel.query = query.With(sel.query, n); !keep {
		sel.query = query.Without(m.scope().query, n)
	}
	m.remember(sel.query.String())
	return m.choose(sel)
}
