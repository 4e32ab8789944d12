package elastic

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/lxlog/lx/sources"
)

// among calls f for each share of what pieces of news are about, with the number of its shards, the
// clause that holds for it and a source of nothing but its indices, beside one another. The error is the first.
func (s *Source) among(ctx context.Context, pieces []sources.News, f func(of *Source, number int, also any) error) error {
	shares := sharesOf(pieces)
	var asking sync.WaitGroup
	errs := make(chan error, len(shares))
	for _, part := range shares {
		asking.Go(func() {
			of, err := s.narrowed(ctx, part.names)
			if err == nil {
				err = f(of, part.number, anyOf(part.clauses))
			}
			if err != nil && of != nil && of != s && ctx.Err() == nil { // they may be gone
				err = f(s, part.number, anyOf(part.clauses))
			}
			errs <- err
		})
	}
	asking.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// narrowed is a source of some of the indices, so that the others need not answer; s
// itself where they are too many to be named.
func (s *Source) narrowed(ctx context.Context, names []string) (*Source, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 || c.filtered || !fitLine(names) {
		return s, nil
	}
	part := *c
	part.target, part.indices, part.groups = names, names, nil
	unknown := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(c.indices, n) })
	for i, g := range c.groups {
		g.indices = slices.DeleteFunc(slices.Clone(g.indices), func(n string) bool { return !slices.Contains(names, n) })
		if i == len(c.groups)-1 { // which has those, too, that are not known yet
			g.indices = append(g.indices, unknown...)
		}
		if len(g.indices) > 0 {
			part.groups = append(part.groups, g)
		}
	}
	of := &Source{o: s.o, client: s.client, asking: make(chan struct{}, 1)}
	of.keep(&part, s.o.Now().Add(catalogFor))
	return of, nil
}

// searchAmong is Search of records that news told of.
func (s *Source) searchAmong(ctx context.Context, r sources.Request) (sources.Page, error) {
	var mu sync.Mutex
	var pages []sources.Page
	err := s.among(ctx, r.Among, func(of *Source, number int, also any) error {
		p, err := of.page(ctx, r, number, also)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			pages = append(pages, p)
		}
		return err
	})
	return mergePages(pages, r), err
}

// mergePages makes one page of those of several parts of an index.
func mergePages(pages []sources.Page, r sources.Request) sources.Page {
	order := func(a, b sources.Position) int {
		c := cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Sequence, b.Sequence))
		if r.Backward {
			return -c
		}
		return c
	}
	out := sources.Page{End: true}
	var bound *sources.Position // beyond it hits may be missing
	for _, p := range pages {
		out.Hits = append(out.Hits, p.Hits...)
		out.Wider, out.Partial = out.Wider || p.Wider, out.Partial || p.Partial
		for _, n := range p.Notes {
			if !slices.Contains(out.Notes, n) {
				out.Notes = append(out.Notes, n)
			}
		}
		if !p.End && len(p.Hits) > 0 {
			out.End = false
			if last := p.Hits[len(p.Hits)-1].Position; bound == nil || order(last, *bound) < 0 {
				bound = &last
			}
		}
	}
	slices.SortFunc(out.Hits, func(a, b sources.Hit) int { return order(a.Position, b.Position) })
	if bound != nil {
		n, _ := slices.BinarySearchFunc(out.Hits, *bound, func(h sources.Hit, p sources.Position) int { return order(h.Position, p) })
		out.Hits = out.Hits[:min(n+1, len(out.Hits))]
	}
	if len(out.Hits) > r.Limit {
		out.Hits, out.End = out.Hits[:r.Limit], false
	}
	return out
}
