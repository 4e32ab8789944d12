package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

// A catalog is what is known of the server and of the indices that are asked. It does not change.
type catalog struct {
	openSearch bool
	version    string   // "8.19.1"
	indices    []string // that the pattern means, by name
	mapping    dsl.Mapping
	timeField  string // "" where no index has one
	nanos      bool   // it is date_nanos in some index
	millis     bool   // it is date in some index
}

// catalog returns what is known, asked for where that is nothing yet.
func (s *Source) catalog(ctx context.Context) (*catalog, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = &catalog{}
	}
	return s.known, ctx.Err()
}

// asked is what a server is asked for a filter.
type asked struct {
	body   any      // the query
	wider  bool     // what it finds may hold others beside the matches
	missed []string // fields in which the index cannot look
}

// ask translates a filter, all of its parts but Among.
func (c *catalog) ask(f sources.Filter) asked { return asked{} }
