package logs

import (
	"maps"
	"slices"
)

// Spellings lists, sorted and in lower case, every name that ParseSeverity reads.
func Spellings() []string { return slices.Sorted(maps.Keys(spellings)) }
