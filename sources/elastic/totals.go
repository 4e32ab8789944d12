package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// Count implements sources.Searcher.
func (s *Source) Count(ctx context.Context, f sources.Filter) (summary.Count, error) {
	return summary.Count{}, nil
}

// Totals implements sources.Searcher.
func (s *Source) Totals(ctx context.Context, f sources.Filter) (*summary.Totals, error) {
	return summary.NewTotals(), nil
}
