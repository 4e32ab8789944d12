package summary

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
)

// A Facet is what values one field has, and how often.
type Facet struct {
	Field    string
	Type     string       // kind of its values: "text", "number", "bool"; "mixed"
	Records  int64        // records that have the field
	Distinct int64        // different values
	Top      []ValueCount // most frequent first
	Exact    bool         // Distinct and Top are exact; else Method says how they were estimated
	Method   string
}

// SortFacets orders by name, core fields first, in the order of cores.
func SortFacets(list []Facet) {
	slices.SortFunc(list, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(CorePlace(a.Field), CorePlace(b.Field)), strings.Compare(a.Field, b.Field))
	})
}

// CorePlace is where a field stands among the core fields, behind them for any other.
func CorePlace(name string) int {
	if c := logs.CoreOfKey(name); c != logs.CoreNone {
		return int(c)
	}
	return int(logs.CoreSpan) + 1
}

// ValueCount is one value and the records that have it.
type ValueCount struct {
	Value string
	Count int64
}

// SortValues orders by count, most frequent first, equal ones by value.
func SortValues(v []ValueCount) {
	slices.SortFunc(v, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
}
