package query

// Exists holds where a field has any value: user:*.
type Exists struct {
	Field Field
	Pos
}

func (e *Exists) String() string { return text(e) }

func (e *Exists) strength() strength { return whole }

func (e *Exists) write(p *printer) {
	e.Field.write(p)
	p.WriteString(":*")
}

func (x *Exists) bind(s scope) matcher { return always{} }
