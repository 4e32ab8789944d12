package query

import "slices"

// A Field is the name of a field, or a pattern of names: service.name, machine*, *.
type Field struct {
	Name   string   // its characters; a wildcard's stars stand in it
	Parts  []string // of a wildcard: what stands between its stars, two or more; else nil
	Quoted bool
	Pos
}

// Wildcard reports whether the field stands for several names.
func (f Field) Wildcard() bool { return f.Parts != nil }

// any reports whether the field is *, which stands for all of them.
func (f Field) any() bool { return f.Wildcard() && f.Name == "*" }

// Matches reports whether the field is that name, or a pattern that fits it.
func (f Field) Matches(name string) bool {
	if !f.Wildcard() {
		return f.Name == name
	}
	p := newPattern(f.Parts)
	return p.match(name)
}

func (f Field) String() string {
	var p printer
	f.write(&p)
	return p.String()
}

func (f Field) write(p *printer) {
	switch {
	case f.Quoted:
		p.quoted(f.Name)
	case f.Wildcard():
		p.literal(f.Parts, true)
	default:
		p.literal([]string{f.Name}, true)
	}
}

// same reports whether two fields are written alike.
func (f Field) same(g Field) bool {
	return f.Name == g.Name && f.Quoted == g.Quoted && slices.Equal(f.Parts, g.Parts)
}
