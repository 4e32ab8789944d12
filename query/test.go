package query

import (
	"strings"
	"unicode"

	"github.com/lxlog/lx/logs"
)

// A test decides about one value of a field: what a Value means depends on the
// field that is asked.
type test interface {
	holds(v logs.Value) bool
}

// Alternatives are the texts any of which a value asks for: itself, and of a
// plain one each of its words, cut at white space.
func (v Value) Alternatives() []string {
	all := []string{v.Text}
	if v.Kind != Plain {
		return all
	}
	if words := strings.FieldsFunc(v.Text, unicode.IsSpace); len(words) > 1 {
		all = append(all, words...)
	}
	return all
}

// numbers are those alternatives that spell one.
func (v Value) numbers() set[number] {
	var all []number
	for _, s := range v.Alternatives() {
		if n, ok := parseNumber(s); ok {
			all = append(all, n)
		}
	}
	return setOf(all)
}

// numberTest holds for a number that equals one asked for, in any spelling.
type numberTest struct{ of set[number] }

func (t *numberTest) holds(v logs.Value) bool {
	if t.of.empty() {
		return false
	}
	n, ok := parseNumber(v.Str)
	return ok && t.of.has(n)
}
