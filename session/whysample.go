package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// What a sample is at most.
const (
	maxSampled     = 200_000 // records of the store, give or take a block
	maxSampledHits = 500     // hits of each Searcher, the newest
	maxTexts       = 20_000  // different texts
	maxText        = 200     // bytes of a text; longer ones are left out
)

// sampled counts texts of records that the condition selects in the range. Of
// many records it looks at some, spread evenly.
func (q *inquiry) sampled(n query.Node, each func(r *logs.Record, add func(string))) ([]summary.ValueCount, error) {
	chosen, err := q.s.View(q.inside(n))
	if err != nil {
		return nil, err
	}
	var parts []texts
	err = chosen.(*view).sample(q.ctx, func() func(*logs.Record) {
		found := texts{}
		parts = append(parts, found)
		return func(r *logs.Record) { each(r, found.add) }
	})
	all := texts{}
	for _, found := range parts {
		all.merge(found)
	}
	out := make([]summary.ValueCount, 0, len(all))
	for text, n := range all {
		out = append(out, summary.ValueCount{Value: text, Count: n})
	}
	return out, err
}

// texts counts texts.
type texts map[string]int64

func (t texts) add(s string) {
	if _, known := t[s]; known || len(t) < maxTexts && len(s) <= maxText {
		if !known {
			s = strings.Clone(s)
		}
		t[s]++
	}
}

func (t texts) merge(o texts) {
	for s, n := range o {
		if _, known := t[s]; known || len(t) < maxTexts {
			t[s] += n
		}
	}
}

// sample is Scan of some of the records, those that cannot be read left out.
func (v *view) sample(ctx context.Context, made func() func(*logs.Record)) error {
	blocks := v.chosen(v.look(), withOpen|withPreview)
	rows := 0
	for _, b := range blocks {
		rows += b.Summary.Rows
	}
	var some []portion
	for i, step := len(blocks)-1, rows/maxSampled+1; i >= 0; i -= step {
		some = append(some, portion{b: blocks[i]})
	}
	err := over(ctx, some, func() func(context.Context, portion) error {
		w := &scanning{v: v, f: made()}
		return w.portion
	})
	if err != nil {
		return err
	}
	f := made()
	for _, m := range v.remotes {
		_ = m.fetch(ctx, lastPosition, maxSampledHits, 0) // what it failed with stands in the source's health
		if ctx.Err() != nil {
			return ctx.Err()
		}
		hits, _, _, _ := m.around(lastPosition)
		for i := range hits {
			f(hits[i].Record)
		}
	}
	return nil
}

// nearest are those of texts that may be meant by what was typed, likeliest
// first: those that a typo or two make of it, then those that hold it.
func nearest(typed string, texts []summary.ValueCount, most int) (out []summary.ValueCount) {
	low := strings.ToLower(typed)
	distance := map[string]int{}
	for _, t := range texts {
		switch {
		case t.Value == typed || t.Value == "":
		case query.Near(typed, t.Value):
			distance[t.Value] = query.Distance(typed, t.Value)
			out = append(out, t)
		case len(low) > 2 && strings.Contains(strings.ToLower(t.Value), low):
			distance[t.Value] = len(typed) + len(t.Value)
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b summary.ValueCount) int {
		return cmp.Or(cmp.Compare(distance[a.Value], distance[b.Value]), cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), most)]
}
