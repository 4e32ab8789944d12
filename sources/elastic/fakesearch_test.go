package elastic

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A fakeTest says whether a document is meant.
type fakeTest func(*fakeDoc) bool

// find answers a search over documents.
func find(docs []*fakeDoc, body []byte) (object, error) {
	var q struct {
		Size  *int
		Query object
		Sort  list
		After []json.Number `json:"search_after"`
		Aggs  object
		Total any `json:"track_total_hits"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&q); err != nil {
		return nil, err
	}
	if q.Query != nil {
		test, err := meaning(q.Query)
		if err != nil {
			return nil, err
		}
		docs = slices.DeleteFunc(docs, func(d *fakeDoc) bool { return !test(d) })
	}
	total := len(docs)
	aggregations, err := aggregated(q.Aggs, docs)
	if err != nil {
		return nil, err
	}
	size := len(docs)
	if q.Size != nil {
		size = *q.Size
	}
	hits, err := sorted(docs, q.Sort, q.After, size)
	if err != nil {
		return nil, err
	}
	out := object{"hits": object{"hits": hits}}
	if exact, _ := q.Total.(bool); exact {
		out["hits"] = object{"hits": hits, "total": object{"value": total, "relation": "eq"}}
	}
	if q.Aggs != nil {
		out["aggregations"] = aggregations
	}
	return out, nil
}

// meaning reads a query.
func meaning(q any) (fakeTest, error) {
	o, ok := q.(object)
	if !ok || len(o) != 1 {
		return nil, fmt.Errorf("no query: %v", q)
	}
	for kind, of := range o {
		in, _ := of.(object)
		switch kind {
		case "match_all":
			return func(*fakeDoc) bool { return true }, nil
		case "match_none":
			return func(*fakeDoc) bool { return false }, nil
		case "bool":
			return boolean(in)
		case "term", "terms":
			return terms(in)
		case "range":
			return ranged(in)
		case "exists":
			return func(d *fakeDoc) bool { v := valueOf(d, fmt.Sprint(in["field"])); return v != nil }, nil
		}
	}
	return nil, fmt.Errorf("not known to the fake: %v", q)
}

func boolean(in object) (fakeTest, error) {
	parts := map[string][]fakeTest{}
	for kind, of := range in {
		if kind == "minimum_should_match" || kind == "boost" {
			continue
		}
		clauses, several := of.(list)
		if !several {
			clauses = list{of}
		}
		for _, c := range clauses {
			t, err := meaning(c)
			if err != nil {
				return nil, err
			}
			parts[kind] = append(parts[kind], t)
		}
	}
	return func(d *fakeDoc) bool {
		holds := func(t fakeTest) bool { return t(d) }
		fails := func(t fakeTest) bool { return !t(d) }
		_, some := in["should"]
		return !slices.ContainsFunc(parts["filter"], fails) && !slices.ContainsFunc(parts["must"], fails) &&
			!slices.ContainsFunc(parts["must_not"], holds) && (!some || slices.ContainsFunc(parts["should"], holds))
	}, nil
}

// valueOf is a document's value of a field: a text or an int64; nil: none.
func valueOf(d *fakeDoc, field string) any {
	switch field {
	case "_index":
		return d.index
	case "_seq_no":
		return d.number
	case "level":
		return d.level
	case "n":
		return int64(d.n)
	case "@timestamp":
		if d.time != absent {
			return d.time
		}
	}
	return nil
}

// textOf is a value as a term; " " where there is none.
func textOf(d *fakeDoc, field string) string {
	switch v := valueOf(d, field).(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return " "
}

func terms(in object) (fakeTest, error) {
	for field, of := range in {
		if o, ok := of.(object); ok {
			of = o["value"]
		}
		values, several := of.(list)
		if !several {
			values = list{of}
		}
		set := map[string]bool{}
		for _, v := range values {
			set[fmt.Sprint(v)] = true
		}
		return func(d *fakeDoc) bool { return set[textOf(d, field)] }, nil
	}
	return nil, fmt.Errorf("terms of no field")
}

func ranged(in object) (fakeTest, error) {
	for field, of := range in {
		bounds, _ := of.(object)
		test := func(int64) bool { return true }
		for op, v := range bounds {
			if op == "format" {
				continue
			}
			bound, err := boundOf(v)
			if err != nil {
				return nil, err
			}
			before, sign := test, map[string][2]int{"gt": {1, 1}, "gte": {0, 1}, "lt": {-1, -1}, "lte": {-1, 0}}[op]
			test = func(n int64) bool { c := cmp.Compare(n, bound); return before(n) && c >= sign[0] && c <= sign[1] }
		}
		return func(d *fakeDoc) bool { n, ok := valueOf(d, field).(int64); return ok && test(n) }, nil
	}
	return nil, fmt.Errorf("range of no field")
}

func boundOf(v any) (int64, error) {
	if text, ok := v.(string); ok {
		at, err := time.Parse(time.RFC3339Nano, text)
		return at.UnixMilli(), err
	}
	n, ok := v.(json.Number)
	if !ok {
		return 0, fmt.Errorf("no bound: %v", v)
	}
	return n.Int64()
}

// sorted are hits of documents as a server writes them, so many from behind some sort values on.
func sorted(docs []*fakeDoc, by list, after []json.Number, size int) (list, error) {
	var fields []string
	sign := 1
	for _, s := range by {
		o, _ := s.(object)
		for field, how := range o {
			fields = append(fields, field)
			if strings.Contains(fmt.Sprint(how), "desc") {
				sign = -1
			}
		}
	}
	keys := func(d *fakeDoc) (out []int64) {
		for _, f := range fields {
			n, ok := valueOf(d, f).(int64)
			if !ok {
				n = math.MinInt64
			}
			out = append(out, n)
		}
		return out
	}
	var from []int64
	for _, n := range after {
		v, err := n.Int64()
		if err != nil {
			return nil, err
		}
		from = append(from, v)
	}
	docs = slices.DeleteFunc(docs, func(d *fakeDoc) bool { return from != nil && sign*slices.Compare(keys(d), from) <= 0 })
	slices.SortStableFunc(docs, func(a, b *fakeDoc) int { return sign * slices.Compare(keys(a), keys(b)) })
	hits := list{}
	for _, d := range docs[:min(size, len(docs))] {
		source := object{"message": fmt.Sprint("number ", d.n), "n": d.n, "level": d.level}
		hit := object{"_index": d.index, "_id": d.id, "_source": source, "sort": keys(d)}
		if d.time != absent {
			source["@timestamp"] = time.UnixMilli(d.time).UTC().Format("2006-01-02T15:04:05.000Z")
			hit["fields"] = object{"@timestamp": list{fmt.Sprint(d.time)}}
		}
		hits = append(hits, hit)
	}
	return hits, nil
}

// aggregated answers aggregations over documents.
func aggregated(aggs object, docs []*fakeDoc) (object, error) {
	out := object{}
	for name, of := range aggs {
		a, _ := of.(object)
		inner, _ := a["aggs"].(object)
		var err error
		if out[name], err = aggregation(a, inner, docs); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func aggregation(a, inner object, docs []*fakeDoc) (any, error) {
	for kind, of := range a {
		in, _ := of.(object)
		switch kind {
		case "aggs":
		case "filter":
			return bucket(of, inner, docs)
		case "filters":
			named, _ := in["filters"].(object)
			buckets := object{}
			for name, q := range named {
				b, err := bucket(q, inner, docs)
				if err != nil {
					return nil, err
				}
				buckets[name] = b
			}
			return object{"buckets": buckets}, nil
		case "terms":
			return byTerms(fmt.Sprint(in["field"]), inner, docs)
		case "max":
			most := int64(math.MinInt64)
			for _, d := range docs {
				if n, ok := valueOf(d, fmt.Sprint(in["field"])).(int64); ok {
					most = max(most, n)
				}
			}
			if most == math.MinInt64 {
				return object{"value": nil}, nil
			}
			return object{"value": float64(most)}, nil
		}
	}
	return nil, fmt.Errorf("not known to the fake: %v", a)
}

func bucket(q any, inner object, docs []*fakeDoc) (object, error) {
	test, err := meaning(q)
	if err != nil {
		return nil, err
	}
	var in []*fakeDoc
	for _, d := range docs {
		if test(d) {
			in = append(in, d)
		}
	}
	out, err := aggregated(inner, in)
	if err == nil {
		out["doc_count"] = len(in)
	}
	return out, err
}

func byTerms(field string, inner object, docs []*fakeDoc) (any, error) {
	groups := map[string][]*fakeDoc{}
	for _, d := range docs {
		if v := textOf(d, field); v != " " {
			groups[v] = append(groups[v], d)
		}
	}
	buckets := list{}
	for key, in := range groups {
		b, err := aggregated(inner, in)
		if err != nil {
			return nil, err
		}
		b["key"], b["doc_count"] = key, len(in)
		buckets = append(buckets, b)
	}
	return object{"buckets": buckets}, nil
}
