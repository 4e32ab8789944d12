package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// fieldValues is how many values of a field are listed.
const fieldValues = 50

// maxOwnFields is how many fields with a condition of their own are counted without it.
const maxOwnFields = 4

// A fieldCount counts the values of all fields over what a selection finds, step by
// step: what a step shows is not all yet, and what comes later is added. It
// belongs to the command that counts, of which there is one at a time.
type fieldCount struct {
	rows   session.View // what the scope listed when it began
	parts  []*fieldScan // the first is of the selection, each further one of a field without its own condition
	budget time.Duration
	busy   bool // a command is under way, or rests
	asks   bool // servers are among the sources: they are asked, and all is counted in one step
	notes  []string
}

// fieldScan is how far one view was counted.
type fieldScan struct {
	view    session.View
	field   string // that alone is counted; "": all are
	scanned session.Scanned
	facets  *analysis.Facets
	records atomic.Int64
	list    []summary.Facet // where servers are asked
	done    bool            // all that there was had been counted when the last step ended
}

// The time that one step takes: short at first, so that there is something to see.
const (
	firstStep = 100 * time.Millisecond
	longStep  = 1600 * time.Millisecond
)

func newFieldCount(x Explorer, s *scope) (*fieldCount, error) {
	c := &fieldCount{rows: s.rows, budget: firstStep, asks: s.asks}
	c.add("", s.rows)
	for _, field := range ownFields(s.selection) {
		v, err := x.View(withoutOwn(s.selection, field).filter())
		if err != nil {
			return nil, err
		}
		c.add(field, v)
	}
	return c, nil
}

func (c *fieldCount) add(field string, v session.View) {
	c.parts = append(c.parts, &fieldScan{view: v, field: field, facets: analysis.NewFacets()})
}

// step counts for a while. It reports whether all that there is has been counted.
func (c *fieldCount) step(ctx context.Context) (done bool, err error) {
	if c.asks {
		return c.askAll(ctx)
	}
	done = true
	var failed []error
	for _, p := range c.parts {
		err := p.step(ctx, c.budget)
		if ctx.Err() != nil || errors.Is(err, session.ErrAnew) {
			return false, err
		}
		if err != nil {
			failed = append(failed, err)
		}
		done = done && p.done
	}
	c.budget = min(2*c.budget, longStep)
	return done, errors.Join(failed...)
}

// askAll asks for all at once. What comes meanwhile is in the values alone, which take longer, and counts as a record, too.
func (c *fieldCount) askAll(ctx context.Context) (done bool, err error) {
	var notes []string
	for _, p := range c.parts {
		n, err := p.view.Count(ctx)
		if err != nil {
			return false, err
		}
		list, said, err := p.view.Facets(ctx, 2*fieldValues)
		if err != nil {
			return false, err
		}
		for _, f := range list {
			n.N = max(n.N, f.Records)
		}
		p.list, p.done = list, true
		p.records.Store(n.N)
		for _, note := range said {
			if !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	c.notes = notes
	return true, nil
}

// top are the fields that were counted, each with at most n values.
func (p *fieldScan) top(n int) []summary.Facet {
	if p.list == nil {
		return p.facets.List(n)
	}
	var out []summary.Facet
	for _, f := range p.list {
		if f.Field == p.field || p.field == "" {
			f.Top = f.Top[:min(n, len(f.Top))]
			out = append(out, f)
		}
	}
	return out
}

// step is fieldCount.step of one view.
func (p *fieldScan) step(ctx context.Context, budget time.Duration) error {
	short, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	var parts []*analysis.Facets
	err := p.view.Scan(short, &p.scanned, func() func(*logs.Record) {
		part := p.facets.Part()
		parts = append(parts, part)
		return p.adding(part)
	})
	for _, part := range parts {
		p.facets.Merge(part)
	}
	p.done = true
	if err != nil && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)) {
		p.done, err = false, ctx.Err()
	}
	return err
}

// adding is what counts a record.
func (p *fieldScan) adding(part *analysis.Facets) func(*logs.Record) {
	var level, one logs.Record
	// A level counts as what it means, as queries and the other views take it: info, INFO and I are one.
	meant := func(r *logs.Record) *logs.Record {
		if r.Severity == 0 || r.SeverityText == "" {
			return r
		}
		level = *r
		level.Severity, level.SeverityText = r.Severity.Level().Base(), ""
		return &level
	}
	if p.field == "" {
		return func(r *logs.Record) {
			p.records.Add(1)
			part.Add(meant(r))
		}
	}
	return func(r *logs.Record) {
		p.records.Add(1)
		r = meant(r)
		one.Attrs = one.Attrs[:0]
		for v := range r.Values(p.field) {
			one.Attrs = append(one.Attrs, logs.Attr{Key: p.field, Value: v})
		}
		part.Add(&one)
	}
}

// gone is how many of the records that were counted are no more.
func (c *fieldCount) gone() int64 { return c.parts[0].scanned.Gone }

// countedFields is what has been counted so far.
type countedFields struct {
	fields  []countedField
	records int64 // of the selection
	left    int   // fields that are not counted
	notes   []string
	gone    int64 // of the records, so many are no more
	done    bool
}

// countedField is what has been counted of one field.
type countedField struct {
	summary.Facet
	of       int64           // among so many records
	own      bool            // without the field's own condition
	passes   map[string]bool // of own: the values that pass it
	lackPass bool            // records without the field pass it
}

// lacking is how many records do not have the field.
func (f *countedField) lacking() int64 { return max(f.of-f.Records, 0) }

// result lists what has been counted, core fields first.
func (c *fieldCount) result(done bool) *countedFields {
	all := c.parts[0]
	out := &countedFields{records: all.records.Load(), left: all.facets.Left(), gone: c.gone(), done: done, notes: c.notes}
	own := map[string]*fieldScan{}
	for _, p := range c.parts[1:] {
		own[p.field] = p
	}
	of := map[string]summary.Facet{}
	for _, f := range all.top(2 * fieldValues) {
		if own[f.Field] != nil {
			of[f.Field] = f
			continue
		}
		f.Top = slices.Clip(f.Top[:min(fieldValues, len(f.Top))])
		out.fields = append(out.fields, countedField{Facet: f, of: out.records})
	}
	for _, p := range c.parts[1:] {
		for _, f := range p.top(fieldValues) {
			out.fields = append(out.fields, p.freed(f, of[f.Field], out.records))
		}
	}
	slices.SortStableFunc(out.fields, func(a, b countedField) int {
		return cmp.Or(cmp.Compare(summary.CorePlace(a.Field), summary.CorePlace(b.Field)), strings.Compare(a.Field, b.Field))
	})
	return out
}

// freed is a field that was counted without its own condition; with is what was counted with it.
func (p *fieldScan) freed(f, with summary.Facet, records int64) countedField {
	out := countedField{Facet: f, of: p.records.Load(), own: true, passes: map[string]bool{}, lackPass: records > with.Records}
	for _, v := range with.Top {
		out.passes[v.Value] = true
	}
	return out
}

// keyOf is the name under which a field is listed: log.level for level.
func keyOf(field string) string {
	if c := logs.CoreOf(field); c != logs.CoreNone {
		return c.Key()
	}
	return field
}

// ownField is the field that alone decides about a condition; "" if there is no such.
func ownField(cond query.Node) string {
	own := ""
	for _, name := range query.Fields(cond) {
		name = keyOf(name)
		if own != "" && own != name || strings.Contains(name, "*") || name == logs.CoreTime.Key() {
			return ""
		}
		own = name
	}
	return own
}

// ownFields are the fields that a selection has conditions of, which nothing else decides about.
func ownFields(s selection) (out []string) {
	if s.level > 0 {
		out = append(out, logs.CoreLevel.Key())
	}
	for _, cond := range query.Conditions(s.node()) {
		if f := ownField(cond); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out[:min(len(out), maxOwnFields)]
}

// withoutOwn is the selection without the conditions of a field.
func withoutOwn(s selection, field string) selection {
	rest := func(n query.Node) query.Node {
		conditions := slices.DeleteFunc(query.Conditions(n), func(c query.Node) bool { return ownField(c) == field })
		return meaning(query.All(conditions))
	}
	s.query, s.extra = rest(s.query), rest(s.extra)
	if field == logs.CoreLevel.Key() {
		s.level = 0
	}
	return s
}
