package dsl

import "github.com/lxlog/lx/query"

// A Query is a translated query.
type Query struct {
	// Body is the query object: maps, slices, strings, numbers, booleans and nil, as encoding/json takes them.
	Body any

	// Wider: among what Body finds may be records that the query does not hold
	// for. Totals are then upper bounds until each record has been asked again.
	Wider bool

	// Missed names fields, sorted, in which the index cannot look for what the
	// query asks: records that only hold it there are not found.
	Missed []string
}

// Exact reports whether Body finds what the query holds for, and nothing else.
func (q Query) Exact() bool { return !q.Wider && len(q.Missed) == 0 }

// DSL translates a query for an index of that mapping. An empty mapping gives
// Kibana's translation, of which nothing is known about exactness: it counts as wider.
// What a server would refuse because it is too deep or too long is asked wider.
func DSL(n query.Node, m Mapping) Query {
	if len(m.Fields) == 0 {
		return Query{Body: kibana(n, ""), Wider: true}
	}
	t := translator{mapping: m}
	p := t.node(query.Simplify(n), place{})
	return t.query(p)
}

// query is the translation that a part is.
func (t *translator) query(p part) Query {
	if clauses(p.body) > maxClauses {
		p = wider(matchAll())
	}
	return Query{p.body, p.wider, t.missedFields()}
}
