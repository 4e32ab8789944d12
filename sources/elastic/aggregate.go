package elastic

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// figures are what a server says to a search for no hits.
type figures struct {
	TimedOut bool   `json:"timed_out"`
	Shards   shards `json:"_shards"`
	Hits     struct {
		Total struct {
			Value int64 `json:"value"`
		} `json:"total"`
	} `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
}

// A census is a search for figures over the documents that a query finds.
type census struct {
	s      *Source
	c      *catalog
	shard  int
	query  list
	target []string // the indices; nil: those of the catalog

	timeout string // when to answer with what there is; "": the usual time
}

// ask asks for the number of documents and for aggregations, nil for none.
func (n *census) ask(ctx context.Context, aggregations object, also ...any) (*figures, error) {
	body := object{
		"size":             0,
		"query":            all(append(n.query[:len(n.query):len(n.query)], also...)),
		"track_total_hits": true,
		"timeout":          cmp.Or(n.timeout, n.s.searchTime()),
	}
	if len(aggregations) > 0 {
		body["aggs"] = aggregations
	}
	// OpenSearch 3 does not look at the documents for such a query alone, but tells how many
	// have a word in the field, which empty texts have not. With a filter behind it counts.
	if n.c.openSearch && holds(body["query"], "exists") {
		body["post_filter"] = object{"match_all": object{}}
	}
	c := n.c
	switch {
	case n.target == nil:
	case c.filtered:
		body["query"] = all(list{body["query"], object{"terms": object{"_index": n.target}}})
	default:
		part := *c
		part.target, c = n.target, &part
	}
	out := &figures{}
	return out, n.s.find(ctx, c, n.shard, body, out)
}

// holds reports whether a query has one of that name in it.
func holds(query any, name string) bool {
	switch q := query.(type) {
	case object:
		for key, v := range q {
			if key == name || holds(v, name) {
				return true
			}
		}
	case list:
		return slices.ContainsFunc(q, func(v any) bool { return holds(v, name) })
	}
	return false
}

// flaws says why the figures are not of all documents, "" where they are.
func (f *figures) flaws(s *Source) string {
	switch note := f.Shards.note(); {
	case f.TimedOut:
		return s.o.Name + ": the count was cut off after " + s.o.Timeout.String() + ": narrow the time range, or set a longer timeout"
	case note != "":
		return s.o.Name + ": " + note
	}
	return ""
}

// read decodes an aggregation; what is not of its shape stays empty.
func (f *figures) read(name string, into any) error {
	if err := json.Unmarshal(f.Aggregations[name], into); err != nil {
		return fmt.Errorf("the answer's aggregation %q is none: is it an Elasticsearch? (%s)", name, plain(err.Error()))
	}
	return nil
}
