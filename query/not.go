package query

import "github.com/lxlog/lx/logs"

// Not holds where its node does not: not path:/healthz. A record without the field is among them.
type Not struct {
	Node Node
	Pos
}

func (n *Not) String() string { return text(n) }

func (n *Not) strength() strength { return not }

func (n *Not) write(p *printer) {
	p.WriteString("not ")
	p.node(n.Node, whole)
}

func (n *Not) bind(s scope) matcher { return notOf{n.Node.bind(s)} }

type notOf struct{ of matcher }

func (n notOf) match(r *logs.Record) bool { return !n.of.match(r) }
