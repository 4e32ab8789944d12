package dsl

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
)

// A Mapping is what is known of an index, or of several that are asked at once.
type Mapping struct {
	// Fields by their full names: "message" of type text, and its keyword form
	// "message.keyword" beside it. None: nothing is known.
	Fields map[string]Field

	// Unmarked: a value longer than IgnoreAbove leaves no mark in _ignored, as in
	// OpenSearch. It is then found by the lack of a keyword form beside its text, or missed.
	Unmarked bool

	// Core are fields that hold a core field before all of its names.
	Core map[logs.Core]string

	// Values are all the values that keyword fields have, of those of which that is
	// known, by the full name of the field. Levels are then asked by their spellings, which
	// costs the index a tenth of a pattern for all that there could be.
	Values map[string][]string

	// Env is what the query's meaning depends on. A Now of whole milliseconds, as
	// finely as a date is indexed, keeps times relative to it exact.
	Env query.Env
}

// A Field is one field of a mapping.
type Field struct {
	Type        string // as Elasticsearch names it: text, keyword, long, date, nested, ...
	IgnoreAbove int    // of a keyword: longer values are not indexed; 0 is no limit
	Normalized  bool   // of a keyword: it is indexed in another spelling, as in small letters, so that several are found alike
}

// Unsearchable is the type of a field that documents have, but in which the index cannot
// look: what is only there is missed.
const Unsearchable = "unsearchable"

// IsValue reports whether fields of a type, as Elasticsearch names it, hold single
// values: an index that says of another one that it is not searchable means that it has members.
func IsValue(kind string) bool {
	switch (Field{Type: kind}).family() {
	case textFamily, keywordFamily, numberFamily, booleanFamily, dateFamily, ipFamily:
		return true
	}
	return kind == "binary"
}

// family is what kinds of field have in common.
type family uint8

const (
	otherFamily   family = iota // nothing is known: only whether it exists can be asked
	textFamily                  // analysed into words
	keywordFamily               // whole, case-sensitive
	numberFamily
	booleanFamily
	dateFamily
	ipFamily
	flatFamily   // an object whose members are indexed whole, but can only be asked for values as they are
	nestedFamily // arrays of objects, each a document of its own
)

func (f Field) family() family {
	switch f.Type {
	case "text", "match_only_text", "annotated_text":
		return textFamily
	case "keyword", "constant_keyword", "wildcard":
		return keywordFamily
	case "flattened", "flat_object":
		return flatFamily
	case "long", "integer", "short", "byte", "double", "float", "half_float", "scaled_float", "unsigned_long":
		return numberFamily
	case "boolean":
		return booleanFamily
	case "date", "date_nanos":
		return dateFamily
	case "ip":
		return ipFamily
	case "nested":
		return nestedFamily
	}
	return otherFamily
}

// A form is a field of the index that holds a certain field of records.
type form struct {
	name string
	Field
}

// named returns the field of that name. A member of a flattened field is of its type.
func (m *Mapping) named(name string) (form, bool) {
	if f, ok := m.Fields[name]; ok {
		return form{name, f}, f.Type != Unsearchable
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if f, ok := m.Fields[name[:i]]; ok && f.family() == flatFamily {
			return form{name, f}, true
		}
	}
	return form{}, false
}

// subfield returns another form of a field: its text, or its keyword one.
func (m *Mapping) subfield(name string, of family) (form, bool) {
	for _, last := range []string{".keyword", ".raw", ".text"} {
		if f, ok := m.Fields[name+last]; ok && f.family() == of {
			return form{name + last, f}, true
		}
	}
	return form{}, false
}

// isForm reports whether the field is only another form of its parent.
func (m *Mapping) isForm(name string) bool {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return false
	}
	parent, ok := m.Fields[name[:i]]
	return ok && (parent.Type == Unsearchable || parent.family() == textFamily || parent.family() == keywordFamily)
}

// has reports whether the index has the field, or members of it.
func (m *Mapping) has(name string) bool {
	if _, ok := m.named(name); ok {
		return true
	}
	for f, of := range m.Fields {
		if of.Type != Unsearchable && strings.HasPrefix(f, name) && len(f) > len(name) && f[len(name)] == '.' {
			return true
		}
	}
	return false
}

// isLeaf reports whether the field has values of its own.
func (m *Mapping) isLeaf(name string) bool {
	f, ok := m.named(name)
	return ok && f.Type != "object" && f.family() != nestedFamily
}

// nestedPath is the innermost nested field that the field is a member of, "" where there is none.
func (m *Mapping) nestedPath(name string) string {
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' && m.Fields[name[:i]].family() == nestedFamily {
			return name[:i]
		}
	}
	return ""
}

// leaves are the fields that hold values of their own, sorted, those under path alone.
func (m *Mapping) leaves(path string) []string {
	var out []string
	for name, f := range m.Fields {
		if f.family() != nestedFamily && f.Type != "object" && f.Type != Unsearchable && !strings.HasPrefix(name, "_") && strings.HasPrefix(name, path) && !m.isForm(name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Unsearched are the fields that may hold a core field, in which the index cannot look.
func (m *Mapping) Unsearched(c logs.Core) []string { return m.unsearchedFor(c.Key()) }

// unsearchedFor are the fields that a name may stand for, in which the index cannot look.
func (m *Mapping) unsearchedFor(name string) (out []string) {
	names := []string{name}
	if c := logs.CoreOf(name); c != logs.CoreNone {
		names = append(names, m.Core[c])
		for _, n := range format.CoreNames(c) {
			names = append(names, n.Path)
		}
	}
	for _, n := range names {
		if m.Fields[n].Type == Unsearchable && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// unsearched are the fields under a path for which wanted holds, in which the index cannot look, sorted.
func (m *Mapping) unsearched(path string, wanted func(name string) bool) (out []string) {
	for name, f := range m.Fields {
		if f.Type == Unsearchable && strings.HasPrefix(name, path) && !m.isForm(name) && wanted(name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
