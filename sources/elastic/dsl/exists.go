package dsl

import (
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// exists asks whether a field has a value, under any of its names or below.
func (t *translator) exists(f query.Field, at place) part {
	if f.Wildcard() {
		return t.fields(f, at, func(name string, _ logs.Core) part { return exact(t.within(name, at, t.hasValue(name))) })
	}
	name := at.path + f.Name
	if name == query.SourceField {
		return wider(matchAll())
	}
	var candidates []candidate
	if at.path == "" {
		candidates = t.mapping.candidates(name)
	}
	if t.mapping.has(name) && !slices.ContainsFunc(candidates, func(c candidate) bool { return c.name == name }) {
		candidates = append(candidates, candidate{name: name})
	}
	var out part
	if at.path == "" {
		t.miss(&out, t.mapping.unsearchedFor(name)...)
	}
	t.miss(&out, t.mapping.unsearched(name+".", func(string) bool { return true })...)
	var choices list
	for _, c := range candidates {
		p := t.holds(c)
		out.wider = out.wider || p.wider || t.mapping.disappears(c.name) && c.name == name
		choices = append(choices, t.within(c.name, at, p.body))
	}
	if choices == nil {
		return t.unmapped(name)
	}
	out.body = oneOf(choices)
	return out
}

// holds asks whether a record has the candidate's value, and it can be read as what it is a candidate for.
func (t *translator) holds(c candidate) part {
	if !c.as.Logger() || c.own {
		if empty := t.empty(c); empty != nil {
			return exact(object{"bool": object{"filter": list{t.hasValue(c.name)}, "must_not": list{empty}}})
		}
		return exact(t.hasValue(c.name))
	}
	if f, ok := t.mapping.whole(c.name); ok {
		return exact(leaf("regexp", f.name, serviceName))
	}
	return wider(exists(c.name))
}

// empty asks for the records whose value of the candidate is empty, which decoding takes
// for none; nil where there are none, or the index cannot tell.
func (t *translator) empty(c candidate) any {
	if c.own || c.as.Core == logs.CoreNone || c.as.Core == logs.CoreTime {
		return nil
	}
	if f, ok := t.mapping.whole(c.name); ok {
		return leaf("term", f.name, "")
	}
	return nil
}

// serviceName is what a logger is called that is the service.
const serviceName = `[a-zA-Z_][a-zA-Z0-9_\-]{0,63}`

// whole is the form of a field that is indexed as a whole.
func (m *Mapping) whole(name string) (form, bool) {
	f, ok := m.named(name)
	if f.family() == textFamily {
		return m.subfield(name, keywordFamily)
	}
	return f, ok && f.family() == keywordFamily
}

// hasValue asks whether one field of the index has a value, be it too long to be indexed.
func (t *translator) hasValue(name string) any {
	found, _ := t.mapping.named(name)
	if found.family() == nestedFamily {
		return nested(name, matchAll())
	}
	if found.IgnoreAbove > 0 {
		if ignored, known := t.ignored(name); known {
			return anyOf(exists(name), ignored)
		}
	}
	return exists(name)
}
