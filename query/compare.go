package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// Compare holds where any value of a field stands in a relation to a literal: duration_ms > 1000, level >= WARN.
//
// Numbers compare with numbers (one in quotes is one too), times with times,
// levels by severity, all else as text. A value of another kind than the literal
// never holds. A literal that is an interval, such as a day or a level's name,
// lies above what is before it and below what is behind it.
type Compare struct {
	Field Field
	Op    Op
	Value Value
	Pos
}

// Op is a relation.
type Op uint8

const (
	Greater        Op = iota // >
	GreaterOrEqual           // >=
	Less                     // <
	LessOrEqual              // <=
)

func (o Op) String() string { return [...]string{">", ">=", "<", "<="}[o] }

// Holds reports whether the relation is true of something that compares to the literal as order: below 0, 0, above 0.
func (o Op) Holds(order int) bool {
	switch o {
	case Greater:
		return order > 0
	case GreaterOrEqual:
		return order >= 0
	case Less:
		return order < 0
	}
	return order <= 0
}

func (c *Compare) String() string { return text(c) }

func (c *Compare) strength() strength { return whole }

func (c *Compare) write(p *printer) {
	c.Field.write(p)
	p.WriteByte(' ')
	p.WriteString(c.Op.String())
	p.WriteByte(' ')
	c.Value.write(p)
}

func (c *Compare) bind(s scope) matcher {
	if c.Field.Wildcard() {
		return newAnyField(c.Field, s, func(k fieldKind) test { return c.test(k, s) })
	}
	t := c.test(s.kind(c.Field.Name), s)
	if s.isSource(c.Field) {
		return sourceMatcher{t}
	}
	return newFieldMatcher(c.Field.Name, t)
}

func (c *Compare) test(k fieldKind, s scope) test {
	switch k {
	case levelField:
		return newLevelOrder(c.Op, c.Value.Text)
	case timeField:
		return &timeOrder{newOrder(c.Op, c.Value.Text, s)}
	}
	return newOrder(c.Op, c.Value.Text, s)
}

// order compares values with a literal, each with what it is.
type order struct {
	op       Op
	text     string
	number   number
	isNumber bool
	time     when.Interval
	isTime   bool
	times    *timeParser
}

func newOrder(op Op, text string, s scope) *order {
	o := &order{op: op, text: text}
	o.number, o.isNumber = parseNumber(text)
	var err error
	o.time, err = when.Typed(text, s.env.Now, s.env.Location)
	if o.isTime = err == nil; o.isTime {
		o.times = newTimeParser(s.env)
	}
	return o
}

func (o *order) holds(v logs.Value) bool {
	if v.Kind != logs.Text && v.Kind != logs.Number {
		return false
	}
	if o.isNumber {
		if n, ok := parseNumber(v.Str); ok {
			return o.op.Holds(n.compare(o.number))
		}
	}
	if o.isTime {
		nanos, ok := o.times.read(v.Str)
		return ok && o.op.Holds(orderInTime(nanos, o.time))
	}
	return !o.isNumber && v.Kind == logs.Text && o.op.Holds(strings.Compare(v.Str, o.text))
}

// timeOrder is an order for a record's time.
type timeOrder struct{ *order }

func (o *timeOrder) core(r *logs.Record) bool {
	return r.Time != logs.NoTime && o.isTime && o.op.Holds(orderInTime(r.Time, o.time))
}

// levelOrder compares severities. A level's name stands for all of its four.
type levelOrder struct {
	op       Op
	least    logs.Severity // 0 where the literal is no severity
	most     logs.Severity
	number   number // for levels that are written as numbers
	isNumber bool
}

func newLevelOrder(op Op, text string) *levelOrder {
	o := &levelOrder{op: op}
	o.number, o.isNumber = parseNumber(text)
	if s, ok := logs.ParseSeverity(text); ok {
		o.least, o.most = s, s
		if s == s.Level().Base() {
			o.most += 3
		}
	}
	return o
}

func (o *levelOrder) core(r *logs.Record) bool {
	if o.least == 0 {
		return o.numeric(r.SeverityText)
	}
	return o.severity(r.Severity)
}

func (o *levelOrder) holds(v logs.Value) bool {
	if o.least == 0 {
		return o.numeric(v.Str)
	}
	s, _ := logs.ParseSeverity(v.Str)
	return o.severity(s)
}

func (o *levelOrder) severity(s logs.Severity) bool {
	switch {
	case s == 0 || o.least == 0:
		return false
	case s < o.least:
		return o.op.Holds(-1)
	case s > o.most:
		return o.op.Holds(1)
	}
	return o.op.Holds(0)
}

func (o *levelOrder) numeric(s string) bool {
	n, ok := parseNumber(s)
	return ok && o.isNumber && o.op.Holds(n.compare(o.number))
}
