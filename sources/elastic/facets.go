package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// Facets implements sources.Faceter.
func (s *Source) Facets(ctx context.Context, f sources.Filter, top int) (list []summary.Facet, notes []string, err error) {
	return nil, nil, nil
}
