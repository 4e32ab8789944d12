package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// expect is what may stand at one place of a query.
type expect uint8

const (
	conditionHere expect = 1 << iota // a field, free text, a parenthesis
	valueHere
	operator    // what follows a field
	joint       // and, or
	parenthesis // a closing one
	brace       // a closing one
	end
)

func (e expect) String() string {
	var names []string
	add := func(of expect, name string) {
		if e&of != 0 {
			names = append(names, name)
		}
	}
	add(conditionHere, "a field or a word")
	add(valueHere, "a value")
	add(operator, `":"`)
	add(joint, `"and"`)
	add(joint, `"or"`)
	add(parenthesis, `")"`)
	add(brace, `"}"`)
	add(end, "the end")
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return strings.Join(names, "")
}

// error says what is wrong at the farthest place that was reached.
func (p *parser) error() *Error {
	if p.limit != nil {
		return p.limit
	}
	want := p.expected
	if want&(conditionHere|valueHere) != 0 {
		want &= conditionHere | valueHere
	}
	if p.fault == len(p.text) {
		return errorAt(p.text, p.fault, fmt.Sprintf("expected %s, but the query ends", want&^end), p.hint(want, ""))
	}
	_, n := utf8.DecodeRuneInString(p.text[p.fault:])
	found := p.text[p.fault : p.fault+n]
	if found == `"` && want&(conditionHere|valueHere) != 0 {
		return errorAt(p.text, p.fault, "the quote is not closed", "")
	}
	return errorAt(p.text, p.fault, fmt.Sprintf("expected %s, found %q", want, found), p.hint(want, found))
}

func (p *parser) hint(want expect, found string) string {
	switch {
	case found == `\`:
		return `a backslash stands before one of ` + special + `, a keyword, t, r, n or uXXXX; write \\ for itself`
	case want&(conditionHere|valueHere) != 0 && negation(p.text, p.fault):
		return "write not (not ...)"
	case want&joint != 0 && found == ":":
		return `write "and" or "or" between conditions, and quote a value that holds a colon`
	case want&joint != 0 && found != "":
		return `write "and" or "or" between conditions, and quote a value that holds special characters`
	}
	return ""
}
