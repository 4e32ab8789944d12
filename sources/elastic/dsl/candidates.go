package dsl

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
)

// A candidate is a field of the index that may hold what a name asks for.
type candidate struct {
	name string
	as   format.CoreName // how its value is read, of a core field
	own  bool            // it is the very name that was asked for: a record that has it says no other thing by that name
}

// candidates are the fields of the index that a name may stand for, in the
// order in which a record prefers them: of a core field the one that was chosen
// for it, the name itself, then the others that decoding reads. An object is none
// where a core field is meant: "host" beside "host.name".
func (m *Mapping) candidates(name string) []candidate {
	c := logs.CoreOf(name)
	if c == logs.CoreNone {
		if m.has(name) {
			return []candidate{{name: name}}
		}
		return nil
	}
	var out []candidate
	chosen := m.Core[c]
	if chosen != "" && chosen != name && m.isLeaf(chosen) {
		out = append(out, candidate{name: chosen, as: format.CoreName{Path: chosen, Core: c}})
	}
	if m.isLeaf(name) {
		out = append(out, candidate{name, readAs(name, c), true})
	}
	for _, n := range format.CoreNames(c) {
		if n.Path != name && n.Path != chosen && m.isLeaf(n.Path) && m.mayHold(n.Path, c) {
			out = append(out, candidate{name: n.Path, as: n})
		}
	}
	if out == nil && m.has(name) {
		out = append(out, candidate{name: name})
	}
	return out
}

// coreCandidates are the candidates for a core field as a record has it, whatever it was asked by.
func (m *Mapping) coreCandidates(c logs.Core) []candidate {
	var out []candidate
	for _, one := range m.candidates(c.Key()) {
		if one.own = false; one.as.Core == c {
			out = append(out, one)
		}
	}
	return out
}

// readAs is how decoding reads a name of the core field.
func readAs(name string, c logs.Core) format.CoreName {
	for _, n := range format.CoreNames(c) {
		if n.Path == name {
			return n
		}
	}
	return format.CoreName{Path: name, Core: c}
}

// coreNames has every name that decoding reads, by path.
var coreNames = func() map[string]format.CoreName {
	m := map[string]format.CoreName{}
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		for _, n := range format.CoreNames(c) {
			if _, known := m[n.Path]; !known {
				m[n.Path] = n
			}
		}
	}
	return m
}()

// coreOf is the core field that the index's field of that name may hold.
func (m *Mapping) coreOf(name string) logs.Core {
	for c, chosen := range m.Core {
		if chosen == name {
			return c
		}
	}
	return coreNames[name].Core
}

// disappears reports whether decoding takes the field for a core field by a name
// that queries do not know, so that a record cannot be asked for it by that name.
func (m *Mapping) disappears(name string) bool {
	return logs.CoreOf(name) == logs.CoreNone && m.coreOf(name) != logs.CoreNone && !coreNames[name].Kept
}

// mayHold reports whether what the field holds can be the core field: only text is a service or a host.
func (m *Mapping) mayHold(name string, c logs.Core) bool {
	f, _ := m.named(name)
	switch f.family() {
	case booleanFamily:
		return c == logs.CoreMessage
	case numberFamily:
		return c != logs.CoreService && c != logs.CoreHost
	case dateFamily:
		return c != logs.CoreLevel
	}
	return true
}
