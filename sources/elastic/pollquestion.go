package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// maxHot is how many indices are looked at by every poll; where there are more,
// those without news for a while are looked at by deep ones alone.
const (
	maxHot  = 50
	hotFor  = 10 * time.Minute
	maxList = 800 // conditions in one list: servers take 1,024

	maxShards = 1024 // of an index: servers make no more
)

// question is the search that a poll puts to the shards of a number: what lies
// behind the cursors, and how much there is of segments by now.
func (t *tracker) question(c *catalog, number int, recount []*segment) object {
	fresh := t.behindCursors(number)
	all, seen := fresh, object{}
	for _, seg := range recount {
		clause := seg.ranges.clause(number)
		seen[segmentName(seg)] = clause
		all = append(slices.Clip(all), clause)
	}
	within := object{
		"indices": object{
			"terms": object{"field": "_index", "size": 10_000},
			"aggs":  object{"last": object{"max": object{"field": "_seq_no"}}},
		},
	}
	if c.timeField != "" {
		ofTime := func(bound string, t int64) object {
			return object{"range": object{c.timeField: object{bound: t / 1e6, "format": "epoch_millis"}}}
		}
		within["newest"] = object{"filter": ofTime("lte", t.present()), "aggs": object{"time": object{"max": object{"field": c.timeField}}}}
		if newest := t.tally.newest; newest > 0 {
			within["late"] = object{"filter": ofTime("lt", newest-lateBy.Nanoseconds())}
		}
	}
	aggs := object{"new": object{"filter": anyOf(fresh), "aggs": within}}
	if len(seen) > 0 {
		byIndex := object{"indices": object{"terms": object{"field": "_index", "size": 10_000}}}
		aggs["seen"] = object{"filters": object{"filters": seen}, "aggs": byIndex}
	}
	return object{"size": 0, "track_total_hits": false, "timeout": t.s.searchTime(), "query": anyOf(all), "aggs": aggs}
}

func segmentName(seg *segment) string { return fmt.Sprint(seg.number) }

// behindCursors are conditions for what was not told of: in the indices that are
// known behind their cursors, and everything in others.
func (t *tracker) behindCursors(number int) (should list) {
	names := slices.Sorted(maps.Keys(t.known))
	hot := t.hot(names)
	for _, name := range hot[:min(len(hot), maxList)] {
		if t.silent[shard{name, number}] {
			continue
		}
		should = append(should, object{"bool": object{"filter": list{
			object{"term": object{"_index": name}},
			object{"range": object{"_seq_no": object{"gt": t.cursor(shard{name, number})}}},
		}}})
	}
	if len(names) == 0 {
		return list{object{"match_all": object{}}}
	}
	return append(should, object{"bool": object{"must_not": object{"terms": object{"_index": names}}}})
}

// present is the time up to which documents are none of the future: of these nothing is late beside them.
func (t *tracker) present() int64 { return t.s.o.Now().Add(lateBy).UnixNano() }

// hot are the indices to look at now: those with news of late first.
func (t *tracker) hot(names []string) []string {
	if len(names) <= maxHot {
		return names
	}
	since := t.s.o.Now().Add(-hotFor).UnixNano()
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return int(min(1, max(-1, t.changed[b]-t.changed[a]))) })
	n, _ := slices.BinarySearchFunc(names, since, func(name string, since int64) int {
		if t.changed[name] >= since {
			return -1
		}
		return 1
	})
	if !t.deep {
		return names[:n]
	}
	// Of the cold ones those that were looked at longest ago would be best; they take turns.
	cold := names[n:]
	if room := maxList - n; len(cold) > room && room > 0 {
		turn := int(t.polls) * room % len(cold)
		cold = append(slices.Clone(cold[turn:]), cold[:turn]...)[:room]
	}
	return append(slices.Clip(names[:n]), cold...)
}

// A pollAnswer is what a poll's question is answered with.
type pollAnswer struct {
	TimedOut     bool        `json:"timed_out"`
	Shards       shardCounts `json:"_shards"`
	Aggregations struct {
		New struct {
			Indices struct {
				Buckets []struct {
					Key   string `json:"key"`
					Count int64  `json:"doc_count"`
					Last  value  `json:"last"`
				}
			}
			Newest struct{ Time value }
			Late   struct {
				Count int64 `json:"doc_count"`
			}
		}
		Seen struct {
			Buckets map[string]struct {
				Indices struct {
					Buckets []struct {
						Key   string `json:"key"`
						Count int64  `json:"doc_count"`
					}
				}
			}
		}
	}
}

// shardCounts are how many shards a search went to.
type shardCounts struct {
	Total, Failed int64
	Successful    *int64 // nil where it is not said
}

// missing is how many did not answer. OpenSearch counts those of which there is no copy among no others.
func (s shardCounts) missing() int64 {
	if s.Successful == nil {
		return s.Failed
	}
	return max(s.Failed, s.Total-*s.Successful)
}

// A value is that of a metric; 0 where there is none.
type value struct{ Value float64 }

// nanos is a time in milliseconds as nanoseconds; 0 where these cannot express it.
func (v value) nanos() int64 {
	if v.Value < firstMilli || v.Value > lastMilli {
		return 0
	}
	return int64(v.Value) * milli
}

// poll puts a question to the shards of a number.
func (s *Source) poll(ctx context.Context, question object, number int, into *pollAnswer) error {
	c, err := s.catalog(ctx)
	if err != nil {
		return err
	}
	return s.find(ctx, c, number, question, into)
}

// shardNumbers are the numbers of shards that indices have; anyShard alone where none has a second one.
func (s *Source) shardNumbers(ctx context.Context) ([]int, error) {
	total := func(number int) (int64, error) {
		var a pollAnswer
		err := s.poll(ctx, object{"size": 0, "track_total_hits": false}, number, &a)
		return a.Shards.Total, err
	}
	all, err := total(anyShard)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for n := 0; all > 0 && n < maxShards; n++ {
		of, err := total(n)
		if err != nil {
			return nil, err
		}
		if of == 0 {
			break
		}
		all -= of
		numbers = append(numbers, n)
	}
	if len(numbers) < 2 {
		return []int{anyShard}, nil
	}
	return numbers, nil
}

// each puts a search of its own to the shards of a number of each index, and returns
// the answers by their order. That of an index that is no more is empty.
func (s *Source) each(ctx context.Context, names []string, number int, search func(name string) object) ([]listed, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	for _, name := range names {
		_ = e.Encode(object{"index": name, "preference": c.preference(number), "ignore_unavailable": true})
		_ = e.Encode(search(name))
	}
	var a struct{ Responses []listed }
	if err := s.client.answer(ctx, esapi.MsearchRequest{Body: &body}, &a); err != nil {
		return nil, err
	}
	if len(a.Responses) != len(names) {
		return nil, fmt.Errorf("%s: %d of %d searches are answered", s.o.Name, len(a.Responses), len(names))
	}
	for i, r := range a.Responses {
		if len(r.Error) > 0 && r.Status != http.StatusNotFound && !r.silent() {
			return nil, fmt.Errorf("%s: %s: %s", s.o.Name, plain(names[i]), plain(string(r.Error)))
		}
	}
	return a.Responses, nil
}
