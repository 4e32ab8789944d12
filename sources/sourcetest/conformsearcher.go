package sourcetest

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// ConformSearcher holds a searcher to the rules of sources.Searcher, with a
// filter that selects records exactly, want of them. limit should be less than want.
func ConformSearcher(t *testing.T, s sources.Searcher, f sources.Filter, want, limit int) {
	up := pages(t, s, sources.Request{Filter: f, Start: sources.Position{Time: math.MinInt64, Sequence: math.MinInt64}, Limit: limit})
	down := pages(t, s, sources.Request{Filter: f, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Limit: limit, Backward: true})
	if len(up) != want {
		t.Errorf("upwards %d hits are found, want %d", len(up), want)
	}
	slices.Reverse(down)
	if !slices.EqualFunc(up, down, same) {
		t.Error("downwards other hits are found than upwards, or in another order: positions must be the same from whichever side a record is fetched")
	}
	once := map[string]bool{}
	for _, h := range up {
		if once[h.ID] || h.ID == "" {
			t.Errorf("the identity %q is that of two hits, or of none", h.ID)
		}
		once[h.ID] = true
		if h.Record == nil || h.Record.Source() == "" {
			t.Errorf("hit %s has no record, or one that names no source", h.ID)
		}
		if at := h.Record.Time; at != logs.NoTime && (at < h.Time || at-h.Time >= int64(time.Millisecond)) {
			t.Errorf("hit %s is at %d, and its record at %d: a source may sort by milliseconds, and no coarser", h.ID, h.Time, at)
		}
	}
	for i := 0; i < len(up); i += max(1, len(up)/10) {
		fromTheMiddle(t, s, f, up, i)
	}
	counts(t, s, f, want)
	gaveUp(t, s, f)
}

func same(a, b sources.Hit) bool { return a.ID == b.ID && a.Position == b.Position }

// pages asks for all pages from r.Start on.
func pages(t *testing.T, s sources.Searcher, r sources.Request) (out []sources.Hit) {
	t.Helper()
	for {
		p, err := s.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Hits) > r.Limit {
			t.Errorf("%d hits, asked for at most %d", len(p.Hits), r.Limit)
		}
		if p.Wider {
			t.Error("Wider, of a filter that it can ask exactly")
		}
		for _, h := range p.Hits {
			if order := comparePositions(h.Position, r.Start); order == 0 || order > 0 == r.Backward {
				t.Fatalf("hit %s at %v is not beyond %v", h.ID, h.Position, r.Start)
			}
			r.Start = h.Position
			out = append(out, h)
		}
		if p.End {
			return out
		}
		if len(p.Hits) == 0 {
			t.Fatal("a page without hits that is not the end: whoever pages would ask for ever")
		}
	}
}

// fromTheMiddle asks for the hits beside one, and from a place that no hit has.
func fromTheMiddle(t *testing.T, s sources.Searcher, f sources.Filter, all []sources.Hit, i int) {
	t.Helper()
	ask := func(start sources.Position, backward bool, want []sources.Hit) {
		t.Helper()
		p, err := s.Search(t.Context(), sources.Request{Filter: f, Start: start, Backward: backward, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Hits) > 1 || len(p.Hits) == 0 && len(want) > 0 || len(p.Hits) == 1 && (len(want) == 0 || !same(p.Hits[0], want[0])) {
			t.Errorf("beside %v, backward %t, are %v, want %v", start, backward, p.Hits, want[:min(len(want), 1)])
		}
	}
	before := slices.Clone(all[:i])
	slices.Reverse(before)
	at := all[i].Position
	ask(at, false, all[i+1:])
	ask(at, true, before)
	at.Sequence--
	ask(at, false, all[i:])
	at.Sequence += 2
	ask(at, true, append([]sources.Hit{all[i]}, before...))
}

func counts(t *testing.T, s sources.Searcher, f sources.Filter, want int) {
	t.Helper()
	n, err := s.Count(t.Context(), f)
	if err != nil || n != (summary.Count{N: int64(want)}) {
		t.Errorf("Count says %v, want %d: %v", n, want, err)
	}
	sum, err := s.Totals(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Records.N != int64(want) || sum.Levels.Total() != int64(want) {
		t.Errorf("Totals counts %v, by level %v, want %d", sum.Records, sum.Levels, want)
	}
}

// gaveUp asks with a context that has ended.
func gaveUp(t *testing.T, s sources.Searcher, f sources.Filter) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, sources.Request{Filter: f, Limit: 1}); err == nil {
		t.Error("Search answers although its context has ended: whoever gave up must not wait")
	}
}
