package query

import "strings"

// A printer writes the text of a tree.
type printer struct{ strings.Builder }

// strength orders nodes by how tightly their text holds together: a node within
// one that needs a stronger one stands in parentheses.
type strength uint8

const (
	or strength = iota
	and
	not
	whole
)

func text(n Node) string {
	var p printer
	n.write(&p)
	return p.String()
}

// node writes n, in parentheses if it is weaker than least.
func (p *printer) node(n Node, least strength) {
	if n.strength() < least {
		p.WriteByte('(')
		n.write(p)
		p.WriteByte(')')
		return
	}
	n.write(p)
}

// list writes the nodes of n, an And or an Or: as field:(a or b) where all ask the same field.
func (p *printer) list(n Node, nodes []Node, between string, least strength) {
	if f, ok := sharedField(n); ok {
		f.write(p)
		p.WriteString(":(")
		p.values(n)
		p.WriteByte(')')
		return
	}
	for i, c := range nodes {
		if i > 0 {
			p.WriteString(between)
		}
		p.node(c, least)
	}
}

// values writes a tree whose leaves all ask one field without naming it.
func (p *printer) values(n Node) {
	list := func(nodes []Node, between string, least strength) {
		for i, c := range nodes {
			if i > 0 {
				p.WriteString(between)
			}
			p.valuesWithin(c, least)
		}
	}
	switch n := n.(type) {
	case *And:
		list(n.Nodes, " and ", not)
	case *Or:
		list(n.Nodes, " or ", and)
	case *Not:
		p.WriteString("not ")
		p.valuesWithin(n.Node, whole)
	case *Is:
		n.Value.write(p)
	case *Exists:
		p.WriteByte('*')
	}
}

func (p *printer) valuesWithin(n Node, least strength) {
	s := whole
	switch n.(type) {
	case *And:
		s = and
	case *Or:
		s = or
	case *Not:
		s = not
	}
	if s < least {
		p.WriteByte('(')
		defer p.WriteByte(')')
	}
	p.values(n)
}

// sharedField returns the field that every leaf below n asks, where they ask the
// same, and for values alone.
func sharedField(n Node) (f Field, ok bool) {
	switch n := n.(type) {
	case *Is:
		return n.Field, true
	case *Exists:
		return n.Field, true
	case *And, *Or, *Not:
		for i, c := range children(n) {
			g, ok := sharedField(c)
			if !ok || i > 0 && !f.same(g) {
				return Field{}, false
			}
			f = g
		}
		return f, true
	}
	return Field{}, false
}
