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
	var names []string
	if at.path == "" {
		names = t.mapping.names(name)
	}
	if t.mapping.has(name) && !slices.Contains(names, name) {
		names = append(names, name)
	}
	var choices list
	for _, name := range names {
		choices = append(choices, t.within(name, at, t.hasValue(name)))
	}
	if choices == nil {
		return t.unmapped(name)
	}
	return exact(oneOf(choices))
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
