package query

import (
	"iter"
	"strings"

	"github.com/lxlog/lx/logs"
)

// Nested holds where one element of an array of objects, alone, satisfies a
// query: items:{ sku:7 and count > 2 }. An object counts as an array of one.
// Within, names are those of the element's members, and free text looks at them alone.
type Nested struct {
	Field Field
	Node  Node
	Pos
}

func (n *Nested) String() string { return text(n) }

func (n *Nested) strength() strength { return whole }

func (n *Nested) write(p *printer) {
	n.Field.write(p)
	p.WriteString(":{")
	n.Node.write(p)
	p.WriteByte('}')
}

func (n *Nested) bind(s scope) matcher {
	s.path += n.Field.Name + "."
	return &nestedMatcher{n.Field.Name, n.Node.bind(s)}
}

type nestedMatcher struct {
	path   string
	within matcher
}

func (m *nestedMatcher) match(r *logs.Record) bool {
	return m.among(r.Attrs, m.path) || r.Resource != nil && m.among(r.Resource.Attrs, m.path)
}

func (m *nestedMatcher) among(attrs []logs.Attr, path string) bool {
	var members []logs.Attr // of an object at path
	for i := range attrs {
		a := &attrs[i]
		switch {
		case a.Key == path:
			for object := range elements(a.Value) {
				if m.object(object) {
					return true
				}
			}
		case len(a.Key) > len(path) && a.Key[len(path)] == '.' && strings.HasPrefix(a.Key, path):
			members = append(members, logs.Attr{Key: a.Key[len(path)+1:], Value: a.Value})
		case a.Value.Kind == logs.Array && len(path) > len(a.Key) && path[len(a.Key)] == '.' && strings.HasPrefix(path, a.Key):
			for object := range elements(a.Value) {
				if m.among(object, path[len(a.Key)+1:]) {
					return true
				}
			}
		}
	}
	return members != nil && m.object(members)
}

func (m *nestedMatcher) object(members []logs.Attr) bool {
	return m.within.match(&logs.Record{Time: logs.NoTime, Attrs: members})
}

// elements yields the members of each object in an array, arrays within it included.
func elements(v logs.Value) iter.Seq[[]logs.Attr] {
	return func(yield func([]logs.Attr) bool) {
		var each func(logs.Value) bool
		each = func(v logs.Value) bool {
			for _, item := range v.Items {
				switch item.Value.Kind {
				case logs.Object:
					if !yield(item.Value.Items) {
						return false
					}
				case logs.Array:
					if !each(item.Value) {
						return false
					}
				}
			}
			return true
		}
		if v.Kind == logs.Array {
			each(v)
		}
	}
}
