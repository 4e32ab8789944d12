package elastic

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// isClosed: an index that was named is closed. All kinds of server pass closed ones over
// when they search, but Elasticsearch 7 tells no fields where one of them is named.
func (f *failure) isClosed() bool {
	return f.is("index_closed_exception") || f.is("cluster_block_exception") && strings.Contains(f.Reason, "index closed")
}

// openOf names those of the indices of a target that are open; none where that may not be asked.
func (s *Source) openOf(ctx context.Context, target []string) ([]string, error) {
	indices, err := s.readSettings(ctx, target)
	if err != nil && !isRefusal(err) {
		return nil, err
	}
	maps.DeleteFunc(indices, func(_ string, of indexSettings) bool { return of.Closed == "true" })
	return slices.Sorted(maps.Keys(indices)), nil
}
