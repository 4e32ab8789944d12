package query

import (
	"regexp"

	"github.com/lxlog/lx/logs"
)

// byWhole makes the test for a field that is compared whole and case-sensitive:
// service:payment, status:42, path:/api/*. A number equals in any spelling; a
// plain value with blanks asks for any of its words or for the whole.
func byWhole(v Value) test {
	switch v.Kind {
	case Wildcard:
		t := &wildcardTest{}
		for _, parts := range append([][]string{v.Parts}, pieces(v.Parts)...) {
			t.of = append(t.of, newPattern(parts))
		}
		return t
	case Regexp:
		return regexpTest(v.pattern)
	}
	return &equalTest{setOf(v.Alternatives()), numberTest{v.numbers()}}
}

// equalTest holds for a value that is one of a set.
type equalTest struct {
	texts   set[string]
	numbers numberTest
}

func (t *equalTest) holds(v logs.Value) bool {
	return t.texts.has(v.Str) || v.Kind == logs.Number && t.numbers.holds(v)
}

// wildcardTest holds for a value that, as it is written, any of several patterns matches.
type wildcardTest struct{ of []pattern }

func (t *wildcardTest) holds(v logs.Value) bool {
	for i := range t.of {
		if t.of[i].match(v.Str) {
			return true
		}
	}
	return false
}

// regexpTest holds for a value that has a match within it.
func regexpTest(re *regexp.Regexp) test {
	if text, complete := re.LiteralPrefix(); complete {
		p := newPattern([]string{"", text, ""})
		return &wildcardTest{[]pattern{p}}
	}
	return matchTest{re}
}

type matchTest struct{ of *regexp.Regexp }

func (t matchTest) holds(v logs.Value) bool { return t.of.MatchString(v.Str) }
