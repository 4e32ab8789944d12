package query

// Text is free text, looked for in the whole record: timeout, "read timed out", *out*, /time(d )?out/.
type Text struct {
	Value Value
	Pos
}

func (t *Text) String() string { return text(t) }

func (t *Text) strength() strength { return whole }

func (t *Text) write(p *printer) { t.Value.write(p) }

func (x *Text) bind(s scope) matcher { return always{} }
