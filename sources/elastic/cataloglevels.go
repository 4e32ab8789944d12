package elastic

import (
	"context"
	"slices"

	"github.com/lxlog/lx/logs"
)

const (
	maxLevels  = 200  // values of a level field; one with more is no usual one
	levelsTime = "1s" // that a server may take to list them
)

// readLevels asks which values the fields of the level have. Those that cannot be
// listed at once are left out: they are asked by patterns then. The error is ctx's.
func (s *Source) readLevels(ctx context.Context, c *catalog) error {
	aggs := object{}
	var fields []string
	for _, g := range c.groups {
		for _, f := range g.mapping.Forms(logs.CoreLevel) {
			if f.Type == "keyword" && f.Path == "" && f.Field != "" && !slices.Contains(fields, f.Field) {
				fields = append(fields, f.Field)
				aggs[f.Field] = object{"terms": object{"field": f.Field, "size": maxLevels}}
			}
		}
	}
	if len(fields) == 0 {
		return nil
	}
	n := census{s: s, c: c, shard: anyShard, timeout: levelsTime}
	out, err := n.ask(ctx, aggs)
	if err != nil || out.flaws(s) != "" {
		return ctx.Err()
	}
	values := map[string][]string{}
	for _, name := range fields {
		var t struct {
			Other   int64 `json:"sum_other_doc_count"`
			Buckets []struct{ Key string }
		}
		if out.read(name, &t) != nil || t.Other > 0 {
			continue
		}
		values[name] = []string{}
		for _, b := range t.Buckets {
			values[name] = append(values[name], b.Key)
		}
	}
	c.mapping.Values = values
	for i := range c.groups {
		c.groups[i].mapping.Values = values
	}
	return nil
}
