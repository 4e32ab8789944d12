package session

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/lxlog/lx/logs"
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

// Known implements Knower.
func (v *view) Known(ctx context.Context, key Key, before, after int) (Page, error) {
	p := Page{Version: v.s.version.Load(), Head: true, Tail: true}
	snap := v.snapshot()
	older, newer := v.mergeLocal(snap, key, true), v.mergeLocal(snap, key, false)
	for _, m := range v.remotes {
		down, up, head, tail := m.around(m.position(key))
		p.Head, p.Tail = p.Head && head, p.Tail && tail
		older.addHits(m, down)
		newer.addHits(m, up)
	}
	var more bool
	var err error
	if p.Rows, more, err = v.take(ctx, older, before); err != nil {
		return Page{}, err
	}
	p.Head = p.Head && !more
	slices.Reverse(p.Rows)
	p.At = len(p.Rows)
	rows, more, err := v.take(ctx, newer, after)
	if err != nil {
		return Page{}, err
	}
	p.Tail = p.Tail && !more
	p.Rows = append(p.Rows, rows...)
	p.Complete, p.Notes = v.complete(), v.notes(snap)
	return p, nil
}

// take returns the next n rows, and whether there are more.
func (v *view) take(ctx context.Context, m *merge, n int) (rows []Row, more bool, err error) {
	scratch := &logs.Record{}
	for at, err := m.next(ctx, nil); at != nil || err != nil; at, err = m.next(ctx, at) {
		if err != nil {
			return nil, false, err
		}
		if len(rows) >= n {
			return rows, true, nil
		}
		rec, err := at.read(scratch)
		if err != nil {
			v.unread.add(at.source(), at.key(), err)
			continue
		}
		rows = append(rows, Row{at.key(), at.id(), rec.Clone()})
	}
	return rows, false, nil
}

// complete says for each source where all there is has been found.
func (v *view) complete() map[string][]Interval {
	out := map[string][]Interval{}
	for _, r := range v.s.sources {
		if r.searcher == nil && r.isCaughtUp() && r.failure() == nil {
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
