package query

import "github.com/lxlog/lx/logs"

// Or holds where any of its nodes does: timeout or level:ERROR, level:(ERROR or WARN).
type Or struct {
	Nodes []Node // two or more
	Pos
}

func (o *Or) String() string { return text(o) }

func (o *Or) strength() strength {
	if _, ok := sharedField(o); ok {
		return whole
	}
	return or
}

func (o *Or) write(p *printer) { p.list(o, o.Nodes, " or ", and) }

func (o *Or) bind(s scope) matcher { return anyOf(bindAll(o.Nodes, s)) }

type anyOf []matcher

func (a anyOf) match(r *logs.Record) bool {
	for _, m := range a {
		if m.match(r) {
			return true
		}
	}
	return false
}
