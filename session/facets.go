package session

import (
	"context"
	"fmt"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// mergedValues is how many values of a field two sources are asked for where
// their most frequent ones are to be merged.
const mergedValues = 1000

// Facets implements View.
func (v *view) Facets(ctx context.Context, top int) (list []summary.Facet, notes []string, err error) {
	note := func(err error) {
		if err != nil {
			notes = append(notes, err.Error())
		}
	}
	each := top
	if len(v.remotes) > 0 && len(v.s.sources) > 1 {
		each = max(top, mergedValues)
	}
	list, left, err := v.scannedFacets(ctx, each)
	if ctx.Err() == nil {
		note(err)
	}
	if left > 0 {
		note(fmt.Errorf("%s fields or more are left out: %s are counted, of names up to 1 KiB", summary.Thousands(int64(left)), summary.Thousands(analysis.MaxFields)))
	}
	for _, m := range v.remotes {
		if m.r.faceter == nil || ctx.Err() != nil {
			continue
		}
		more, said, err := m.r.faceter.Facets(ctx, m.v.filter, each)
		if ctx.Err() != nil {
			continue
		}
		m.r.asked(err)
		note(m.uncounts(err))
		notes = append(notes, said...)
		list = analysis.MergeFacets(list, more)
	}
	for i := range list {
		list[i].Top = list[i].Top[:min(top, len(list[i].Top))]
	}
	return list, notes, ctx.Err()
}

// scannedFacets counts by looking at records. left is how many fields there was no room for.
func (v *view) scannedFacets(ctx context.Context, top int) (list []summary.Facet, left int, err error) {
	all := analysis.NewFacets()
	var parts []*analysis.Facets
	err = v.Scan(ctx, nil, func() func(*logs.Record) {
		part := all.Part()
		parts = append(parts, part)
		return part.Add
	})
	for _, part := range parts {
		all.Merge(part)
	}
	return all.List(top), all.Left(), err
}
