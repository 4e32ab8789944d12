package query

import "github.com/lxlog/lx/logs"

// SourceField is the field that has the name of a record's source: a file's path
// as it was given, whatever its rotation. It is that of the stream, never a
// field of the record's own, and stands under no pattern of names.
const SourceField = "@source"

// sourceMatcher holds where a record's source passes the test.
type sourceMatcher struct{ test test }

func (m sourceMatcher) match(r *logs.Record) bool {
	name := r.Source()
	return name != "" && m.test.holds(logs.TextValue(name))
}

// isSource reports whether a field that stands in the scope is SourceField.
func (s scope) isSource(f Field) bool {
	return s.path == "" && f.Name == SourceField && !f.Wildcard()
}

// AsksSource reports whether the query says anything about SourceField.
func (q *Query) AsksSource() bool { return q.asksSource }

// Of returns the query that holds for the same records of one source, and asks
// nothing about SourceField any more.
func (q *Query) Of(source string) *Query {
	if !q.asksSource {
		return q
	}
	r := &logs.Record{Time: logs.NoTime, Resource: &logs.Resource{Source: source}}
	return Compile(Simplify(q.settle(q.node, r)), q.env)
}

// settle puts in the place of each condition on SourceField what it says of r.
func (q *Query) settle(n Node, r *logs.Record) Node {
	switch n := n.(type) {
	case *And:
		return &And{q.settleAll(n.Nodes, r), n.Pos}
	case *Or:
		return &Or{q.settleAll(n.Nodes, r), n.Pos}
	case *Not:
		return &Not{q.settle(n.Node, r), n.Pos}
	}
	f, ok := conditionField(n)
	switch {
	case !ok || !(scope{}).isSource(f):
		return n
	case n.bind(scope{env: &q.env}).match(r):
		return &Everything{}
	}
	return &Not{Node: &Everything{}}
}

func (q *Query) settleAll(nodes []Node, r *logs.Record) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i] = q.settle(n, r)
	}
	return out
}

// conditionField is the field that a single condition is on.
func conditionField(n Node) (Field, bool) {
	switch n := n.(type) {
	case *Is:
		return n.Field, true
	case *Exists:
		return n.Field, true
	case *Compare:
		return n.Field, true
	}
	return Field{}, false
}

// asksSource reports whether a condition of the tree is on SourceField.
func asksSource(n Node) (asks bool) {
	Walk(n, func(n Node) bool {
		f, ok := conditionField(n)
		asks = asks || ok && scope{}.isSource(f)
		_, nested := n.(*Nested)
		return !nested && !asks
	})
	return asks
}

// Holds reports whether the query holds for every record, or for none, whatever it is; false, false: that depends.
func (q *Query) Holds() (always, never bool) { return isEverything(q.node), isNothing(q.node) }
