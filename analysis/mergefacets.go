package analysis

import (
	"cmp"
	"slices"

	"github.com/lxlog/lx/summary"
)

// MergeFacets returns the facets of two sets of records that have none in common. A
// field that both have is exact where all of its values stand in both lists.
func MergeFacets(a, b []summary.Facet) []summary.Facet {
	out := slices.Clone(a)
	for _, f := range b {
		i := slices.IndexFunc(out, func(o summary.Facet) bool { return o.Field == f.Field })
		if i < 0 {
			out = append(out, f)
			continue
		}
		out[i] = mergeFacet(out[i], f)
	}
	summary.SortFacets(out)
	return out
}

func mergeFacet(a, b summary.Facet) summary.Facet {
	out := summary.Facet{Field: a.Field, Type: a.Type, Records: a.Records + b.Records}
	if a.Type != b.Type {
		out.Type = "mixed"
	}
	counts := map[string]int64{}
	for _, v := range slices.Concat(a.Top, b.Top) {
		counts[v.Value] += v.Count
	}
	for value, n := range counts {
		out.Top = append(out.Top, summary.ValueCount{Value: value, Count: n})
	}
	summary.SortValues(out.Top)
	whole := func(f summary.Facet) bool { return f.Exact && int64(len(f.Top)) == f.Distinct }
	if whole(a) && whole(b) {
		out.Exact, out.Distinct = true, int64(len(out.Top))
		return out
	}
	out.Distinct = max(a.Distinct, b.Distinct, int64(len(out.Top)))
	out.Method = cmp.Or(a.Method, b.Method, "the most frequent values of each source, added up")
	return out
}
