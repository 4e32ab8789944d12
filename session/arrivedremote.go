package session

import (
	"context"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// cameSince is what came to a Searcher between two moments of its news.
type cameSince struct {
	of moments
	Arrivals
}

// moments are what arrivals are counted for.
type moments struct {
	from, to int64 // serials of news
	key      Key
	looked   bool // the view's newest hits had been looked at
}

// arrived counts what a Searcher told of for the first time after the news of a serial. known is false
// where it does not tell, cannot ask all that the view does, or does not answer. The error is ctx's.
func (m *remote) arrived(ctx context.Context, since int64, key Key) (out Arrivals, known bool, err error) {
	look := m.lookedAt()
	told := m.r.firstToldSince(since, &look)
	if !m.r.tellsNews() || told.all {
		return out, false, nil
	}
	if len(told.early)+len(told.pieces) == 0 {
		return Arrivals{Oldest: LastKey, AtLeast: told.more}, true, nil
	}
	of := moments{since, told.last, key, look.taken}
	if m.came.of == of {
		return m.came.Arrivals, true, nil
	}
	if wider, err := m.isWider(ctx); wider || err != nil {
		return out, false, ctx.Err()
	}
	if ofEarly := (moments{since, told.lastEarly, key, look.taken}); m.early.of != ofEarly {
		early, err := m.countEarly(ctx, told.early, &look, key)
		if err != nil {
			return out, false, ctx.Err()
		}
		m.early = cameSince{ofEarly, early}
	}
	if out, err = m.countNews(ctx, told.pieces, key); err != nil {
		return out, false, ctx.Err()
	}
	out.Below.Add(&m.early.Below)
	out.AtLeast = told.more || m.early.AtLeast
	m.came = cameSince{of, out}
	return out, true, nil
}

// countEarly counts what pieces tell of that a first look may know, from the key on: what it does not
// hold there is new. What stands before the key may have been there all the time, and is not counted.
func (m *remote) countEarly(ctx context.Context, pieces []sources.News, look *firstLook, key Key) (out Arrivals, err error) {
	if len(pieces) == 0 {
		return out, nil
	}
	f := m.v.filter
	f.Among, f.From = pieces, max(f.From, key.Time)
	page, err := m.r.searcher.Search(ctx, sources.Request{Filter: f, Start: lastPosition, Backward: true, Limit: streamSize})
	if err != nil {
		return out, err
	}
	if page.Partial {
		return out, errPartial
	}
	hits := slices.DeleteFunc(page.Hits, func(h sources.Hit) bool { return !look.isNew(h.Position) })
	return Arrivals{Below: m.sorted(hits, key).Below, AtLeast: !page.End}, nil
}

// countNews counts what pieces tell of: before the key, and from it on. Of few the hits
// are looked at, of more only the counts are asked for, and then by the key's time.
func (m *remote) countNews(ctx context.Context, pieces []sources.News, key Key) (out Arrivals, err error) {
	if out.Oldest = LastKey; len(pieces) == 0 {
		return out, nil
	}
	f := m.v.filter
	f.Among = pieces
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
		out.Below[level] = max(out.Below[level]-n, 0) // more may have come between the two answers
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
