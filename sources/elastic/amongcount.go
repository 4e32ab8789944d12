package elastic

import (
	"context"
	"sync"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// countAmong is Count of records that news told of.
func (s *Source) countAmong(ctx context.Context, f sources.Filter) (sum summary.Count, err error) {
	var mu sync.Mutex
	err = s.among(ctx, f.Among, func(of *Source, number int, also any) error {
		n, err := of.count(ctx, f, number, also)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			sum = sum.Add(n)
		}
		return err
	})
	return sum, err
}

// totalsAmong is Totals of records that news told of.
func (s *Source) totalsAmong(ctx context.Context, f sources.Filter) (*summary.Totals, error) {
	var mu sync.Mutex
	sum := summary.NewTotals()
	sum.Lines, sum.Bytes = -1, -1
	err := s.among(ctx, f.Among, func(of *Source, number int, also any) error {
		t, err := of.totals(ctx, f, number, also)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			sum.Merge(t)
		}
		return err
	})
	return sum, err
}
