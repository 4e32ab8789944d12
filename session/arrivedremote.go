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

// arrived counts what a Searcher told of for the first time after the news of a serial. known is false
// where it does not tell, cannot ask all that the view does, or does not answer. The error is ctx's.
func (m *remote) arrived(ctx context.Context, since int64, key Key) (out Arrivals, known bool, err error) {
	pieces, last, more, all := m.r.arrivedSince(since)
	if !m.r.tellsNews() || all {
		return out, false, nil
	}
	if len(pieces) == 0 {
		return Arrivals{Oldest: LastKey, AtLeast: more}, true, nil
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
	out.AtLeast = more
	m.came = cameSince{since, last, key, out}
	return out, true, nil
}

// countNews counts what f selects: before the key, and from it on. Of few the hits
// are looked at, of more only the counts are asked for, and then by the key's time.
func (m *remote) countNews(ctx context.Context, f sources.Filter, key Key) (out Arrivals, err error) {
	page, err := m.r.searcher.Search(ctx, sources.Request{Filter: f, Start: lastPosition, Backward: true, Limit: pageSize})
	if err != nil {
		return out, err
	}
	if page.Partial {
		return out, errPartial
	}
	if page.End {
		return m.sorted(page.Hits, key), nil
	}
	out.Oldest = LastKey
	all, err := m.r.searcher.Totals(ctx, f)
	if err != nil {
		return out, err
	}
	if all.Records.Certainty != summary.Exact {
		return out, errPartial
	}
	if out.Below = all.Levels; key.Time == logs.NoTime {
		return out, nil
	}
	if f.To == logs.NoTime || key.Time < f.To {
		f.To = key.Time
	}
	older, err := m.r.searcher.Totals(ctx, f)
	if err != nil {
		return out, err
	}
	out.Above = older.Levels
	for level, n := range out.Above {
		out.Below[level] -= n
	}
	if out.Above.Total() > 0 {
		page, err = m.r.searcher.Search(ctx, sources.Request{Filter: f, Start: firstPosition, Limit: 1})
		for i := range page.Hits {
			out.Oldest = m.key(&page.Hits[i])
		}
	}
	return out, err
}

// sorted counts hits on both sides of a key.
func (m *remote) sorted(hits []sources.Hit, key Key) Arrivals {
	out := Arrivals{Oldest: LastKey}
	for _, h := range m.matching(hits) {
		if k := m.key(&h); k.Compare(key) < 0 {
			out.Above[h.Record.Severity.Level()]++
			out.Oldest = minKey(out.Oldest, k)
		} else {
			out.Below[h.Record.Severity.Level()]++
		}
	}
	return out
}
