package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/elastic/go-elasticsearch/v8/esapi"

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
	body, err := json.Marshal(object{"size": 0, "track_total_hits": false, "timeout": levelsTime, "aggs": aggs})
	if err != nil {
		return err
	}
	var a struct {
		TimedOut     bool   `json:"timed_out"`
		Shards       shards `json:"_shards"`
		Aggregations map[string]struct {
			Other   int64 `json:"sum_other_doc_count"`
			Buckets []struct{ Key string }
		}
	}
	yes := true
	err = s.client.answer(ctx, esapi.SearchRequest{Index: c.target, Body: bytes.NewReader(body), IgnoreUnavailable: &yes, AllowNoIndices: &yes, Preference: c.preference(anyShard)}, &a)
	if err != nil || a.TimedOut || a.Shards.missing() > 0 {
		return ctx.Err()
	}
	values := map[string][]string{}
	for name, t := range a.Aggregations {
		if t.Other > 0 || !slices.Contains(fields, name) {
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
