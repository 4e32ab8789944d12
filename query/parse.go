package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What a query may be at most. Time and memory to parse and print grow with its length alone.
const (
	MaxBytes      = 1 << 20
	MaxDepth      = 500    // parentheses and braces within each other
	MaxConditions = 20_000 // values asked for
)

// Parse reads a query. The error is an *Error. A text of blanks alone asks for everything.
func Parse(text string) (Node, error) {
	if len(text) > MaxBytes {
		return nil, errorAt(text, MaxBytes, fmt.Sprintf("the query has more than %d bytes", MaxBytes), "")
	}
	p := parser{text: text}
	p.blank()
	if p.pos == len(text) {
		return &Everything{Pos{0, len(text)}}, nil
	}
	n, ok := p.alternatives(p.condition)
	if ok {
		p.blank()
		if p.pos == len(text) {
			return n, nil
		}
		p.fail(p.pos, end)
	}
	return nil, p.error()
}

// A parser reads a query from the left without ever going back over a choice: a
// fault makes the whole text faulty. The error is at the farthest place where
// something else was expected.
type parser struct {
	text       string
	pos        int
	depth      int
	conditions int
	regexps    regexpBudget

	fault    int    // the farthest place so far
	expected expect // what would have been right there
	limit    *Error // the query is too large
}

// A rule reads one element of the language at pos. Where it fails, pos is of no meaning.
type rule func() (Node, bool)

// alternatives reads items joined by "or", "and" and "not", of which "not" binds
// most tightly: a or not b and c.
func (p *parser) alternatives(item rule) (Node, bool) {
	joined := func() (Node, bool) {
		negated := func() (Node, bool) { return p.negated(item) }
		return p.chain("and", negated, func(nodes []Node, at Pos) Node { return &And{nodes, at} })
	}
	return p.chain("or", joined, func(nodes []Node, at Pos) Node { return &Or{nodes, at} })
}

func (p *parser) chain(word string, operand rule, join func([]Node, Pos) Node) (Node, bool) {
	from := p.pos
	first, ok := operand()
	if !ok {
		return nil, false
	}
	nodes := []Node{first}
	to := p.pos
	for p.word(word) {
		n, ok := operand()
		if !ok {
			return nil, false
		}
		nodes = append(nodes, n)
		to = p.pos
	}
	if len(nodes) == 1 {
		return first, true
	}
	return join(nodes, p.at(from, to)), true
}

// negated reads an item, with or without "not" before it.
func (p *parser) negated(item rule) (Node, bool) {
	if !negation(p.text, p.pos) {
		return item()
	}
	from := p.pos
	p.pos = skipSpace(p.text, p.pos+len("not"))
	n, ok := item()
	return &Not{n, p.at(from, p.pos)}, ok
}

// within reads items between two brackets, of which the first stands at pos.
func (p *parser) within(closing byte, want expect, item rule) (Node, bool) {
	if p.depth++; p.depth > MaxDepth {
		return p.refuse(fmt.Sprintf("more than %d parentheses within each other", MaxDepth))
	}
	defer func() { p.depth-- }()
	p.pos++
	p.blank()
	n, ok := p.alternatives(item)
	if !ok {
		return nil, false
	}
	p.blank()
	if !p.is(closing) {
		p.fail(p.pos, want)
		return nil, false
	}
	p.pos++
	return n, true
}

// condition reads (query), field:{ query }, field > literal, field:values, or free text.
func (p *parser) condition() (Node, bool) {
	if p.is('(') {
		return p.within(')', parenthesis, p.condition)
	}
	from := p.pos
	v, ok := p.value(conditionHere)
	if !ok {
		return nil, false
	}
	behind := p.pos
	p.blank()
	if v.Kind == Regexp || p.pos == len(p.text) || strings.IndexByte(":<>", p.text[p.pos]) < 0 {
		p.fail(p.pos, operator)
		p.pos = behind
		return &Text{v, v.Pos}, true
	}
	f := Field{Name: v.Text, Parts: v.Parts, Quoted: v.Kind == Quoted, Pos: v.Pos}
	if !p.is(':') {
		return p.compare(f)
	}
	p.pos++
	p.blank()
	if p.is('{') {
		n, ok := p.within('}', brace, p.condition)
		return &Nested{f, n, p.at(from, p.pos)}, ok
	}
	return p.values(f, from)
}

// compare reads what follows the field in field >= literal.
func (p *parser) compare(f Field) (Node, bool) {
	op := Greater
	if p.is('<') {
		op = Less
	}
	if p.pos++; p.is('=') {
		p.pos++
		op++
	}
	p.blank()
	v, ok := p.literal(valueHere)
	return &Compare{f, op, v, p.at(f.From, p.pos)}, ok
}

// values reads what follows the colon in field:a and field:(a or not (b and c)).
func (p *parser) values(f Field, from int) (Node, bool) {
	if p.is('(') {
		return p.within(')', parenthesis, func() (Node, bool) { return p.values(f, p.pos) })
	}
	v, ok := p.value(valueHere)
	at := p.at(from, p.pos)
	switch {
	case !ok:
		return nil, false
	case v.Star() && f.any():
		return &Everything{at}, true
	case v.Star():
		return &Exists{f, at}, true
	}
	return &Is{f, v, at}, true
}

// value reads a regular expression or a literal.
func (p *parser) value(want expect) (Value, bool) {
	if p.conditions++; p.conditions > MaxConditions {
		p.refuse(fmt.Sprintf("more than %d conditions", MaxConditions))
		return Value{}, false
	}
	if p.is('/') {
		if pattern, to, ok := scanRegexp(p.text, p.pos); ok {
			return p.regexp(pattern, to)
		}
	}
	return p.literal(want)
}

func (p *parser) regexp(pattern string, to int) (Value, bool) {
	v := Value{Kind: Regexp, Text: pattern, Pos: Pos{p.pos, to}}
	var err error
	if v.pattern, err = p.regexps.compile(pattern); err != nil {
		p.limit = errorAt(p.text, p.pos, "the regular expression is refused: "+err.Error(),
			"quote it to look for the text itself")
		return v, false
	}
	p.pos = to
	return v, true
}

// literal reads a quoted text or an unquoted one.
func (p *parser) literal(want expect) (v Value, ok bool) {
	from := p.pos
	if p.is('"') {
		v.Kind = Quoted
		v.Text, p.pos, ok = scanQuoted(p.text, p.pos)
	} else if v.Parts, p.pos, ok = scanLiteral(p.text, p.pos); ok {
		v.Text = strings.Join(v.Parts, "*")
		if len(v.Parts) > 1 {
			v.Kind = Wildcard
		} else {
			v.Parts = nil
		}
	}
	if !ok {
		p.fail(from, want)
		return v, false
	}
	v.Pos = p.at(from, p.pos)
	return v, true
}

// word reads a keyword with blanks around it; where there is none, pos stays.
func (p *parser) word(word string) bool {
	p.fail(p.pos, joint)
	at := skipSpace(p.text, p.pos)
	if at == p.pos || !keyword(p.text, at, word) {
		return false
	}
	p.pos = skipSpace(p.text, at+len(word))
	return true
}

func (p *parser) is(c byte) bool { return p.pos < len(p.text) && p.text[p.pos] == c }

func (p *parser) blank() { p.pos = skipSpace(p.text, p.pos) }

// at is the range from from to to without the blanks at its end.
func (p *parser) at(from, to int) Pos {
	for to > from {
		_, n := utf8.DecodeLastRuneInString(p.text[from:to])
		if spaceAt(p.text, to-n) == 0 {
			break
		}
		to -= n
	}
	return Pos{from, to}
}

// fail notes that something else was expected at at.
func (p *parser) fail(at int, want expect) {
	if at > p.fault {
		p.fault, p.expected = at, 0
	}
	if at == p.fault {
		p.expected |= want
	}
}

// refuse ends the parsing because of a limit.
func (p *parser) refuse(why string) (Node, bool) {
	p.limit = errorAt(p.text, p.pos, why, "")
	return nil, false
}
