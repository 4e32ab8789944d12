package dsl

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/query"
)

// text asks every field for free text. Within keyword fields an index cannot look
// for words: only their whole values are compared, and they count as missed.
func (t *translator) text(v query.Value, at place) part {
	switch {
	case v.Star():
		return exact(matchAll())
	case v.Kind == query.Regexp:
		return wider(matchAll())
	case v.Kind != query.Wildcard && len(query.Words(v.Text)) == 0 && !hasNumber(v):
		return nothing()
	}
	fields := t.textFields(at)
	if len(fields.all()) > manyFields {
		return wider(matchAll())
	}
	var out part
	var choices list
	for _, path := range fields.paths {
		group := fields.of[path]
		for _, body := range t.textGroup(group, v, &out) {
			if path != at.nested {
				body = nested(path, body)
			}
			choices = append(choices, body)
		}
		t.miss(&out, slices.Concat(group.keywords, group.flat)...)
	}
	t.miss(&out, t.mapping.unsearched(at.path, func(string) bool { return true })...)
	out.body = oneOf(choices)
	if choices == nil {
		out.body = matchNone()
	}
	return out
}

func hasNumber(v query.Value) bool {
	return slices.ContainsFunc(v.Alternatives(), func(s string) bool { _, ok := parseNumber(s); return ok })
}

// A fieldGroup is the fields that free text looks at, by how they are indexed.
type fieldGroup struct{ texts, keywords, flat, values []string }

// fieldGroups are groups by the nested field that holds them.
type fieldGroups struct {
	paths []string
	of    map[string]*fieldGroup
}

func (g *fieldGroups) all() (names []string) {
	for _, group := range g.of {
		names = slices.Concat(names, group.texts, group.keywords, group.flat, group.values)
	}
	return names
}

func (t *translator) textFields(at place) fieldGroups {
	groups := fieldGroups{of: map[string]*fieldGroup{}}
	for _, name := range t.mapping.leaves(at.path) {
		f, _ := t.mapping.named(name)
		path := t.mapping.nestedPath(name)
		g := groups.of[path]
		if g == nil {
			g = &fieldGroup{}
			groups.of[path] = g
			groups.paths = append(groups.paths, path)
		}
		switch f.family() {
		case textFamily:
			g.texts = append(g.texts, name)
		case keywordFamily:
			if sub, ok := t.mapping.subfield(name, textFamily); ok {
				g.texts = append(g.texts, sub.name)
			} else {
				g.keywords = append(g.keywords, name)
			}
		case flatFamily:
			g.flat = append(g.flat, name)
		case numberFamily, booleanFamily, ipFamily:
			g.values = append(g.values, name)
		}
	}
	return groups
}

// textGroup asks the fields of one group.
func (t *translator) textGroup(g *fieldGroup, v query.Value, out *part) (bodies list) {
	out.wider = out.wider || slices.ContainsFunc(g.keywords, func(name string) bool { return t.mapping.Fields[name].Normalized })
	if v.Kind == query.Wildcard {
		for _, name := range g.texts {
			p := wordPatterns(form{name: name}, v)
			out.wider = out.wider || p.wider
			bodies = append(bodies, p.body)
		}
		for _, name := range g.keywords {
			for _, piece := range pieces(v.Parts) {
				bodies = append(bodies, leaf("wildcard", name, object{"value": wildcard(piece), "case_insensitive": true}))
			}
		}
		return bodies
	}
	kind := "best_fields"
	if v.Kind == query.Quoted {
		kind = "phrase"
	}
	if len(g.texts) > 0 {
		bodies = append(bodies, object{"multi_match": object{"type": kind, "query": v.Text, "lenient": true, "fields": asList(g.texts)}})
	}
	for _, name := range g.values {
		f, _ := t.mapping.named(name)
		by := byNumber
		switch f.family() {
		case booleanFamily:
			by = byBoolean
		case ipFamily:
			by = byAddress
		}
		if p := by(f, v); !isNothing(p) {
			bodies = append(bodies, p.body)
			out.wider = out.wider || p.wider
		}
	}
	texts := v.Alternatives()
	if v.Kind == query.Plain && len(texts) > 1 {
		texts = texts[1:]
	}
	if len(g.keywords)*len(texts) > manyFields { // more than a server takes; they are missed in any case
		return bodies
	}
	for _, name := range g.flat {
		bodies = append(bodies, leaf("terms", name, asList(texts)))
	}
	for _, name := range g.keywords {
		for _, s := range texts {
			if len(query.Words(s)) > 0 {
				bodies = append(bodies, leaf("term", name, object{"value": s, "case_insensitive": true}))
			}
		}
	}
	return bodies
}

func isNothing(p part) bool {
	o, ok := p.body.(object)
	return ok && o["match_none"] != nil
}

// pieces are the parts of a wildcard, cut at white space.
func pieces(parts []string) [][]string {
	const star = "\x00"
	var out [][]string
	for _, piece := range strings.Fields(strings.Join(parts, star)) {
		out = append(out, strings.Split(piece, star))
	}
	return out
}
