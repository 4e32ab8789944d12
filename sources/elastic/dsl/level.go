package dsl

import (
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// level asks a field for the level: by every spelling of those severities that
// the condition holds for, and as it is written.
func (t *translator) level(f asked, n query.Node) part {
	found, _ := t.mapping.named(f.name)
	if found.family() == textFamily {
		if sub, ok := t.mapping.subfield(f.name, keywordFamily); ok {
			found = sub
		}
	}
	var v query.Value // of a comparison: none, only spellings compare
	if is, ok := n.(*query.Is); ok {
		v = is.Value
	}
	texts := levelSpellings(n, v)
	switch found.family() {
	case keywordFamily:
		var choices list
		for _, s := range texts {
			choices = append(choices, leaf("term", found.name, object{"value": s, "case_insensitive": true}))
		}
		switch v.Kind {
		case query.Wildcard:
			choices = append(choices, leaf("wildcard", found.name, object{"value": wildcard(v.Parts), "case_insensitive": true}))
		case query.Regexp:
			return wider(exists(found.name))
		}
		if choices == nil {
			return nothing()
		}
		return exact(anyOf(choices...))
	case textFamily:
		var choices list
		for _, s := range texts {
			choices = append(choices, leaf("match_phrase", found.name, s))
		}
		if choices != nil && literalKind(v) {
			return wider(anyOf(choices...))
		}
	}
	return wider(exists(f.name))
}

func levelSpellings(n query.Node, v query.Value) []string {
	q := query.Compile(n, query.Env{})
	var out []string
	for _, s := range logs.Spellings() {
		severity, _ := logs.ParseSeverity(s)
		if q.Match(&logs.Record{Time: logs.NoTime, Severity: severity, SeverityText: s}) {
			out = append(out, s)
		}
	}
	if literalKind(v) {
		for _, s := range v.Alternatives() {
			if s != "" && !slices.Contains(out, s) {
				if _, spelled := logs.ParseSeverity(s); !spelled {
					out = append(out, s)
				}
			}
		}
	}
	return out
}
