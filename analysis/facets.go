package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// Bounds within which facets are exact.
const (
	MaxFields = 10_000  // further fields are counted in Facets.Left alone
	MaxValues = 100_000 // distinct values of a field; beyond, its facet is a sketch
)

// Facets counts the values of every field over records that are added one by one.
// Up to MaxFields fields and MaxValues values of each it is exact. A field with
// more values goes on as a sketch: the most frequent values by Space-Saving
// (Metwally, Agrawal, El Abbadi 2005), the number of different ones by
// HyperLogLog (Flajolet et al. 2007).
type Facets struct {
	fields map[string]*facet
	left   map[string]struct{} // hashes would do; names beyond MaxFields, as many again
	seen   int64               // records added
}

// facet is one field.
type facet struct {
	records int64
	last    int64 // the record that was counted last
	kinds   [logs.Object + 1]int64
	values  map[string]*counter
	sketch  *sketch // nil while exact
}

type counter struct {
	n    int64
	last int64
}

// NewFacets returns facets of no records.
func NewFacets() *Facets {
	return &Facets{fields: map[string]*facet{}, left: map[string]struct{}{}}
}

// Add counts the fields of a record. A value that stands several times in one record counts once.
func (f *Facets) Add(r *logs.Record) {
	f.seen++
	for key, v := range r.Fields() {
		at := f.fields[key]
		if at == nil {
			if len(f.fields) >= MaxFields {
				if len(f.left) < MaxFields {
					f.left[strings.Clone(key)] = struct{}{}
				}
				continue
			}
			at = &facet{values: map[string]*counter{}}
			f.fields[strings.Clone(key)] = at
		}
		at.add(v, f.seen)
	}
}

// Left is how many fields there were beyond MaxFields, at most MaxFields of them counted.
func (f *Facets) Left() int { return len(f.left) }

func (a *facet) add(v logs.Value, record int64) {
	if a.last != record {
		a.last = record
		a.records++
	}
	a.kinds[v.Kind]++
	if a.sketch != nil {
		a.sketch.add(v.Str)
		return
	}
	if c := a.values[v.Str]; c != nil {
		if c.last != record {
			c.n, c.last = c.n+1, record
		}
		return
	}
	if len(a.values) >= MaxValues {
		a.sketch = newSketch(a.values)
		a.values = nil
		a.sketch.add(v.Str)
		return
	}
	a.values[strings.Clone(v.Str)] = &counter{1, record}
}

// List returns the facets with their top values, fields in the order of their
// names, core fields first.
func (f *Facets) List(top int) []summary.Facet {
	out := make([]summary.Facet, 0, len(f.fields))
	for name, a := range f.fields {
		out = append(out, a.facet(name, top))
	}
	slices.SortFunc(out, func(a, b summary.Facet) int {
		return cmp.Or(cmp.Compare(place(a.Field), place(b.Field)), strings.Compare(a.Field, b.Field))
	})
	return out
}

// place is where a field stands among the core fields, behind them for any other.
func place(name string) int {
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		if c.Key() == name {
			return int(c)
		}
	}
	return int(logs.CoreSpan) + 1
}

func (a *facet) facet(name string, top int) summary.Facet {
	s := summary.Facet{Field: name, Type: a.kind(), Records: a.records, Exact: a.sketch == nil}
	if a.sketch != nil {
		s.Distinct, s.Top, s.Method = a.sketch.distinct(), a.sketch.top(top), "top values by Space-Saving, distinct by HyperLogLog"
		return s
	}
	s.Distinct = int64(len(a.values))
	s.Top = make([]summary.ValueCount, 0, len(a.values))
	for v, c := range a.values {
		s.Top = append(s.Top, summary.ValueCount{Value: v, Count: c.n})
	}
	summary.SortValues(s.Top)
	s.Top = s.Top[:min(top, len(s.Top))]
	return s
}

// kind names the type of the field's values.
func (a *facet) kind() string {
	name := ""
	for k, n := range a.kinds {
		switch {
		case n == 0:
		case name == "":
			name = logs.Kind(k).String()
		default:
			return "mixed"
		}
	}
	return name
}
