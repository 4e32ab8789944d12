package dsl

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// is asks one field for a value.
func (t *translator) is(f asked, v query.Value) part {
	switch {
	case f.word:
		return t.byWords(f, v)
	case f.core == logs.CoreLevel:
		return t.level(f, &query.Is{Field: query.Field{Name: f.core.Key()}, Value: v})
	case f.core == logs.CoreTrace || f.core == logs.CoreSpan:
		return t.trace(f, v)
	}
	found, _ := t.mapping.named(f.name)
	switch found.family() {
	case keywordFamily:
		return t.byKeyword(found, v)
	case flatFamily:
		if literalKind(v) {
			return t.byKeyword(found, v)
		}
	case textFamily:
		if sub, ok := t.mapping.subfield(f.name, keywordFamily); ok {
			return t.byKeyword(sub, v)
		}
		return wholeInText(found, v)
	case numberFamily:
		return byNumber(found, v)
	case booleanFamily:
		return byBoolean(found, v)
	case ipFamily:
		return byAddress(found, v)
	case dateFamily:
		if f.core == logs.CoreTime {
			return t.byTime(found, v)
		}
	}
	return wider(exists(f.name))
}

func literalKind(v query.Value) bool { return v.Kind == query.Plain || v.Kind == query.Quoted }

// byKeyword asks a field that is indexed whole.
func (t *translator) byKeyword(f form, v query.Value) part {
	if f.Normalized && !literalKind(v) {
		return t.orIgnored(f, wider(exists(f.name)))
	}
	switch v.Kind {
	case query.Wildcard:
		return t.keywordWildcard(f, v)
	case query.Regexp:
		pattern, ok := luceneRegexp(v.Text)
		if len(pattern) > maxLuceneRegexp || tooComplex(v.Text) {
			return wider(exists(f.name))
		}
		return t.orIgnored(f, part{body: leaf("regexp", f.name, pattern), wider: !ok})
	}
	texts, other := v.Alternatives(), false
	for _, s := range texts {
		if n, ok := canonical(s); ok && n != s {
			texts, other = append(texts, n), true
		}
	}
	p := part{leaf("terms", f.name, asList(texts)), other || f.Normalized, false}
	for _, s := range texts {
		if f.IgnoreAbove > 0 && utf8.RuneCountInString(s) > f.IgnoreAbove {
			return t.orIgnored(f, p)
		}
	}
	return p
}

// maxLuceneRegexp is index.max_regex_length.
const maxLuceneRegexp = 1000

// keywordWildcard asks for a pattern; one with blanks in it asks for each of its pieces too.
func (t *translator) keywordWildcard(f form, v query.Value) part {
	if strings.ContainsFunc(v.Text, unicode.IsSpace) {
		return wider(exists(f.name))
	}
	return t.orIgnored(f, exact(leaf("wildcard", f.name, object{"value": wildcard(v.Parts)})))
}

// orIgnored adds the records whose value was too long for the index.
func (t *translator) orIgnored(f form, p part) part {
	if f.IgnoreAbove == 0 {
		return p
	}
	ignored, known := t.ignored(f.name)
	if !known {
		t.miss(&p, f.name)
		return p
	}
	return wider(anyOf(p.body, ignored))
}

// ignored asks for the records of which the index left out the field's value.
func (t *translator) ignored(name string) (body any, known bool) {
	if !t.mapping.Unmarked {
		return object{"term": object{"_ignored": name}}, true
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 || t.mapping.Fields[name[:i]].family() != textFamily {
		return nil, false
	}
	return object{"bool": object{"filter": list{exists(name[:i])}, "must_not": list{exists(name)}}}, true
}

// wholeInText asks a field that is indexed by words alone for what should be its whole value.
func wholeInText(f form, v query.Value) part {
	if !literalKind(v) {
		return wider(exists(f.name))
	}
	var choices list
	for _, s := range v.Alternatives() {
		if len(query.Words(s)) == 0 {
			return wider(exists(f.name))
		}
		choices = append(choices, leaf("match_phrase", f.name, s))
	}
	return wider(oneOf(choices))
}

// byNumber asks a field of numbers.
func byNumber(f form, v query.Value) part {
	if !literalKind(v) {
		return wider(exists(f.name))
	}
	var out part
	var choices list
	for _, s := range v.Alternatives() {
		n, ok := parseNumber(s)
		if !ok {
			continue
		}
		if n, cut := n.held(f.Type); n.fits(f.Type) == 0 {
			choices = append(choices, n.json())
			out.wider = out.wider || cut
		}
	}
	if choices == nil {
		return nothing()
	}
	out.body = leaf("terms", f.name, choices)
	return out
}

func byBoolean(f form, v query.Value) part {
	if !literalKind(v) {
		return wider(exists(f.name))
	}
	var choices list
	for _, s := range v.Alternatives() {
		if s == "true" || s == "false" {
			choices = append(choices, s == "true")
		}
	}
	if choices == nil {
		return nothing()
	}
	return exact(leaf("terms", f.name, choices))
}

func byAddress(f form, v query.Value) part {
	if !literalKind(v) {
		return wider(exists(f.name))
	}
	var out part
	var choices list
	for _, s := range v.Alternatives() {
		if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
			choices = append(choices, s)
			out.wider = out.wider || a.Is6() // which has several spellings
		}
	}
	if choices == nil {
		return nothing()
	}
	out.body = leaf("terms", f.name, choices)
	return out
}

func asList(texts []string) list {
	out := make(list, len(texts))
	for i, s := range texts {
		out[i] = s
	}
	return out
}

// wildcard writes the parts of a pattern for a wildcard query.
func wildcard(parts []string) string {
	escaped := make([]string, len(parts))
	for i, s := range parts {
		escaped[i] = wildcardEscapes.Replace(s)
	}
	return strings.Join(escaped, "*")
}

var wildcardEscapes = escapes(`*?\`)
