package query

import "github.com/lxlog/lx/logs"

// And holds where all of its nodes do: timeout and level:ERROR.
type And struct {
	Nodes []Node // two or more
	Pos
}

func (a *And) String() string { return text(a) }

func (a *And) strength() strength {
	if _, ok := sharedField(a); ok {
		return whole
	}
	return and
}

func (a *And) write(p *printer) { p.list(a, a.Nodes, " and ", not) }

func (a *And) bind(s scope) matcher { return allOf(bindAll(a.Nodes, s)) }

type allOf []matcher

func (a allOf) match(r *logs.Record) bool {
	for _, m := range a {
		if !m.match(r) {
			return false
		}
	}
	return true
}

func bindAll(nodes []Node, s scope) []matcher {
	out := make([]matcher, len(nodes))
	for i, n := range nodes {
		out[i] = n.bind(s)
	}
	return out
}
