package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// A coreTest also decides about a record's own level or time, of which more is
// known than the text it was written with.
type coreTest interface {
	test
	core(r *logs.Record) bool
}

// fieldMatcher holds where any value under a name passes the test. An attribute
// of that very name hides the core field that the name is an alias of.
type fieldMatcher struct {
	name string
	test test
}

func newFieldMatcher(name string, t test) matcher {
	if c, ok := t.(coreTest); ok {
		return &coreMatcher{name, c}
	}
	return &fieldMatcher{name, t}
}

func (m *fieldMatcher) match(r *logs.Record) bool {
	for v := range r.Values(m.name) {
		if m.test.holds(v) {
			return true
		}
	}
	return false
}

// coreMatcher is a fieldMatcher for names of the level and the time.
type coreMatcher struct {
	name string
	test coreTest
}

func (m *coreMatcher) match(r *logs.Record) bool {
	if _, own := r.Attr(m.name); !own {
		return m.test.core(r)
	}
	for v := range r.Values(m.name) {
		if m.test.holds(v) {
			return true
		}
	}
	return false
}

// anyField holds where any field whose name fits a pattern passes its test. A
// core field fits by any of its names.
type anyField struct {
	names pattern
	scope scope
	tests [fieldKinds]test
	cores []logs.Core
}

func newAnyField(f Field, s scope, testOf func(fieldKind) test) matcher {
	m := &anyField{names: newPattern(f.Parts), scope: s}
	for k := range m.tests {
		m.tests[k] = testOf(fieldKind(k))
	}
	if s.path != "" {
		return m
	}
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		for _, name := range logs.Aliases[c] {
			if m.names.match(name) {
				m.cores = append(m.cores, c)
				break
			}
		}
	}
	return m
}

func (m *anyField) match(r *logs.Record) bool {
	for _, c := range m.cores {
		t := m.tests[m.scope.kind(c.Key())]
		if own, ok := t.(coreTest); ok {
			if own.core(r) {
				return true
			}
		} else if v, ok := r.Core(c); ok && t.holds(v) {
			return true
		}
	}
	return m.among("", r.Attrs) || r.Resource != nil && m.among("", r.Resource.Attrs)
}

func (m *anyField) among(path string, attrs []logs.Attr) bool {
	for i := range attrs {
		name := attrs[i].Key
		if path != "" {
			name = strings.TrimSuffix(path+"."+name, ".")
		}
		if m.value(name, &attrs[i].Value) {
			return true
		}
	}
	return false
}

func (m *anyField) value(name string, v *logs.Value) bool {
	switch v.Kind {
	case logs.Null:
		return false
	case logs.Array, logs.Object:
		return m.among(name, v.Items)
	}
	return m.names.match(name) && m.tests[m.scope.kind(name)].holds(*v)
}
