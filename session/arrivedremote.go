package session

import (
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// cameSince is what came to a Searcher between two moments of its news.
type cameSince struct {
	from, to int64 // serials of its news
	key      Key
	Arrivals
}

// arrived counts what a Searcher told of after the news of a serial. known is false
// where it does not tell, cannot ask all that the view does, or does not answer. The error is ctx's.
func (m *remote) arrived(ctx context.Context, since int64, key Key) (out Arrivals, known bool, err error) {
	pieces, last, all := m.r.newsSince(since)
	if !m.r.tellsNews() || all {
		return out, false, nil
	}
	if last == since {
		return Arrivals{Oldest: LastKey}, true, nil
	}
	if c := &m.came; c.from == since && c.to == last && c.key == key {
		return c.Arrivals, true, nil
	}
	if wider, err := m.isWider(ctx); wider || err != nil {
		return out, false, ctx.Err()
	}
	f := m.v.filter
	f.Among = pieces
	out, err = m.countNews(ctx, f, key)
	if err != nil {
		return out, false, ctx.Err()
	}
	m.came = cameSince{since, last, key, out}
	return out, true, nil
}

// countNews counts what f selects: before the key's time, and from it on.
func (m *remote) countNews(ctx context.Context, f sources.Filter, key Key) (out Arrivals, err error) {
	out.Oldest = LastKey
	levels := func(f sources.Filter) (summary.ByLevel, error) {
		t, err := m.r.searcher.Totals(ctx, f)
		if err != nil {
			return summary.ByLevel{}, err
		}
		return t.Levels, nil
	}
	if out.Below, err = levels(f); err != nil || out.Below.Total() == 0 {
		return out, err
	}
	older := f
	if older.To == logs.NoTime || key.Time < older.To {
		older.To = key.Time
	}
	if out.Above, err = levels(older); err != nil || out.Above.Total() == 0 {
		return out, err
	}
	for level, n := range out.Above {
		out.Below[level] -= n
	}
	page, err := m.r.searcher.Search(ctx, sources.Request{Filter: older, Start: firstPosition, Limit: 1})
	if err == nil && len(page.Hits) > 0 {
		out.Oldest = m.key(&page.Hits[0])
	}
	return out, err
}
