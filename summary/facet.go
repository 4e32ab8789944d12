package summary

import (
	"cmp"
	"slices"
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
