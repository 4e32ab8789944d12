package query

// Compare holds where any value of a field stands in a relation to a literal: duration_ms > 1000, level >= WARN.
type Compare struct {
	Field Field
	Op    Op
	Value Value
	Pos
}

// Op is a relation.
type Op uint8

const (
	Greater        Op = iota // >
	GreaterOrEqual           // >=
	Less                     // <
	LessOrEqual              // <=
)

func (o Op) String() string { return [...]string{">", ">=", "<", "<="}[o] }

// Holds reports whether the relation is true of something that compares to the literal as order: below 0, 0, above 0.
func (o Op) Holds(order int) bool {
	switch o {
	case Greater:
		return order > 0
	case GreaterOrEqual:
		return order >= 0
	case Less:
		return order < 0
	}
	return order <= 0
}

func (c *Compare) String() string { return text(c) }

func (c *Compare) strength() strength { return whole }

func (c *Compare) write(p *printer) {
	c.Field.write(p)
	p.WriteByte(' ')
	p.WriteString(c.Op.String())
	p.WriteByte(' ')
	c.Value.write(p)
}

func (x *Compare) bind(s scope) matcher { return always{} }
