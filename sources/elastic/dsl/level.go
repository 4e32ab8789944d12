package dsl

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
		return levelKeyword(found, v, texts)
	case textFamily:
		var choices list
		for _, s := range texts {
			choices = append(choices, leaf("match_phrase", found.name, s))
		}
		if choices != nil && literalKind(v) {
			return wider(oneOf(choices))
		}
	}
	return wider(exists(f.name))
}

// levelKeyword asks with one pattern for all spellings: a clause for each would
// soon be more than a server takes.
func levelKeyword(f form, v query.Value, texts []string) part {
	var patterns []string
	for _, s := range texts {
		patterns = append(patterns, luceneEscapes.Replace(s))
	}
	pattern := strings.Join(patterns, "|")
	switch {
	case v.Kind == query.Regexp, len(pattern) > maxLuceneRegexp, strings.ContainsFunc(pattern+v.Text, notASCII),
		v.Kind == query.Wildcard && strings.ContainsFunc(v.Text, unicode.IsSpace):
		return wider(exists(f.name))
	case v.Kind == query.Wildcard:
		written := leaf("wildcard", f.name, object{"value": wildcard(v.Parts), "case_insensitive": true})
		if pattern == "" {
			return exact(written)
		}
		return exact(anyOf(levelPattern(f, pattern), written))
	case pattern == "":
		return nothing()
	}
	return exact(levelPattern(f, pattern))
}

func levelPattern(f form, pattern string) any {
	return leaf("regexp", f.name, object{"value": pattern, "case_insensitive": true})
}

// notASCII: any case is for ASCII alone, in the index.
func notASCII(r rune) bool { return r >= utf8.RuneSelf }

// levelSpellings are the names of severities that the condition holds for, and
// what else v asks for by its text.
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
