package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
)

// Search implements sources.Searcher.
func (s *Source) Search(ctx context.Context, r sources.Request) (sources.Page, error) {
	if len(r.Among) > 0 {
		return s.searchAmong(ctx, r)
	}
	return s.page(ctx, r, anyShard, nil)
}

// anyShard asks all shards of every index.
const anyShard = -1
