package elastic

import (
	"context"
	"sync"

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
	c, err := s.catalog(ctx)
	if err != nil {
		return summary.Count{}, err
	}
	parts := c.apart(f)
	counts := make([]summary.Count, len(parts))
	err = each(parts, func(i int, c *catalog) error {
		n, a := s.census(c, f, shard, also)
		out, err := n.ask(ctx, nil)
		if err != nil {
			return err
		}
		counts[i].N = out.Hits.Total.Value
		if out.flaws(s) != "" || a.wider || len(a.missed) > 0 || len(c.notes) > 0 {
			counts[i].Certainty = summary.AtLeast
		}
		return nil
	})
	var sum summary.Count
	for _, n := range counts {
		sum = sum.Add(n)
	}
	return sum, err
}

// each calls f for every part of a catalog, beside one another. The error is that of the first part that has one.
func each(parts []*catalog, f func(i int, c *catalog) error) error {
	errs := make([]error, len(parts))
	var asking sync.WaitGroup
	for i, c := range parts {
		asking.Go(func() { errs[i] = f(i, c) })
	}
	asking.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// census is one over the documents of a filter, and how well it can be asked.
func (s *Source) census(c *catalog, f sources.Filter, shard int, also any) (*census, asked) {
	a := c.ask(f)
	n := &census{s: s, c: c, shard: shard, query: list{a.body}}
	if also != nil {
		n.query = append(n.query, also)
	}
	return n, a
}
