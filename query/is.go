package query

// Is holds where any value of a field is what is asked for: service:payment, message:"timed out", path:/api/*.
type Is struct {
	Field Field
	Value Value
	Pos
}

func (i *Is) String() string { return text(i) }

func (i *Is) strength() strength { return whole }

func (i *Is) write(p *printer) {
	i.Field.write(p)
	p.WriteByte(':')
	i.Value.write(p)
}

func (x *Is) bind(s scope) matcher { return always{} }
