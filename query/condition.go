package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
)

// maxPhrase is how many bytes of a long text a condition asks for.
const maxPhrase = 200

// Condition is what holds for records that have the value in the field, as they
// are decoded: service:payment, status:502, level:ERROR, message:"timed out", not
// user:* for null. A text of words is asked for by a phrase, of several lines or
// a long one by its beginning; of an array all elements are asked for.
func (e *Env) Condition(field string, v logs.Value) Node {
	return e.condition("", field, v)
}

// condition is Condition of a field under nested ones, of which path is the names with a dot behind each.
func (e *Env) condition(path, field string, v logs.Value) Node {
	f := fieldNamed(field)
	switch v.Kind {
	case logs.Number, logs.Bool:
		return &Is{Field: f, Value: written(v.Str, false)}
	case logs.Text:
		if !e.IsWordField(path + field) {
			return &Is{Field: f, Value: written(v.Str, false)}
		}
		text := beginning(v.Str)
		if len(Words(text)) == 0 && text != "" {
			return &Is{Field: f, Value: within(text)}
		}
		return &Is{Field: f, Value: written(text, true)}
	}
	var all Node
	for _, item := range v.Items {
		switch {
		case v.Kind == logs.Array && item.Value.Kind == logs.Null:
		case v.Kind == logs.Array && item.Value.Kind == logs.Object && len(item.Value.Items) > 0:
			all = With(all, &Nested{Field: f, Node: e.members(path+field+".", item.Value.Items)})
		case v.Kind == logs.Array && (item.Value.Kind != logs.Array || len(item.Value.Items) > 0):
			all = With(all, e.condition(path, field, item.Value))
		}
	}
	if v.Kind == logs.Object && len(v.Items) > 0 {
		return &Nested{Field: f, Node: e.members(path+field+".", v.Items)}
	}
	if all == nil {
		return &Not{Node: &Exists{Field: f}}
	}
	return all
}

func (e *Env) members(path string, items []logs.Attr) Node {
	var all Node
	for _, m := range items {
		all = With(all, e.condition(path, m.Key, m.Value))
	}
	return all
}

// beginning is the first line of s that has anything in it, cut behind a word.
func beginning(s string) string {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	s, _, _ = strings.Cut(s, "\n")
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	if len(s) <= maxPhrase {
		return s
	}
	end := 0
	for from, to := nextWord(s, 0); from < len(s) && to <= maxPhrase; from, to = nextWord(s, to) {
		end = to
	}
	if end == 0 { // a word as long as that
		for end = maxPhrase; !utf8.RuneStart(s[end]); end-- {
		}
	}
	return s[:end]
}

// Quote is how a value is written behind field: so that it is asked for as it
// stands, in quotes where it must be: payment, "web server", "a:b".
func Quote(value string) string { return written(value, false).String() }

// QuoteField is how a field's name is written.
func QuoteField(name string) string { return fieldNamed(name).String() }

// written asks for s as it stands; of a field that is compared by words, as a phrase.
func written(s string, words bool) Value {
	if !isPlain(s) || words && (len(Words(s)) != 1 || strings.ContainsAny(s, "/")) {
		return Value{Kind: Quoted, Text: s}
	}
	return Value{Text: s}
}

// within asks for s somewhere in a text; s has no white space.
func within(s string) Value {
	return Value{Kind: Wildcard, Text: "*" + s + "*", Parts: []string{"", s, ""}}
}

func fieldNamed(name string) Field {
	return Field{Name: name, Quoted: !isPlain(name) || name[0] == '/'}
}

// isPlain reports whether s means itself without quotes and escapes.
func isPlain(s string) bool {
	switch strings.ToLower(s) {
	case "", "and", "or", "not":
		return false
	}
	plain := func(r rune) bool {
		return !unicode.IsSpace(r) && !trimmed(r) && !unicode.IsControl(r) && !strings.ContainsRune(special, r)
	}
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 &&
		!(s[0] == '/' && s[len(s)-1] == '/')
}
