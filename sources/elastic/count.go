package elastic

import (
	"context"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// Count implements sources.Searcher.
func (s *Source) Count(ctx context.Context, f sources.Filter) (summary.Count, error) {
	if len(f.Among) > 0 {
		return s.countAmong(ctx, f)
	}
	return s.count(ctx, f, anyShard, nil)
}

// count is Count of every index's shard of that number alone, unless it is
// anyShard, and of the documents for which also holds, a query object, unless it is nil.
func (s *Source) count(ctx context.Context, f sources.Filter, shard int, also any) (summary.Count, error) {
	n, a, err := s.census(ctx, f, shard, also)
	if err != nil {
		return summary.Count{}, err
	}
	out, err := n.ask(ctx, nil)
	if err != nil {
		return summary.Count{}, err
	}
	count := summary.Count{N: out.Hits.Total.Value}
	if out.flaws(s) != "" || a.wider || len(a.missed) > 0 {
		count.Certainty = summary.AtLeast
	}
	return count, nil
}

// census is one over the documents of a filter, and how well it can be asked.
func (s *Source) census(ctx context.Context, f sources.Filter, shard int, also any) (*census, asked, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, asked{}, err
	}
	a := c.ask(f)
	n := &census{s: s, c: c, shard: shard, query: list{a.body}}
	if also != nil {
		n.query = append(n.query, also)
	}
	return n, a, nil
}
