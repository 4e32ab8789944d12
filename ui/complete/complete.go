// Package complete proposes what may come next in a filter that is being typed,
// from the fields and values that records were found to have.
package complete

import (
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// Facets is what records were found to have, a field each, core fields under their ECS keys.
type Facets []summary.Facet

// Fields implements query.Dictionary.
func (f Facets) Fields() []query.KnownField {
	out := make([]query.KnownField, len(f))
	for i := range f {
		out[i] = query.KnownField{Name: f[i].Field, Type: f[i].Type, Records: f[i].Records}
	}
	return out
}

// Values implements query.Dictionary: the field's top values.
func (f Facets) Values(field string) []query.KnownValue {
	for i := range f {
		if f[i].Field != field {
			continue
		}
		out := make([]query.KnownValue, len(f[i].Top))
		for k, v := range f[i].Top {
			out[k] = query.KnownValue{Value: v.Value, Count: v.Count}
		}
		return out
	}
	return nil
}

// Proposals are what may be chosen at a place of a text.
type Proposals struct {
	query.Completion
	List []query.Candidate // best first
	text string
}

// At proposes at most most things for the cursor, a byte offset in text. It takes
// about a millisecond for a thousand fields or values: an Update may call it for a key.
func (f Facets) At(text string, cursor, most int) Proposals {
	c := query.Complete(text, cursor)
	return Proposals{c, query.Candidates(c, f, most), text}
}

// Choose returns the text with the i-th proposal in it, and where the cursor then stands.
func (p *Proposals) Choose(i int) (text string, cursor int) {
	x := p.List[i].Insert
	return p.text[:p.From] + x + p.text[p.To:], p.From + len(x)
}
