package session

import (
	"fmt"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// remarks finds out why conditions select nothing, and what may have been meant.
func (q *inquiry) remarks() error {
	list := q.culprits()
	for _, i := range list[:min(len(list), maxRemarks)] {
		c := &q.why.Conditions[i]
		var err error
		if c.Node == nil {
			q.remarkLevel(i, query.Field{})
		} else {
			err = q.remark(i, c.Node)
		}
		if err != nil {
			return err
		}
		q.tell()
	}
	return nil
}

// remark finds out why one condition of the query selects nothing.
func (q *inquiry) remark(i int, n query.Node) error {
	switch n := n.(type) {
	case *query.Not:
		q.why.Conditions[i].Remark = "every record has it"
	case *query.Text:
		return q.remarkText(i, n.Value, func(v query.Node) query.Node { return v })
	case *query.Exists:
		return q.remarkField(i, n.Field, func(f query.Field) query.Node { return &query.Exists{Field: f} })
	case *query.Compare:
		if logs.CoreOf(n.Field.Name) == logs.CoreLevel {
			q.remarkLevel(i, n.Field)
			return nil
		}
		return q.remarkField(i, n.Field, func(f query.Field) query.Node {
			return &query.Compare{Field: f, Op: n.Op, Value: n.Value}
		})
	case *query.Is:
		return q.remarkIs(i, n)
	}
	return nil
}

func (q *inquiry) remarkIs(i int, n *query.Is) error {
	env := q.s.o.Env
	if logs.CoreOf(n.Field.Name) == logs.CoreLevel {
		q.remarkLevel(i, n.Field)
		return nil
	}
	if err := q.remarkField(i, n.Field, func(f query.Field) query.Node { return &query.Is{Field: f, Value: n.Value} }); err != nil {
		return err
	}
	switch {
	case q.why.Conditions[i].Remark != "" || n.Field.Wildcard():
		return nil
	case env.IsWordField(n.Field.Name):
		return q.remarkText(i, n.Value, func(v query.Node) query.Node {
			if t, ok := v.(*query.Text); ok {
				return &query.Is{Field: n.Field, Value: t.Value}
			}
			return nil
		})
	case n.Value.Kind == query.Plain || n.Value.Kind == query.Quoted:
		return q.remarkValue(i, n)
	}
	return nil
}

// remarkLevel says which levels there are, of a condition on the field, or of the least level.
func (q *inquiry) remarkLevel(i int, f query.Field) {
	var there []string
	highest := logs.Level(0)
	for l := logs.Level(1); l < logs.Levels; l++ {
		if q.why.Levels[l] > 0 {
			there = append(there, l.String())
			highest = l
		}
	}
	c := &q.why.Conditions[i]
	if len(there) == 0 {
		c.Remark = "excludes all; no record has a level"
		return
	}
	c.Remark = "excludes all; there are " + strings.Join(there, ", ")
	x := fix{at: i, level: highest.Base(), text: "level>=" + highest.String(), why: c.Text + " " + c.Remark}
	if c.Node != nil {
		x.node = &query.Compare{Field: f, Op: query.GreaterOrEqual, Value: query.Value{Text: highest.String()}}
		x.text = x.node.String()
	}
	q.fixes = append(q.fixes, x)
}

// remarkText says whether words that are nowhere whole stand within others.
func (q *inquiry) remarkText(i int, v query.Value, of func(query.Node) query.Node) error {
	c := &q.why.Conditions[i]
	if v.Kind != query.Plain && v.Kind != query.Quoted || v.Text == "" {
		return nil
	}
	n := of(query.Substring(v.Text))
	if n == nil {
		return nil
	}
	count, err := q.count(q.inside(n))
	if err != nil {
		return err
	}
	c.Remark = "no record has it, nor as a part of a word"
	if count.N > 0 {
		c.Remark = fmt.Sprintf("no whole word; %s has %s", n, count)
		q.fixes = append(q.fixes, fix{at: i, node: n, text: n.String(), why: c.Text + " has no whole word"})
	}
	return nil
}

// NoField begins the Remark of a Condition on a field that no record is found by.
const NoField = "no record has the field "

// remarkField says so where no record has the field, and which there are that may have been meant.
func (q *inquiry) remarkField(i int, f query.Field, of func(query.Field) query.Node) error {
	c := &q.why.Conditions[i]
	n, err := q.count(q.inside(&query.Exists{Field: f}))
	if err != nil || n.N > 0 {
		return err
	}
	c.Remark = NoField + f.String()
	if f.Wildcard() {
		return nil
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	for _, name := range nearest(f.Name, names, 1) {
		c.Remark += "; there is " + query.QuoteField(name.Value)
		by := of(query.Field{Name: name.Value})
		q.fixes = append(q.fixes, fix{at: i, node: by, text: by.String(), why: c.Remark})
	}
	return nil
}

// remarkValue says so where no record has the value, and which there are that may have been meant.
func (q *inquiry) remarkValue(i int, n *query.Is) error {
	c := &q.why.Conditions[i]
	values, err := q.values(n.Field)
	if err != nil {
		return err
	}
	c.Remark = "no such value"
	var told []string
	for _, v := range nearest(n.Value.Text, values, maxNear) {
		by := q.s.o.Env.Condition(n.Field.Name, logs.TextValue(v.Value))
		count, err := q.count(q.inside(by))
		if err != nil {
			return err
		}
		if count.N == 0 {
			continue
		}
		told = append(told, fmt.Sprintf("%s has %s", query.Quote(v.Value), count))
		q.fixes = append(q.fixes, fix{at: i, node: by, text: by.String(), why: c.Text + ": no such value"})
	}
	if len(told) > 0 {
		c.Remark += "; " + strings.Join(told, ", ")
	}
	return nil
}

// maxNear is how many values are proposed in place of one.
const maxNear = 3

// values are those of a field in the range, or in a sample of its records.
func (q *inquiry) values(f query.Field) ([]summary.ValueCount, error) {
	if logs.CoreOf(f.Name) == logs.CoreService && len(q.services) > 1 {
		var out []summary.ValueCount
		for name, n := range q.services {
			out = append(out, summary.ValueCount{Value: name, Count: n})
		}
		return out, nil
	}
	return q.sampled(&query.Exists{Field: f}, func(r *logs.Record, add func(string)) {
		for v := range r.Values(f.Name) {
			add(v.Str)
		}
	})
}

// names are those of fields, with the names that the language has for core fields.
func (q *inquiry) names() ([]summary.ValueCount, error) {
	names, err := q.sampled(nil, func(r *logs.Record, add func(string)) {
		for name := range r.Fields() {
			add(name)
		}
	})
	for _, n := range names[:len(names):len(names)] {
		if c := logs.CoreOf(n.Value); c != logs.CoreNone && n.Value == c.Key() {
			for _, alias := range logs.Aliases[c][1:] {
				names = append(names, summary.ValueCount{Value: alias, Count: n.Count})
			}
		}
	}
	return names, err
}
