package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
)

// Explain returns the query object that the server is asked for a filter, all of its
// parts but Among, as encoding/json takes it. wider says that what it finds may hold
// others beside the matches; missed are fields, sorted, in which the indices cannot look.
func (s *Source) Explain(ctx context.Context, f sources.Filter) (body any, wider bool, missed []string, err error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, false, nil, err
	}
	a := c.ask(f)
	return a.body, a.wider, a.missed, nil
}
