package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// Exists holds where a field has any value but null: user:*. An object has one where any of its members does.
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

func (e *Exists) bind(s scope) matcher {
	if e.Field.Wildcard() {
		return newAnyField(e.Field, s, func(k fieldKind) test {
			if k == timeField {
				return hasTime{}
			}
			return anything{}
		})
	}
	if s.isSource(e.Field) {
		return sourceMatcher{anything{}}
	}
	m := &existsMatcher{name: e.Field.Name}
	if s.path == "" {
		m.core = logs.CoreOf(m.name)
	}
	return m
}

type existsMatcher struct {
	name string
	core logs.Core // that the name is an alias of
}

func (m *existsMatcher) match(r *logs.Record) bool {
	if m.core == logs.CoreTime && r.Time != logs.NoTime {
		return true
	}
	_, ok := r.Core(m.core)
	return ok || valueUnder(r.Attrs, m.name) || r.Resource != nil && valueUnder(r.Resource.Attrs, m.name)
}

// valueUnder reports whether there is a value under name or below it.
func valueUnder(attrs []logs.Attr, name string) bool {
	for i := range attrs {
		a := &attrs[i]
		switch {
		case a.Key == name, len(a.Key) > len(name) && a.Key[len(name)] == '.' && strings.HasPrefix(a.Key, name):
			if hasValue(a.Value) {
				return true
			}
		case a.Value.Kind == logs.Array && len(name) > len(a.Key) && name[len(a.Key)] == '.' && strings.HasPrefix(name, a.Key):
			for object := range elements(a.Value) {
				if valueUnder(object, name[len(a.Key)+1:]) {
					return true
				}
			}
		}
	}
	return false
}

func hasValue(v logs.Value) bool {
	switch v.Kind {
	case logs.Null:
		return false
	case logs.Array, logs.Object:
		for _, item := range v.Items {
			if hasValue(item.Value) {
				return true
			}
		}
		return false
	}
	return true
}

// anything holds for every value.
type anything struct{}

func (anything) holds(logs.Value) bool { return true }

// hasTime is anything for times.
type hasTime struct{ anything }

func (hasTime) core(r *logs.Record) bool { return r.Time != logs.NoTime }
