package dsl

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// withMessages adds to what asks a field for a trace id the records whose message
// may name it: where no field holds one, a record's is the first that its message
// names. v is the id, nil for any and for what is no plain id.
func (t *translator) withMessages(f query.Field, at place, v *query.Value, ask func() part) part {
	if at.path != "" || !meansTrace(f) {
		return ask()
	}
	out, choices := part{}, list{}
	t.miss(&out, t.mapping.Unsearched(logs.CoreMessage)...)
	for _, c := range t.mapping.coreCandidates(logs.CoreMessage) {
		if clause := t.named(c.name, v, &out); clause != nil {
			choices = append(choices, t.within(c.name, at, clause))
		}
	}
	if f.Wildcard() || len(choices) == 0 || len(t.mapping.candidates(f.Name)) > 0 {
		p := ask()
		out.misses = out.misses || p.misses
		if out.wider = p.wider || len(choices) > 0; len(choices) == 0 {
			out.body = p.body
			return out
		}
		choices = slices.Insert(choices, 0, p.body)
	}
	return part{oneOf(choices), true, out.misses}
}

// meansTrace reports whether a condition on the field is one on the trace id. A
// pattern that means the message as well finds the id in there.
func meansTrace(f query.Field) bool {
	if !f.Wildcard() {
		return logs.CoreOf(f.Name) == logs.CoreTrace
	}
	return slices.ContainsFunc(logs.Aliases[logs.CoreTrace], f.Matches) && !slices.ContainsFunc(logs.Aliases[logs.CoreMessage], f.Matches)
}

// named asks one field for texts that name a trace id, or v; nil where there can be none.
func (t *translator) named(name string, v *query.Value, out *part) any {
	found, _ := t.mapping.named(name)
	if found.family() == keywordFamily {
		if sub, ok := t.mapping.subfield(name, textFamily); ok {
			found = sub
		}
	}
	var choices list
	switch found.family() {
	case textFamily:
		if v == nil || !literalKind(*v) {
			return leaf("wildcard", found.name, object{"value": "*trace*"})
		}
		for _, id := range v.Alternatives() {
			choices = append(choices, tracesInText(found.name, id)...)
		}
	case keywordFamily:
		choices = tracesInKeyword(found.name, v)
		if choices != nil && found.IgnoreAbove > 0 {
			if ignored, known := t.ignored(found.name); known {
				choices = append(choices, ignored)
			} else {
				t.miss(out, found.name)
			}
		}
	case flatFamily, otherFamily:
		t.miss(out, name)
	}
	if choices == nil {
		return nil
	}
	return oneOf(choices)
}

// tracesInText asks the words of a text for a trace id however it is written. An id is a word,
// or several where it has dashes; the word before it is one with it where a colon
// joins letters, the one behind it where a point does.
func tracesInText(name, id string) (choices list) {
	word := func(s string) list {
		out := list{leaf("prefix", name, object{"value": s})}
		if isLetter(s[0]) {
			out = append(out, leaf("regexp", name, object{"value": ".*(id|parent):" + luceneEscapes.Replace(s) + ".*"}))
		}
		return out
	}
	texts, patterns := traceSpellings(id)
	for _, s := range texts {
		if s = strings.ToLower(s); !inMessages(s) {
			continue
		}
		parts := strings.Split(s, "-")
		parts = slices.DeleteFunc(parts, func(s string) bool { return strings.Trim(s, "_") == "" })
		switch last := len(parts) - 1; last {
		case -1:
		case 0:
			choices = append(choices, word(parts[0])...)
		default:
			all := list{oneOf(word(parts[0])), leaf("prefix", name, object{"value": parts[last]})}
			for _, s := range parts[1:last] {
				all = append(all, leaf("term", name, object{"value": s}))
			}
			choices = append(choices, allOf(all...))
		}
	}
	if len(patterns) > 1 { // its digits may be the last ones of an id of twice as many
		low := texts[1]
		choices = append(choices,
			leaf("regexp", name, object{"value": "(.*(id|parent):)?[0-9a-f]{16}" + low + ".*"}),
			allOf(leaf("term", name, object{"value": low[:4]}), leaf("prefix", name, object{"value": low[4:]})))
	}
	return choices
}

// tracesInKeyword asks whole texts for a trace id.
func tracesInKeyword(name string, v *query.Value) (choices list) {
	within := func(s string) any {
		return leaf("wildcard", name, object{"value": "*" + s + "*", "case_insensitive": true})
	}
	if v == nil || !literalKind(*v) {
		return list{within("trace")}
	}
	for _, id := range v.Alternatives() {
		texts, patterns := traceSpellings(id)
		for _, s := range texts {
			if inMessages(s) {
				choices = append(choices, within(s))
			}
		}
		if len(patterns) > 1 { // the last digits of a longer one
			low := texts[1]
			choices = append(choices, within(low[:4]+"-"+low[4:]))
		}
	}
	return choices
}

// inMessages reports whether a text names ids like that: others are too short, or have signs that end an id.
func inMessages(id string) bool {
	const least, most = 8, 200 // of more characters an index makes several words
	return len(id) >= least && len(id) <= most && strings.Trim(strings.ToLower(id), "0123456789abcdefghijklmnopqrstuvwxyz-_") == ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
