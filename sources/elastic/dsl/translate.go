package dsl

import (
	"maps"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
)

// A part is the translation of one node. It never finds less than the node holds
// for, except where misses says so.
type part struct {
	body   any
	wider  bool // it may find more
	misses bool // it does not find what stands only in the translator's missed fields
}

func exact(body any) part { return part{body: body} }

func wider(body any) part { return part{body: body, wider: true} }

// nothing is the part of a condition that no record satisfies.
func nothing() part { return exact(matchNone()) }

// both is the part of two conditions that must hold.
func both(a, b part) part {
	return part{allOf(a.body, b.body), a.wider || b.wider, a.misses || b.misses}
}

type translator struct {
	mapping Mapping
	missed  map[string]bool
}

// A place is where a node stands.
type place struct {
	path   string // of the nested nodes around it, ending in a dot
	nested string // the nested field of the mapping that holds the place, "" for none
	loose  bool   // the objects of path are not kept apart by the index: conditions on one hold for all
	depth  int    // of the lists and nested queries around it
}

func (t *translator) node(n query.Node, at place) part {
	if at.depth > maxDepth {
		return wider(matchAll())
	}
	switch n := n.(type) {
	case *query.And:
		return t.join(n.Nodes, at, eachOf)
	case *query.Or:
		return t.join(n.Nodes, at, oneOf)
	case *query.Not:
		return t.not(n.Node, at)
	case *query.Nested:
		return t.nestedNode(n, at)
	case *query.Text:
		return t.loosely(at, t.text(n.Value, at))
	case *query.Is:
		return t.loosely(at, t.withMessages(n.Field, at, &n.Value, func() part {
			return t.field(n.Field, at, mayBeEmpty(n.Value), func(f asked) part { return t.is(f, n.Value) })
		}))
	case *query.Exists:
		return t.loosely(at, t.withMessages(n.Field, at, nil, func() part { return t.exists(n.Field, at) }))
	case *query.Compare:
		return t.loosely(at, t.withMessages(n.Field, at, nil, func() part {
			return t.field(n.Field, at, true, func(f asked) part { return t.compare(f, n) })
		}))
	}
	return exact(matchAll())
}

func (t *translator) join(nodes []query.Node, at place, how func(list) any) part {
	var out part
	var bodies list
	at.depth++
	for _, n := range nodes {
		p := t.node(n, at)
		bodies = append(bodies, p.body)
		out.wider = out.wider || p.wider
		out.misses = out.misses || p.misses
	}
	out.body = how(bodies)
	return out
}

// not turns what is under it round: of what finds too much it would find too
// little, so it goes down to the leaves, and leaves out those that are not exact.
func (t *translator) not(n query.Node, at place) part {
	switch n := n.(type) {
	case *query.And:
		return t.join(negated(n.Nodes), at, oneOf)
	case *query.Or:
		return t.join(negated(n.Nodes), at, eachOf)
	case *query.Not:
		return t.node(n.Node, at)
	}
	p := t.node(n, at)
	if p.wider {
		return wider(matchAll())
	}
	return part{body: noneOf(p.body), wider: p.misses}
}

func negated(nodes []query.Node) []query.Node {
	out := make([]query.Node, len(nodes))
	for i, n := range nodes {
		out[i] = &query.Not{Node: n}
	}
	return out
}

func (t *translator) loosely(at place, p part) part {
	p.wider = p.wider || at.loose
	return p
}

func (t *translator) nestedNode(n *query.Nested, at place) part {
	path := at.path + n.Field.Name
	if n.Field.Wildcard() {
		return wider(matchAll())
	}
	if t.mapping.Fields[path].family() == nestedFamily {
		p := t.node(n.Node, place{path + ".", path, at.loose, at.depth + 1})
		p.body = nested(path, p.body)
		return p
	}
	if !t.mapping.has(path) {
		return t.unmapped(path)
	}
	return t.node(n.Node, place{path + ".", at.nested, true, at.depth})
}

// unmapped is the part of a condition on a field that the index does not have.
func (t *translator) unmapped(name string) part {
	p := nothing()
	t.miss(&p, name)
	return p
}

func (t *translator) miss(p *part, names ...string) {
	if t.missed == nil {
		t.missed = map[string]bool{}
	}
	for _, name := range names {
		p.misses = true
		t.missed[name] = true
	}
}

func (t *translator) missedFields() []string { return slices.Sorted(maps.Keys(t.missed)) }

// asked is a field of the index that a condition is put to.
type asked struct {
	name string          // in the index
	core logs.Core       // that the query's name for it is an alias of
	as   format.CoreName // how decoding reads it
	word bool            // compared by words

	levels []candidate // instead of name: those of the level, together
	at     place       // of levels
}

// mayBeEmpty reports whether the empty text may be what is asked for.
func mayBeEmpty(v query.Value) bool {
	return !literalKind(v) || slices.Contains(v.Alternatives(), "")
}

// field puts a condition to each field of the index that f may stand for. empty: it may hold for the empty text.
func (t *translator) field(f query.Field, at place, empty bool, ask func(asked) part) part {
	empty = empty && !f.Wildcard() // it means what records have by these very names, too
	putAs := func(c candidate, core logs.Core) part {
		p := ask(asked{name: c.name, core: core, as: c.as, word: t.isWordField(f, c.name, core, at)})
		if c.as.Logger() && !c.own {
			p = both(p, t.holds(c))
		} else if none := t.empty(c); empty && none != nil && !isNothing(p) {
			p.body = object{"bool": object{"filter": list{p.body}, "must_not": list{none}}}
		}
		p.body = t.within(c.name, at, p.body)
		return p
	}
	put := func(name string, core logs.Core) part {
		return putAs(candidate{name: name, as: readAs(name, core)}, core)
	}
	if f.Wildcard() {
		return t.fields(f, at, put)
	}
	if at.path == "" && f.Name == query.SourceField {
		return wider(matchAll())
	}
	if at.path != "" {
		if !t.mapping.has(at.path + f.Name) {
			return t.unmapped(at.path + f.Name)
		}
		return put(at.path+f.Name, logs.CoreNone)
	}
	candidates := t.mapping.candidates(f.Name)
	if len(candidates) == 0 {
		return t.unmapped(f.Name)
	}
	core := logs.CoreOf(f.Name)
	if core == logs.CoreLevel {
		p := ask(asked{core: core, levels: candidates, at: at})
		t.miss(&p, t.mapping.unsearchedFor(f.Name)...)
		return p
	}
	var out part
	t.miss(&out, t.mapping.unsearchedFor(f.Name)...)
	var choices, before list
	for i, c := range candidates {
		p := putAs(c, core)
		out.wider = out.wider || p.wider || t.mapping.disappears(c.name) && c.name == f.Name
		out.misses = out.misses || p.misses
		if len(before) > 0 {
			p.body = object{"bool": object{"filter": list{p.body}, "must_not": slices.Clone(before)}}
		}
		choices = append(choices, p.body)
		if i == len(candidates)-1 {
			break
		}
		blocks := t.holds(c)
		out.wider = out.wider || blocks.wider
		if !blocks.wider {
			before = append(before, t.within(c.name, at, blocks.body))
		}
	}
	out.body = oneOf(choices)
	return out
}

// isWordField reports whether the field of the index is compared by words, as what the condition names is.
func (t *translator) isWordField(f query.Field, name string, core logs.Core, at place) bool {
	if f.Wildcard() {
		return core == logs.CoreMessage || t.mapping.Env.IsWordField(name)
	}
	return t.mapping.Env.IsWordField(at.path + f.Name)
}

// within puts the condition on a field into the nested query that it needs.
func (t *translator) within(name string, at place, body any) any {
	if path := t.mapping.nestedPath(name); path != at.nested && path != "" {
		return nested(path, body)
	}
	return body
}

// manyFields is up to how many fields a pattern or free text is put to one by one.
const manyFields = 300

func (t *translator) fields(f query.Field, at place, put func(string, logs.Core) part) part {
	var out part
	var choices list
	t.miss(&out, t.mapping.unsearched(at.path, func(name string) bool { return f.Matches(strings.TrimPrefix(name, at.path)) })...)
	for _, name := range t.mapping.leaves(at.path) {
		core := logs.CoreNone
		if at.path == "" {
			core = t.mapping.coreOf(name)
		}
		byAlias := core != logs.CoreNone && slices.ContainsFunc(logs.Aliases[core], f.Matches)
		named := f.Matches(strings.TrimPrefix(name, at.path))
		if !named && !byAlias {
			continue
		}
		p := put(name, core)
		// It may be a field of its own, or be the core field, which goes by other names.
		out.wider = out.wider || p.wider || core != logs.CoreNone && named != byAlias
		out.misses = out.misses || p.misses
		choices = append(choices, p.body)
	}
	switch {
	case len(choices) == 0 && out.misses:
		out.body = matchNone()
		return out
	case len(choices) == 0:
		return t.unmapped(at.path + f.Name)
	case len(choices) > manyFields:
		return wider(matchAll())
	}
	out.body = oneOf(choices)
	return out
}
