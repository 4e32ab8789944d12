package session

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// Rows implements View.
func (v *view) Rows(ctx context.Context, key Key, before, after int) (Page, error) {
	var asked sync.WaitGroup
	failed := make([]error, len(v.remotes))
	for i, m := range v.remotes {
		asked.Go(func() { failed[i] = m.fetch(ctx, m.position(key), before+1, after+1) })
	}
	asked.Wait()
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	page, err := v.Known(ctx, key, before, after)
	for i, err := range failed {
		if err != nil {
			page.Notes = append(page.Notes, v.remotes[i].r.source.Name()+": "+err.Error())
		}
	}
	return page, err
}

// fewRows: where fewer are wanted the rows beside the key are looked at first, and not all of their block.
const fewRows = 32

// Known implements View.
func (v *view) Known(ctx context.Context, key Key, before, after int) (Page, error) {
	p := Page{Version: v.s.version.Load(), Head: true, Tail: true}
	late := v.s.late()
	l := v.look()
	older, newer := v.mergeLocal(ctx, l, key, true, withOpen|withPreview), v.mergeLocal(ctx, l, key, false, withOpen|withPreview)
	older.few, newer.few = before < fewRows, after < fewRows
	older.ahead.both = map[*store.Block]hits{}
	newer.ahead.both = older.ahead.both
	defer older.close()
	defer newer.close()
	for _, m := range v.remotes {
		down, up, head, tail := m.around(m.position(key))
		p.Head, p.Tail = p.Head && head, p.Tail && tail
		older.addHits(m, down)
		newer.addHits(m, up)
		p.Fetched += m.fetched()
	}
	var more bool
	var err error
	if p.Rows, more, err = v.takeKnowing(ctx, older, before); err != nil {
		return Page{}, err
	}
	p.Head = p.Head && !more
	slices.Reverse(p.Rows)
	p.At = len(p.Rows)
	rows, more, err := v.takeKnowing(ctx, newer, after)
	if err != nil {
		return Page{}, err
	}
	p.Tail = p.Tail && !more
	p.Rows = append(p.Rows, rows...)
	p.Complete, p.Notes = v.complete(late, l), append(v.notes(l), v.remarks()...)
	return p, nil
}

// takeKnowing returns the next n rows, and whether there are more.
func (v *view) takeKnowing(ctx context.Context, m *merge, n int) (rows []Row, more bool, err error) {
	rows, last, err := v.take(ctx, m, n)
	if err != nil || len(rows) < n {
		return rows, false, err
	}
	last, err = m.next(ctx, last)
	return rows, last != nil, err
}

// take returns the next n rows, and the feed of the last of them.
func (v *view) take(ctx context.Context, m *merge, n int) (rows []Row, at feed, err error) {
	scratch := &logs.Record{}
	for len(rows) < n {
		if at, err = m.next(ctx, at); at == nil || err != nil {
			return rows, nil, err
		}
		rec, err := at.read(scratch)
		if err != nil {
			v.unread.add(at.source(), at.key(), err)
			continue
		}
		r := Row{Key: at.key(), ID: at.id(), Record: rec.Clone()}
		switch b := at.(type) {
		case *blockFeed:
			r.Late, r.Ahead = b.late(), b.ahead()
		case *hitFeed:
			r.Late, r.Ahead = b.hits[0].Late, b.m.ahead(&b.hits[0])
		}
		rows = append(rows, r)
	}
	return rows, at, nil
}

// complete says for each source where all there is has been found.
func (v *view) complete(t late, l *look) map[string][]Interval {
	out := map[string][]Interval{}
	since := t.since(l)
	for i, r := range v.s.sources {
		if r.searcher != nil || r.failure() != nil {
			continue
		}
		if from, ok := since[i]; ok {
			out[r.source.Name()] = []Interval{{from, math.MaxInt64}}
		} else if t[i] == nil {
			out[r.source.Name()] = []Interval{{math.MinInt64, math.MaxInt64}}
		}
	}
	for _, m := range v.remotes {
		if in := m.complete(); len(in) > 0 {
			out[m.r.source.Name()] = in
		}
	}
	return out
}
