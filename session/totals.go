package session

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// totals are those of full blocks, which need no counting again.
type totals struct {
	mu   sync.Mutex
	sum  *summary.Totals
	over map[uint64]bool // the IDs of the blocks in sum
}

// Totals implements View.
func (v *view) Totals(ctx context.Context) (*summary.Totals, error) {
	exact := v.s.exact()
	snap := v.snapshot()
	out := summary.NewTotals()
	if err := v.countBlocks(ctx, snap, out); err != nil {
		return nil, err
	}
	if !exact {
		out.Records.Certainty = summary.Counting
	}
	for _, m := range v.remotes {
		if err := m.count(ctx, out); err != nil {
			return nil, err
		}
	}
	for _, note := range v.notes(snap) {
		out.Note(summary.Note{Text: note, Fault: true})
	}
	if v.misses(snap) {
		out.Records = out.Records.Add(summary.Count{Certainty: summary.AtLeast})
	}
	return out, nil
}

// misses reports whether records that may match are gone, or could not be read;
// what sources failed with is in their health and in Errors.
func (v *view) misses(snap *store.Snapshot) bool {
	lost := func(st *store.StreamState) bool { return st.Lost.Records > 0 }
	return slices.ContainsFunc(snap.Streams, lost) || len(v.unread.errors()) > 0 || len(v.s.Errors()) > 0
}

// countBlocks adds what is in the store.
func (v *view) countBlocks(ctx context.Context, snap *store.Snapshot, out *summary.Totals) error {
	t := &v.totals
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sum == nil || !t.within(snap) {
		t.sum, t.over = summary.NewTotals(), map[uint64]bool{}
	}
	for _, st := range snap.Streams {
		var rd store.Reader
		for _, b := range st.Blocks {
			switch {
			case t.over[b.ID]:
			case !b.Summary.Full:
				if err := v.countBlock(ctx, b, &rd, out); err != nil {
					return err
				}
			default:
				if err := v.countBlock(ctx, b, &rd, t.sum); err != nil {
					return err
				}
				t.over[b.ID] = true
			}
		}
		if st.Open != nil {
			if err := v.countBlock(ctx, st.Open, &rd, out); err != nil {
				return err
			}
		}
	}
	out.Merge(t.sum)
	return nil
}

// within reports whether all blocks that were counted are still there.
func (t *totals) within(snap *store.Snapshot) bool {
	n := 0
	for _, st := range snap.Streams {
		for _, b := range st.Blocks {
			if t.over[b.ID] {
				n++
			}
		}
	}
	return n == len(t.over)
}

func (v *view) countBlock(ctx context.Context, b *store.Block, rd *store.Reader, out *summary.Totals) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !v.overlaps(b) {
		return nil
	}
	c, err := b.Columns()
	if err != nil {
		v.unread.add(b.Stream.Name(), firstKey(b), err)
		return nil
	}
	h, err := v.hits(ctx, b, c, rd)
	if err != nil {
		return err
	}
	var rec logs.Record
	for k := range h.len() {
		i := h.at(k)
		service, known := c.Service(i)
		if !known {
			if err := rd.Decode(c, i, &rec); err != nil {
				v.unread.add(b.Stream.Name(), keyOf(c, i), err)
			}
			service = rec.Service
		}
		row := c.Row(i)
		out.Add(row.Time, row.Severity, service, int64(row.Lines), row.Length, row.Marks&logs.Unparsed != 0)
	}
	return nil
}

// count adds what the searcher counts.
func (m *remote) count(ctx context.Context, out *summary.Totals) error {
	select {
	case m.counting <- struct{}{}:
		defer func() { <-m.counting }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if now := m.v.s.o.Now(); m.total == nil || now.After(m.totalUntil) {
		t, err := m.counted(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			t = summary.NewTotals()
			t.Records.Certainty = summary.AtLeast
			t.Note(summary.Note{Text: fmt.Sprintf("%s is not counted: %v", m.r.source.Name(), err), Fault: true})
		}
		m.total, m.totalUntil = t, now.Add(freshFor)
	}
	out.Merge(m.total)
	return nil
}

// counted asks for the searcher's totals. What it cannot ask exactly is fetched and counted here, up to a limit.
func (m *remote) counted(ctx context.Context) (*summary.Totals, error) {
	wider, err := m.isWider(ctx)
	if err != nil {
		return nil, err
	}
	if wider {
		return m.countHits(ctx)
	}
	t, err := m.r.searcher.Totals(ctx, m.v.filter)
	if ctx.Err() == nil {
		m.r.asked(err)
	}
	return t, err
}

// isWider reports whether the searcher cannot ask all that the filter says, which an answer tells.
func (m *remote) isWider(ctx context.Context) (bool, error) {
	m.mu.Lock()
	known := m.answered || m.v.filter.Query == nil
	wider := m.wider
	m.mu.Unlock()
	if known {
		return wider, nil
	}
	err := m.fetch(ctx, lastPosition, 1, 0)
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wider, err
}

// countHits fetches matches to count them.
func (m *remote) countHits(ctx context.Context) (*summary.Totals, error) {
	t := summary.NewTotals()
	t.Lines, t.Bytes = -1, -1
	f := &streamFeed{m: m, start: firstPosition}
	for {
		more, err := f.advance(ctx)
		if err != nil || !more {
			return t, err
		}
		if t.Records.N == maxCounted {
			t.Records.Certainty = summary.AtLeast
			t.Note(summary.Note{Text: fmt.Sprintf("%s cannot ask all of the query: counted up to %s", m.r.source.Name(), summary.Thousands(maxCounted))})
			return t, nil
		}
		h := &f.page.Hits[0]
		t.Add(h.Record.Time, h.Record.Severity, h.Record.Service, 0, 0, h.Record.Marks&logs.Unparsed != 0)
	}
}
