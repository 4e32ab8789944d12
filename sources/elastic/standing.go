package elastic

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A standing is what the shards of indices have at a time.
type standing struct {
	last   map[shard]int64      // the greatest sequence number; none: no documents
	silent map[shard]bool       // does not answer
	gaps   map[shard][]seqRange // numbers before it that no document has, the greatest first: some may be in flight
	newest map[string]int64     // time of the document of the greatest number, by index, nanoseconds
}

const (
	gapsWithin = 200 // numbers before the greatest: what is in flight is not further behind
	maxGaps    = 16  // of a shard
)

// standing asks the shards of the known indices.
func (t *tracker) standing(ctx context.Context) (*standing, error) {
	st := &standing{map[shard]int64{}, map[shard]bool{}, map[shard][]seqRange{}, map[string]int64{}}
	for _, number := range t.numbers {
		for names := range slices.Chunk(slices.Sorted(maps.Keys(t.known)), 100) {
			if err := t.s.stand(ctx, names, number, st); err != nil {
				return nil, err
			}
		}
	}
	return st, nil
}

// stand adds what the shards of a number have.
// As many numbers were given out as there are documents at least, so that the server
// need look at those from about there on alone.
func (s *Source) stand(ctx context.Context, names []string, number int, st *standing) error {
	c, err := s.catalog(ctx)
	if err != nil {
		return err
	}
	counts, err := s.each(ctx, names, number, func(string) object { return object{"size": 0, "track_total_hits": true} })
	if err != nil {
		return err
	}
	var filled []string
	least := map[string]int64{}
	for i, name := range names {
		if counts[i].silent() {
			st.silent[shard{name, number}] = true
		} else if n := counts[i].Hits.Total.Value; n > 0 {
			filled = append(filled, name)
			least[name] = n - 1
		}
	}
	if len(filled) == 0 {
		return nil
	}
	answers, err := s.each(ctx, filled, number, func(name string) object {
		return object{"size": gapsWithin, "_source": false, "track_total_hits": false, "sort": list{object{"_seq_no": "desc"}},
			"query":           object{"range": object{"_seq_no": object{"gte": max(0, least[name]-gapsWithin)}}},
			"docvalue_fields": list{object{"field": c.timeField, "format": "epoch_millis"}}}
	})
	for i, a := range answers {
		name := filled[i]
		at := shard{name, number}
		if a.silent() {
			st.silent[at] = true
			continue
		}
		st.last[at] = least[name] // where the last ones have gone meanwhile
		st.add(at, &a, c.timeField, max(0, least[name]-gapsWithin))
	}
	return err
}

// add notes what documents of a shard tell, the greatest number first, of which none is less than least.
func (st *standing) add(at shard, a *listed, timeField string, least int64) {
	hits := a.Hits.Hits
	before := int64(-1)
	for i, h := range hits {
		if len(h.Sort) == 0 {
			return
		}
		n := h.Sort[0]
		if i == 0 {
			st.last[at] = n
			st.newest[at.index] = max(st.newest[at.index], h.time(timeField))
		} else if n < before-1 {
			st.gap(at, seqRange{n, before - 1})
		}
		before = n
	}
	if len(hits) > 0 && len(hits) < gapsWithin && before > least {
		st.gap(at, seqRange{least - 1, before - 1})
	}
}

func (st *standing) gap(at shard, r seqRange) {
	if len(st.gaps[at]) < maxGaps {
		st.gaps[at] = append(st.gaps[at], r)
	}
}

// A listed is one answer of several.
type listed struct {
	Shards shardCounts `json:"_shards"`
	Hits   struct {
		Total struct{ Value int64 }
		Hits  []listedHit
	}
	Status int
	Error  json.RawMessage
}

type listedHit struct {
	Sort   []int64                      `json:"sort"`
	Fields map[string][]json.RawMessage `json:"fields"`
}

// silent reports whether what was asked does not answer: an index of which no shard does is refused.
func (l *listed) silent() bool {
	return len(l.Error) > 0 && l.Status == http.StatusServiceUnavailable || len(l.Error) == 0 && l.Shards.missing() > 0
}

// time is that of a field, nanoseconds; 0: none.
func (h *listedHit) time(field string) int64 {
	if len(h.Fields[field]) == 0 {
		return 0
	}
	whole, _, _ := strings.Cut(strings.Trim(string(h.Fields[field][0]), `"`), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < firstMilli || n > lastMilli {
		return 0
	}
	return n * milli
}
