package dsl

import (
	"strings"
	"unicode/utf8"

	"github.com/lxlog/lx/query"
)

// byWords asks a word field.
func (t *translator) byWords(f asked, v query.Value) part {
	found, _ := t.mapping.named(f.name)
	if found.family() == keywordFamily {
		if sub, ok := t.mapping.subfield(f.name, textFamily); ok {
			found = sub
		}
	}
	switch found.family() {
	case textFamily:
		return wordsInText(found, v)
	case keywordFamily:
		return t.orIgnored(found, wordsInKeyword(found, v))
	case numberFamily:
		return byNumber(found, v)
	case booleanFamily:
		return byBoolean(found, v)
	}
	return wider(exists(f.name))
}

// wordsInText asks a field that is indexed by words.
func wordsInText(f form, v query.Value) part {
	switch v.Kind {
	case query.Regexp:
		return wider(exists(f.name))
	case query.Wildcard:
		return wordPatterns(f, v)
	}
	if len(query.Words(v.Text)) == 0 {
		return nothing()
	}
	if v.Kind == query.Quoted {
		return exact(leaf("match_phrase", f.name, v.Text))
	}
	return exact(leaf("match", f.name, v.Text))
}

// wordPatterns asks a field that is indexed by words for a wildcard. A pattern
// matches a word or the whole value, so what stands between its stars need not
// stand in one word; only patterns with one such run of letters and digits are exact.
func wordPatterns(f form, v query.Value) part {
	out := part{}
	var choices list
	for _, piece := range pieces(v.Parts) {
		var all list
		plain := 0
		for i, s := range piece {
			if s == "" {
				continue
			}
			plain++
			runs := strings.FieldsFunc(s, func(r rune) bool { return !isAlphanumeric(r) })
			for _, run := range runs {
				pattern := "*" + run + "*"
				if run == s {
					pattern = anchored(run, i == 0, i == len(piece)-1)
				}
				all = append(all, leaf("wildcard", f.name, object{"value": strings.ToLower(pattern)}))
			}
			out.wider = out.wider || len(runs) != 1 || runs[0] != s
		}
		out.wider = out.wider || plain != 1
		if all == nil {
			return wider(exists(f.name))
		}
		choices = append(choices, eachOf(all))
	}
	if choices == nil {
		return wider(exists(f.name))
	}
	out.body = oneOf(choices)
	return out
}

// anchored is a pattern for words that start, or end, with run; all words that hold it if neither.
func anchored(run string, start, end bool) string {
	if !start {
		run = "*" + run
	}
	if !end {
		run += "*"
	}
	return run
}

func isAlphanumeric(r rune) bool {
	return r < utf8.RuneSelf && ('0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z')
}

// wordsInKeyword asks a field that is indexed whole for words within it.
func wordsInKeyword(f form, v query.Value) part {
	words := query.Words(v.Text)
	if !literalKind(v) || f.Normalized {
		return wider(exists(f.name))
	}
	var all list
	for _, w := range words {
		if strings.ContainsFunc(w, notASCII) {
			return wider(exists(f.name))
		}
		all = append(all, leaf("wildcard", f.name, object{"value": "*" + w + "*", "case_insensitive": true}))
	}
	switch {
	case all == nil:
		return nothing()
	case v.Kind == query.Quoted:
		return wider(eachOf(all))
	}
	return wider(oneOf(all))
}
