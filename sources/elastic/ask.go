package elastic

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

// object and list are what questions are made of.
type (
	object = map[string]any
	list   = []any
)

// asked is what a server is asked for a filter.
type asked struct {
	body   any      // the query
	wider  bool     // what it finds may hold others beside the matches
	missed []string // fields in which the index cannot look
}

// ask translates a filter, all of its parts but Among.
func (c *catalog) ask(f sources.Filter) asked {
	n := c.condition(f)
	return c.inGroups(func(g *group) (dsl.Query, list) {
		var clauses list
		q := c.translate(g.mapping, n, f)
		if q.Body != nil {
			clauses = append(clauses, q.Body)
		}
		if t := c.between(f.From, f.To, g.nanos); t != nil {
			clauses = append(clauses, t)
		}
		return q, clauses
	})
}

// inGroups is what holds for the documents of each group for which its clauses do.
func (c *catalog) inGroups(of func(*group) (dsl.Query, list)) asked {
	var out asked
	var choices list
	for i := range c.groups {
		q, clauses := of(&c.groups[i])
		out.wider = out.wider || q.Wider
		out.missed = append(out.missed, q.Missed...)
		if len(c.groups) > 1 {
			clauses = append(clauses, c.within(i))
		}
		choices = append(choices, all(clauses))
	}
	if out.body = choices[0]; len(choices) > 1 {
		out.body = anyOf(choices)
	}
	slices.Sort(out.missed)
	out.missed = slices.Compact(out.missed)
	return out
}

// condition is the query of a filter, nil where it has none.
func (c *catalog) condition(f sources.Filter) query.Node {
	if f.Query == nil {
		return nil
	}
	env := c.mapping.Env
	env.Now = f.Now
	return query.Compile(f.Query, env).Of(c.source).Node()
}

// apart are catalogs of the groups of indices, each to be asked by itself, where a
// filter, or what else there is to ask of a mapping, asks them for different things; else c
// alone. Where one index has words and another numbers, some servers refuse to look
// for words at all, be it in the one only.
func (c *catalog) apart(f sources.Filter, others ...func(dsl.Mapping) any) []*catalog {
	n := c.condition(f)
	differ := c.sortsApart()
	if n == nil && f.Level == 0 && len(others) == 0 && !differ || len(c.groups) == 1 {
		return []*catalog{c}
	}
	parts := make([]*catalog, len(c.groups))
	var first []byte
	for i, g := range c.groups {
		bodies := list{c.translate(g.mapping, n, f).Body}
		for _, other := range others {
			bodies = append(bodies, other(g.mapping))
		}
		written, err := json.Marshal(bodies)
		if c.filtered || !fitLine(g.indices) || err != nil {
			return []*catalog{c.together()}
		}
		if first == nil {
			first = written
		}
		differ = differ || !bytes.Equal(written, first)
		part := *c
		part.groups, part.target, part.indices, part.mapping = c.groups[i:i+1], g.indices, g.indices, g.mapping
		if g.timeField != c.timeField {
			part.timeField, part.nanos, part.millis = g.timeField, g.nanos, !g.nanos
		}
		parts[i] = &part
	}
	if !differ {
		return []*catalog{c}
	}
	return parts
}

// fitLine reports whether the line of a request has room for the names of indices.
func fitLine(names []string) bool { return len(strings.Join(names, ",")) <= 3000 }

// together is c, asked in one question although the groups differ.
func (c *catalog) together() *catalog {
	if !c.sortsApart() {
		return c
	}
	all := *c
	all.notes = append(slices.Clip(all.notes), "some indices have no "+c.timeField+": their records are found where no range of time is given; ask fewer indices at once with --index")
	return &all
}

// sortsApart reports whether groups are sorted by different fields.
func (c *catalog) sortsApart() bool {
	return slices.ContainsFunc(c.groups, func(g group) bool { return g.timeField != c.timeField })
}

// translate is what a filter with the condition n asks of indices of that mapping, beside the times: its Body is nil where that is nothing.
func (c *catalog) translate(m dsl.Mapping, n query.Node, f sources.Filter) dsl.Query {
	if !f.Now.IsZero() {
		m.Env.Now = f.Now
	}
	// An index of dates sorts by milliseconds, and the session asks with such a now.
	m.Env.Now = m.Env.Now.Truncate(time.Millisecond)
	var out dsl.Query
	var clauses list
	add := func(q dsl.Query) {
		clauses = append(clauses, q.Body)
		out.Wider = out.Wider || q.Wider
		out.Missed = append(out.Missed, q.Missed...)
	}
	if n != nil {
		add(dsl.DSL(n, m))
	}
	if f.Level > 0 {
		add(m.Severities(f.Level, logs.Fatal+3))
	}
	if clauses == nil {
		return out
	}
	if out.Body = all(clauses); len(c.indices) > 1 {
		out.Body = dsl.Lenient(out.Body)
	}
	return out
}

// within asks for the indices of one group. The last one has those, too, that are not known yet.
func (c *catalog) within(i int) any {
	last := len(c.groups) - 1
	if i < last {
		return object{"terms": object{"_index": c.groups[i].indices}}
	}
	var others []string
	for _, g := range c.groups[:last] {
		others = append(others, g.indices...)
	}
	return object{"bool": object{"must_not": object{"terms": object{"_index": others}}}}
}

// all holds where each of the clauses does.
func all(clauses list) any {
	switch len(clauses) {
	case 0:
		return object{"match_all": object{}}
	case 1:
		return clauses[0]
	}
	return object{"bool": object{"filter": clauses}}
}

// none holds where the clause does not.
func none(clause any) any { return object{"bool": object{"must_not": clause}} }
