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
	var out asked
	var choices list
	for i := range c.groups {
		g := &c.groups[i]
		var clauses list
		if n != nil {
			q := c.translate(g.mapping, n, f.Now)
			clauses = append(clauses, q.Body)
			out.wider = out.wider || q.Wider
			out.missed = append(out.missed, q.Missed...)
		}
		if t := c.between(f.From, f.To, g.nanos); t != nil {
			clauses = append(clauses, t)
		}
		if len(c.groups) > 1 {
			clauses = append(clauses, c.within(i))
		}
		choices = append(choices, all(clauses))
	}
	if out.body = choices[0]; len(choices) > 1 {
		out.body = object{"bool": object{"should": choices, "minimum_should_match": 1}}
	}
	// Severities within a level are told apart here alone.
	out.wider = out.wider || f.Level != f.Level.Level().Base()
	slices.Sort(out.missed)
	out.missed = slices.Compact(out.missed)
	return out
}

// condition is what a filter says beside the times, nil where that is nothing.
func (c *catalog) condition(f sources.Filter) query.Node {
	var nodes []query.Node
	if f.Query != nil {
		env := c.mapping.Env
		env.Now = f.Now
		nodes = append(nodes, query.Compile(f.Query, env).Of(c.source).Node())
	}
	if f.Level > 0 {
		nodes = append(nodes, atLeast(f.Level))
	}
	if len(nodes) == 0 {
		return nil
	}
	return &query.And{Nodes: nodes}
}

// apart are catalogs of the groups of indices, each to be asked by itself, where a
// filter asks them for different things; else c alone. Where one index has words and another
// numbers, some servers refuse to look for words at all, be it in the one only.
func (c *catalog) apart(f sources.Filter) []*catalog {
	const most = 3000 // bytes of names that the line of a request has room for
	n := c.condition(f)
	if n == nil || len(c.groups) == 1 {
		return []*catalog{c}
	}
	parts := make([]*catalog, len(c.groups))
	differ := false
	var first []byte
	for i, g := range c.groups {
		body, err := json.Marshal(c.translate(g.mapping, n, f.Now).Body)
		if len(strings.Join(g.indices, ",")) > most || err != nil {
			return []*catalog{c}
		}
		if first == nil {
			first = body
		}
		differ = differ || !bytes.Equal(body, first)
		part := *c
		part.groups, part.target, part.indices, part.mapping = c.groups[i:i+1], g.indices, g.indices, g.mapping
		parts[i] = &part
	}
	if !differ {
		return []*catalog{c}
	}
	return parts
}

// translate is a query in the language of indices of that mapping.
func (c *catalog) translate(m dsl.Mapping, n query.Node, now time.Time) dsl.Query {
	if !now.IsZero() {
		m.Env.Now = now
	}
	// An index of dates sorts by milliseconds, and the session asks with such a now.
	m.Env.Now = m.Env.Now.Truncate(time.Millisecond)
	q := dsl.DSL(n, m)
	if len(c.indices) > 1 {
		q.Body = dsl.Lenient(q.Body)
	}
	return q
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

// atLeast is the query for records of a level or a severer one.
func atLeast(s logs.Severity) query.Node {
	return &query.Compare{Field: query.Field{Name: logs.CoreLevel.Key()}, Op: query.GreaterOrEqual, Value: query.Value{Text: s.Level().String()}}
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
