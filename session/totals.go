package session

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// totals are those of full blocks, which need no counting again.
type totals struct {
	turn   chan struct{}         // holds one value while somebody counts, who has what follows
	groups map[uint64]*totalling // of blocks whose IDs lie close: what is let go spoils the sums of few
}

func newTotals() totals { return totals{turn: make(chan struct{}, 1), groups: map[uint64]*totalling{}} }

// A totalling is the sum of some blocks.
type totalling struct {
	sum  *summary.Totals
	over map[uint64]bool // their IDs
}

// groupOf is the group of a block with that ID.
func groupOf(id uint64) uint64 { return id >> 6 }

// Totals implements View.
func (v *view) Totals(ctx context.Context) (*summary.Totals, error) {
	return v.total(ctx, (*remote).count)
}

// KnownTotals implements View.
func (v *view) KnownTotals(ctx context.Context) (*summary.Totals, error) {
	return v.total(ctx, func(m *remote, _ context.Context, out *summary.Totals) error {
		m.countKnown(out)
		return nil
	})
}

// total counts what is in the store, and of each searcher what add adds.
func (v *view) total(ctx context.Context, add func(*remote, context.Context, *summary.Totals) error) (*summary.Totals, error) {
	exact := v.s.exact()
	l := v.look()
	out := summary.NewTotals()
	if err := v.countBlocks(ctx, l, out); err != nil {
		return nil, err
	}
	for _, m := range v.remotes {
		if err := add(m, ctx, out); err != nil {
			return nil, err
		}
	}
	for _, note := range v.notes(l) {
		out.Note(summary.Note{Text: note, Fault: true})
	}
	for _, note := range v.remarks() {
		out.Note(summary.Note{Text: note})
	}
	out.Records.Certainty = max(out.Records.Certainty, v.certainty(l, exact))
	return out, nil
}

// certainty is what a count of a look's records is worth.
func (v *view) certainty(l *look, exact bool) summary.Certainty {
	switch {
	case !exact:
		return summary.Counting
	case v.misses(l):
		return summary.AtLeast
	}
	return summary.Exact
}

// misses reports whether records that may match are gone, or could not be read;
// what sources failed with is in their health and in Errors.
func (v *view) misses(l *look) bool {
	lost := func(st *store.StreamState) bool { return st.Lost.Records > 0 }
	return slices.ContainsFunc(l.Streams, lost) || len(v.unread.errors()) > 0 || len(v.s.Errors()) > 0
}

// countBlocks adds what is in the store.
func (v *view) countBlocks(ctx context.Context, l *look, out *summary.Totals) error {
	t := &v.totals
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var parts []*totalled
	err := over(ctx, t.wanting(v.chosen(l, withOpen|withPreview)), func() func(context.Context, *store.Block) error {
		p := &totalled{v: v, full: map[uint64]*totalling{}, rest: summary.NewTotals()}
		parts = append(parts, p)
		return p.add
	})
	for _, p := range parts { // what was counted need not be again, even if it was given up
		for group, counted := range p.full {
			sum := groupIn(t.groups, group)
			sum.sum.Merge(counted.sum)
			maps.Copy(sum.over, counted.over)
		}
		out.Merge(p.rest)
	}
	for _, g := range t.groups {
		out.Merge(g.sum)
	}
	return err
}

func groupIn(groups map[uint64]*totalling, group uint64) *totalling {
	g := groups[group]
	if g == nil {
		g = &totalling{summary.NewTotals(), map[uint64]bool{}}
		groups[group] = g
	}
	return g
}

// wanting returns those of blocks that are in no sum. It forgets sums of which a block is no more.
func (t *totals) wanting(blocks []*store.Block) (out []*store.Block) {
	left := make(map[uint64]int, len(t.groups)) // blocks that are still there
	for _, b := range blocks {
		if g := t.groups[groupOf(b.ID)]; g != nil && g.over[b.ID] {
			left[groupOf(b.ID)]++
		}
	}
	maps.DeleteFunc(t.groups, func(group uint64, g *totalling) bool { return left[group] != len(g.over) })
	for _, b := range blocks {
		if g := t.groups[groupOf(b.ID)]; g == nil || !g.over[b.ID] {
			out = append(out, b)
		}
	}
	return out
}

// totalled is what one goroutine has counted.
type totalled struct {
	v    *view
	rd   store.Reader
	full map[uint64]*totalling // blocks that are full, by group
	rest *summary.Totals       // others
}

func (p *totalled) add(ctx context.Context, b *store.Block) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	out := p.rest
	var group *totalling
	if b.Summary.Full {
		group = groupIn(p.full, groupOf(b.ID))
		out = group.sum
	}
	if !p.v.takesAll(b) || !b.AddTo(out) {
		s, err := p.v.selectRows(ctx, b, &p.rd)
		if err != nil {
			return err
		}
		if s.count() == 0 {
			return nil // it will not be chosen again
		}
		s.c.AddTo(out, s.rows, func(i int) string { return p.service(s.c, i) })
	}
	if group != nil {
		group.over[b.ID] = true
	}
	return nil
}

// service is that of a record whose columns do not tell it.
func (p *totalled) service(c *store.Columns, i int) string {
	var rec logs.Record
	if err := p.rd.Decode(c, i, &rec); err != nil {
		p.v.unread.add(c.Stream().Name(), keyOf(c, i), err)
	}
	return rec.Service
}

// Count implements View.
func (v *view) Count(ctx context.Context) (summary.Count, error) {
	exact := v.s.exact()
	l := v.look()
	var n atomic.Int64
	var unknown []*store.Block
	for _, b := range v.chosen(l, withOpen|withPreview) {
		if k, known := v.counted(b); known {
			n.Add(k)
		} else {
			unknown = append(unknown, b)
		}
	}
	err := over(ctx, unknown, func() func(context.Context, *store.Block) error {
		var rd store.Reader
		return func(ctx context.Context, b *store.Block) error {
			s, err := v.selectRows(ctx, b, &rd)
			n.Add(int64(s.count()))
			return err
		}
	})
	if err != nil {
		return summary.Count{}, err
	}
	out := summary.Count{N: n.Load(), Certainty: v.certainty(l, exact)}
	for _, m := range v.remotes {
		k, err := m.countOnly(ctx)
		if err != nil {
			return summary.Count{}, err
		}
		out = out.Add(k)
	}
	return out, nil
}

// counted returns how many of the block's records are selected, where that is known without looking at its columns.
func (v *view) counted(b *store.Block) (int64, bool) {
	if q, none := v.asks(b.Stream); q == nil && !none && inRange(&v.filter, b.Summary.First) && inRange(&v.filter, b.Summary.Last) {
		least := v.filter.Level
		switch {
		case least == 0:
			return int64(b.Summary.Rows), true
		case b.Summary.Full && least == least.Level().Base():
			return v.ofLevels(b), true
		}
	}
	n, known := v.remembered(b)
	return int64(n), known
}
