package elastic

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// isClosed: an index that was named is closed. All kinds of server pass closed ones over
// when they search, but Elasticsearch 7 tells no fields where one of them is named.
func (f *failure) isClosed() bool {
	return f.is("index_closed_exception") || f.is("cluster_block_exception") && strings.Contains(f.Reason, "index closed")
}

// openOf names those of the indices of a target that are open; none where that may not be asked.
func (s *Source) openOf(ctx context.Context, target []string) ([]string, error) {
	yes := true
	var answer map[string]struct {
		Settings struct {
			Index struct {
				Closed string `json:"verified_before_close"`
			}
		}
	}
	err := s.client.answer(ctx, esapi.IndicesGetSettingsRequest{Index: target, Name: []string{"index.uuid", "index.verified_before_close"}, IgnoreUnavailable: &yes, AllowNoIndices: &yes,
		FilterPath: []string{"*.settings.index.uuid", "*.settings.index.verified_before_close"}}, &answer)
	if err != nil && !isRefusal(err) {
		return nil, err
	}
	for name, of := range answer {
		if of.Settings.Index.Closed == "true" {
			delete(answer, name)
		}
	}
	return slices.Sorted(maps.Keys(answer)), nil
}
