package dsl

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
)

// A Form is a field of the index by whose values records are counted that hold
// them in one field of theirs.
type Form struct {
	Name  string // of the field
	Field string // to aggregate on, which may be another form of it; "" where it has values that cannot be counted
	Type  string // of Field as Elasticsearch names it; of Name where there is none
	Path  string // of the innermost nested field that holds it, "" for none

	Has   any  // holds for the records that have the field
	Where any  // holds for those of them in which it is that field; nil: for all
	Wider bool // Where may hold for others

	// Lost holds for the records whose value is too long to be counted, and for a
	// few others, it may be: nil where there can be none. Unsure: the index cannot tell.
	Lost   any
	Unsure bool

	// Normalized: the values are counted as the index writes them, which is another
	// spelling than that of the records.
	Normalized bool

	// Elsewhere holds for the records that may have a value where none can be
	// counted, in their message, among them all that do; nil where there can be none. Only the first of several forms has it.
	Elsewhere any
}

// Forms are the fields that may hold a core field other than the time, in the
// order of preference: each record is counted by the first that it has.
func (m Mapping) Forms(core logs.Core) []Form {
	t := translator{mapping: m}
	var out []Form
	var before, had list
	sure := true
	for _, c := range m.coreCandidates(core) {
		if c.as.Number {
			continue // it is the level, but not how that is written
		}
		f := t.form(c.name)
		f.Where, f.Wider = without(before), !sure
		if c.as.Logger() {
			like := t.holds(c)
			f.Wider = !sure || like.wider
			if f.Where = like.body; len(before) > 0 {
				f.Where = allOf(like.body, without(before))
			}
		}
		blocks := t.holds(c)
		if core == logs.CoreLevel {
			// One that cannot be read stays in the record beside the one that can.
			blocks = t.levelOf(c, anySeverity())
			has := f.Has
			if f.Wider = f.Wider || len(out) > 0; len(had) > 0 {
				f.Has = allOf(has, without(had))
			}
			had = append(had, has)
		}
		out = append(out, f)
		sure = sure && !blocks.wider
		before = append(before, t.within(c.name, place{}, blocks.body))
	}
	if core == logs.CoreTrace && len(out) > 0 {
		out[0].Elsewhere = t.elsewhere(before)
	}
	return out
}

// elsewhere asks for the records without a field for the trace id whose message may name one; nil where none may.
func (t *translator) elsewhere(fields list) any {
	var choices list
	for _, c := range t.mapping.coreCandidates(logs.CoreMessage) {
		var p part
		clause := t.named(c.name, nil, &p)
		if clause == nil && p.misses {
			clause = exists(c.name)
		}
		if clause != nil {
			choices = append(choices, t.within(c.name, place{}, clause))
		}
	}
	if choices == nil {
		return nil
	}
	return object{"bool": object{"filter": list{oneOf(choices)}, "must_not": slices.Clone(fields)}}
}

// Own is a field as the field of that very name: where it is not the core field
// that it may hold. false: no record has it as a field of its own.
func (m Mapping) Own(name string) (Form, bool) {
	t := translator{mapping: m}
	f := t.form(name)
	core := m.coreOf(name)
	if core == logs.CoreNone || coreNames[name].Kept && m.Core[core] != name {
		return f, true
	}
	var before list
	for _, c := range m.coreCandidates(core) {
		if c.name == name {
			break
		}
		blocks := t.holds(c)
		if core == logs.CoreLevel {
			blocks = t.levelOf(c, anySeverity())
		}
		f.Wider = f.Wider || blocks.wider
		before = append(before, t.within(c.name, place{}, blocks.body))
	}
	if before == nil {
		return f, !m.mayHold(name, core)
	}
	if m.mayHold(name, core) {
		f.Where = oneOf(before)
	}
	return f, true
}

// Names are the fields that hold values of their own, sorted: no other forms of fields, and none that the server made.
func (m Mapping) Names() []string { return m.leaves("") }

// Level asks for the records of which the severity is of that level.
func (m Mapping) Level(l logs.Level) Query { return m.Severities(l.Base(), l.Base()+3) }

// Severities asks for the records with a severity from least to most.
func (m Mapping) Severities(least, most logs.Severity) Query {
	if len(m.Fields) == 0 {
		return Query{Body: matchAll(), Wider: true}
	}
	t := translator{mapping: m}
	var a levelAsked
	for s := max(least, 1); s <= min(most, 24); s++ {
		a.severities[s] = true
	}
	cs := m.coreCandidates(logs.CoreLevel)
	if len(cs) == 0 {
		return t.query(t.unmapped(logs.CoreLevel.Key()))
	}
	return t.query(t.levels(cs, place{}, a))
}

// form is the field as far as it can be counted.
func (t *translator) form(name string) Form {
	found, _ := t.mapping.named(name)
	f := Form{Name: name, Type: found.Type, Path: t.mapping.nestedPath(name), Has: t.within(name, place{}, t.hasValue(name))}
	if found.family() == textFamily {
		var ok bool
		if found, ok = t.mapping.subfield(name, keywordFamily); !ok {
			return f
		}
		f.Has = t.within(name, place{}, anyOf(exists(name), exists(found.name))) // a text may have no words
	}
	switch found.family() {
	case keywordFamily, numberFamily, booleanFamily, dateFamily, ipFamily:
		f.Field, f.Type, f.Normalized = found.name, found.Type, found.Normalized
	case flatFamily:
		if strings.HasPrefix(name, found.name+".") {
			f.Field = name
		}
	}
	if found.IgnoreAbove > 0 {
		lost, known := t.ignored(found.name)
		f.Lost, f.Unsure = lost, !known
	}
	return f
}

// without holds where none of the clauses does; nil of none.
func without(clauses list) any {
	if len(clauses) == 0 {
		return nil
	}
	return object{"bool": object{"must_not": slices.Clone(clauses)}}
}
