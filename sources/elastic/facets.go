package elastic

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/dsl"
	"github.com/lxlog/lx/summary"
)

// Facets implements sources.Faceter.
func (s *Source) Facets(ctx context.Context, f sources.Filter, top int) (list []summary.Facet, notes []string, err error) {
	return s.facets(ctx, f, top, anyShard, nil)
}

// facets is Facets of every index's shard of that number alone, unless it is
// anyShard, and of the documents for which also holds, a query object, unless it is nil.
func (s *Source) facets(ctx context.Context, f sources.Filter, top, shard int, also any) ([]summary.Facet, []string, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, nil, err
	}
	w := &facetCount{s: s, top: max(top, 0)}
	w.notes.add(c.notes...)
	parts := c.apart(f)
	for _, c := range parts {
		n, a := s.census(c, f, shard, also)
		w.notes.add(c.missedNote(a.missed))
		if a.wider {
			w.notes.add(s.o.Name + " cannot ask all of the query: what it counts may hold other records")
		}
		w.plan(n)
	}
	if err := w.ask(ctx); err != nil {
		return nil, nil, err
	}
	return w.list(), w.notes.list(), nil
}

// A facetCount is the making of facets.
type facetCount struct {
	s     *Source
	top   int
	parts []*facetPart

	mu    sync.Mutex
	notes notes
}

// A facetPart is one form of a field in some of the indices, and what was counted of it.
type facetPart struct {
	field   string   // of records
	of      *census  // the documents
	indices []string // nil: all
	form    dsl.Form
	values  fieldValues
}

// plan lists what is to be counted: for each field of records the forms in which the indices of a census have it.
func (w *facetCount) plan(of *census) {
	whole := of.c.mapping
	w.planOf(of, whole, nil, func(f dsl.Form) bool { return f.Type != conflict })
	if len(of.c.groups) == 1 {
		return
	}
	// What the groups map too differently is asked of each by itself.
	for _, g := range of.c.groups {
		w.planOf(of, g.mapping, g.indices, func(f dsl.Form) bool { return whole.Fields[f.Name].Type == conflict })
	}
}

func (w *facetCount) planOf(of *census, m dsl.Mapping, indices []string, wanted func(dsl.Form) bool) {
	add := func(field string, f dsl.Form) {
		if wanted(f) {
			dsl.Lenient(list{f.Has, f.Where, f.Elsewhere})
			w.parts = append(w.parts, &facetPart{field: field, of: of, indices: indices, form: f})
		}
	}
	for core := logs.CoreMessage; core <= logs.CoreSpan; core++ {
		for _, f := range m.Forms(core) {
			add(core.Key(), f)
		}
	}
	for _, name := range m.Names() {
		if f, ok := m.Own(name); ok && name != of.c.timeField {
			add(name, f)
		}
	}
}

// list are the facets of what was counted: those that any record has, core fields first.
func (w *facetCount) list() []summary.Facet {
	of := map[string][]*facetPart{}
	for _, p := range w.parts {
		if p.values.records > 0 {
			of[p.field] = append(of[p.field], p)
		}
	}
	out := make([]summary.Facet, 0, len(of))
	for field, parts := range of {
		out = append(out, w.facet(field, parts))
	}
	summary.SortFacets(out)
	return out
}

// facet is one field, of all of its parts.
func (w *facetCount) facet(field string, parts []*facetPart) summary.Facet {
	f := summary.Facet{Field: field, Exact: true}
	var methods notes
	counts := map[string]int64{}
	for _, p := range parts {
		v := &p.values
		f.Records += v.records
		kind := kindOf(p.form.Type)
		if logs.CoreOfKey(field) != logs.CoreNone {
			kind = logs.Text.String() // as core fields are
		}
		if f.Type == "" {
			f.Type = kind
		} else if f.Type != kind {
			f.Type = "mixed"
		}
		for _, value := range v.top {
			if _, known := counts[value.Value]; known {
				v.distinct-- // the parts have it both
			}
			counts[value.Value] += value.Count
		}
		f.Distinct += v.distinct
		methods.add(p.methods()...)
		if len(parts) > 1 && v.others > 0 {
			methods.add("several fields hold it: of each the most frequent values are known")
		}
	}
	f.Top = make([]summary.ValueCount, 0, len(counts))
	for value, n := range counts {
		f.Top = append(f.Top, summary.ValueCount{Value: value, Count: n})
	}
	summary.SortValues(f.Top)
	f.Top = slices.Clip(f.Top[:min(w.top, len(f.Top))])
	if f.Method = strings.Join(methods.list(), "; "); f.Method != "" {
		f.Exact = false
	}
	return f
}

// kindOf is the type of values in records that a field of the index holds.
func kindOf(fieldType string) string {
	switch fieldType {
	case "long", "integer", "short", "byte", "double", "float", "half_float", "scaled_float", "unsigned_long":
		return logs.Number.String()
	case "boolean":
		return logs.Bool.String()
	}
	return logs.Text.String()
}

// methods say why what was counted is not exact.
func (p *facetPart) methods() (out []string) {
	v, f := &p.values, &p.form
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch {
	case v.refused != "":
		say("not counted: %s", v.refused)
	case f.Field == "" && f.Type == "flattened" || f.Type == "flat_object":
		say("its members cannot be counted")
	case f.Field == "":
		say("only its records are counted: the index has it by words alone")
	case v.others > 0 && v.wrong > 0:
		say("distinct by HyperLogLog++, counts of the top values at least those of some shards")
	case v.others > 0:
		say("distinct by HyperLogLog++")
	}
	switch {
	case v.lost > 0:
		say("of %s records the value is too long for the index, or not indexed whole, and is not counted", summary.Thousands(v.lost))
	case f.Unsure:
		say("values that are too long for the index are not counted, if there are any")
	}
	if v.hidden > 0 {
		say("up to %s records more name one in their message alone, which is not counted", summary.Thousands(v.hidden))
	}
	if f.Wider {
		say("records are told apart as well as the index can")
	}
	if f.Normalized {
		say("values are written as the index writes them, several spellings as one")
	}
	switch f.Type {
	case "float", "half_float", "scaled_float":
		say("the index keeps few digits of numbers")
	case "date", "date_nanos":
		say("times are written as the index writes them")
	}
	return out
}
