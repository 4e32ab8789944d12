package query

// Nested holds where one element of an array of objects, alone, satisfies a
// query: items:{ sku:7 and count > 2 }. An object counts as an array of one.
type Nested struct {
	Field Field
	Node  Node
	Pos
}

func (n *Nested) String() string { return text(n) }

func (n *Nested) strength() strength { return whole }

func (n *Nested) write(p *printer) {
	n.Field.write(p)
	p.WriteString(":{")
	n.Node.write(p)
	p.WriteByte('}')
}

func (x *Nested) bind(s scope) matcher { return always{} }
