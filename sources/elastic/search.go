package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/sources"
)

// Search implements sources.Searcher.
func (s *Source) Search(ctx context.Context, r sources.Request) (sources.Page, error) {
	if len(r.Among) > 0 {
		return s.searchAmong(ctx, r)
	}
	return s.page(ctx, r, anyShard, nil)
}

// find puts a search to the indices of a catalog, of every one's shard of that number
// alone unless it is anyShard, and decodes its answer. Parts that do not answer are told in it.
func (s *Source) find(ctx context.Context, c *catalog, shard int, body object, into any) error {
	written, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("BUG: a query is no JSON: %w", err)
	}
	yes := true
	return s.client.answer(ctx, esapi.SearchRequest{Index: c.target, Body: bytes.NewReader(written), IgnoreUnavailable: &yes, AllowNoIndices: &yes,
		AllowPartialSearchResults: &yes, Preference: c.preference(shard)}, into)
}

// anyShard asks all shards of every index.
const anyShard = -1
