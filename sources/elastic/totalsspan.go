package elastic

import (
	"context"
	"math"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

const (
	fewHits  = 10  // at either end of the times
	mostHits = 500 // of one millisecond that are looked through for the finest time
)

// span finds the least and the largest time: what the index sorts by may be
// coarser than the record's, so that those of one such time are all looked at.
func (t *reckoning) span(ctx context.Context, f sources.Filter, also any) error {
	t.first, t.last = logs.NoTime, logs.NoTime
	for _, backward := range []bool{false, true} {
		r := sources.Request{Filter: f, Backward: backward, Limit: fewHits, Start: sources.Position{Time: logs.NoTime + 1, Sequence: math.MinInt64}}
		if backward {
			r.Start = sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}
		}
		at, err := t.end(ctx, r, also)
		if err != nil {
			return err
		}
		if backward {
			t.last = at
		} else if t.first = at; at == logs.NoTime {
			return nil
		}
	}
	return nil
}

// end takes the times into account of the records next to one end of the order,
// and returns their time as the index sorts; logs.NoTime where there are none.
func (t *reckoning) end(ctx context.Context, r sources.Request, also any) (at int64, err error) {
	at = logs.NoTime
	for seen := 0; ; {
		page, err := t.s.pageOf(ctx, t.c, r, t.shard, also)
		if err != nil {
			return at, err
		}
		for i := range page.Hits {
			h := &page.Hits[i]
			if h.Time == logs.NoTime || at != logs.NoTime && h.Time != at {
				return at, nil
			}
			at = h.Time
			t.out.Span(h.Record.Time, h.Record.Time)
			r.Start = h.Position
		}
		if seen += len(page.Hits); page.End || len(page.Hits) == 0 {
			return at, nil
		}
		if seen >= mostHits {
			t.doubt("many records have the same first or last millisecond: the time within it is that of some of them", false)
			return at, nil
		}
		r.Limit = mostHits
	}
}
