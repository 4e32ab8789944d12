package elastic

import (
	"maps"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

const (
	maxGroups = 16  // of indices that map fields differently
	maxValues = 100 // fields whose values a server gives without a source
)

// conflict is the type of a field that indices map too differently to be asked for one thing.
const conflict = "conflict"

// important fields come first where there are too many.
func important(name string) int {
	if logs.CoreOf(name) != logs.CoreNone || logs.IsWordField(name) {
		return 1
	}
	return 0
}

// grouped sorts the indices into groups that agree on the type of every field that
// they have. What is too different for that is one last group, where such a field has no type.
func grouped(caps *capabilities, names []string) []group {
	agreed := map[string]dsl.Field{}
	kinds := map[string]map[string]string{} // of an index, by field: where there are several
	for _, name := range names {
		types := caps.Fields[name]
		if len(types) == 1 {
			for kind := range types {
				agreed[name] = dsl.Field{Type: kind}
			}
			continue
		}
		for kind, t := range types {
			for _, index := range t.Indices {
				if kinds[index] == nil {
					kinds[index] = map[string]string{}
				}
				kinds[index][name] = kind
			}
		}
	}
	var out []group
	var of []map[string]string
	for _, index := range caps.Indices {
		i := slices.IndexFunc(of, func(g map[string]string) bool { return agree(g, kinds[index]) })
		if i < 0 && len(out) < maxGroups {
			i = len(out)
			out, of = append(out, group{}), append(of, map[string]string{})
		}
		if i < 0 {
			i = maxGroups - 1
			for name, kind := range kinds[index] {
				if old, ok := of[i][name]; ok && old != kind {
					kinds[index][name] = conflict
				}
			}
		}
		maps.Copy(of[i], kinds[index])
		out[i].indices = append(out[i].indices, index)
	}
	for i := range out {
		out[i].mapping.Fields = maps.Clone(agreed)
		for name, kind := range of[i] {
			out[i].mapping.Fields[name] = dsl.Field{Type: kind}
		}
	}
	return out
}

// agree reports whether no field has another type in b than in a.
func agree(a, b map[string]string) bool {
	for name, kind := range b {
		if old, ok := a[name]; ok && old != kind {
			return false
		}
	}
	return true
}

// common is the type to count on where a field has several.
func common(types map[string]capability) string {
	kinds := slices.Sorted(maps.Keys(types))
	if len(kinds) == 1 {
		return kinds[0]
	}
	for _, of := range sameKind {
		if !slices.ContainsFunc(kinds, func(k string) bool { return !slices.Contains(of, k) }) {
			return of[0]
		}
	}
	return conflict
}

// sameKind are types that are searched and counted together; the first stands for all.
var sameKind = [][]string{
	{"double", "long", "integer", "short", "byte", "float", "half_float", "scaled_float", "unsigned_long"},
	{"date", "date_nanos"},
	{"keyword", "constant_keyword", "wildcard"},
	{"text", "match_only_text", "annotated_text"},
}
