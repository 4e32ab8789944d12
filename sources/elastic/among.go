package elastic

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/lxlog/lx/sources"
)

// among calls f for each number of shards that pieces of news are about, with the
// clause that holds for these, beside one another. The error is the first.
func (s *Source) among(pieces []sources.News, f func(number int, also any) error) error {
	clauses := amongOf(pieces)
	var asking sync.WaitGroup
	errs := make(chan error, len(clauses))
	for number, also := range clauses {
		asking.Go(func() { errs <- f(number, also) })
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

// searchAmong is Search of records that news told of.
func (s *Source) searchAmong(ctx context.Context, r sources.Request) (sources.Page, error) {
	var mu sync.Mutex
	var pages []sources.Page
	err := s.among(r.Among, func(number int, also any) error {
		p, err := s.page(ctx, r, number, also)
		mu.Lock()
		defer mu.Unlock()
		pages = append(pages, p)
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
