package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// fakeServer answers as search servers do that hold no records, below a path for each kind.
func fakeServer() *httptest.Server { return httptest.NewServer(http.HandlerFunc(answerAsked)) }

// fakeCounts are how many records the indices of fake servers hold, by path.
var fakeCounts = map[string]int{"none": 0, "half": 7, "many": 12_345_678}

const fakeShards = `"_shards":{"total":1,"successful":1,"skipped":0,"failed":0}`

func answerAsked(w http.ResponseWriter, r *http.Request) {
	kind, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	refuse := func(status int, kind, reason string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error":{"root_cause":[],"type":%q,"reason":%q},"status":%d}`, kind, reason, status)
	}
	if user, password, _ := r.BasicAuth(); kind == "locked" && user+password == "meopen sesame" {
		kind = "none"
	}
	switch kind {
	case "page":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html><head><title>502 Bad \x1b[2JGateway</title></head></html>")
		return
	case "locked":
		refuse(http.StatusUnauthorized, "security_exception", "unable to authenticate")
		return
	case "forbidden":
		refuse(http.StatusForbidden, "security_exception", "action [indices:data/read/search] is unauthorized for API key id [x] on indices [app-1], this action is granted by the index privileges [read,all]")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	n := fakeCounts[kind]
	switch last := path[strings.LastIndexByte(path, '/')+1:]; last {
	case "":
		fmt.Fprint(w, `{"version":{"number":"8.19.1"},"tagline":"You Know, for Search"}`)
	case "_field_caps":
		fmt.Fprint(w, `{"indices":["app-1"],"fields":{"@timestamp":{"date":{"type":"date","searchable":true,"aggregatable":true,"metadata_field":false}},`+
			`"message":{"text":{"type":"text","searchable":true,"aggregatable":false,"metadata_field":false}},`+
			`"level":{"keyword":{"type":"keyword","searchable":true,"aggregatable":true,"metadata_field":false}}}}`)
	case "_count":
		fmt.Fprintf(w, `{"count":%d,%s}`, n, fakeShards)
	case "_search":
		var asked struct {
			Aggs, Aggregations map[string]map[string]any
			Size               int
		}
		body := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			body, _ = gzip.NewReader(r.Body)
		}
		_ = json.NewDecoder(body).Decode(&asked)
		if kind == "half" && (asked.Size > 0 || len(asked.Aggs)+len(asked.Aggregations) > 0) {
			refuse(http.StatusBadRequest, "search_phase_execution_exception", "all shards failed")
			return
		}
		if asked.Aggs == nil {
			asked.Aggs = asked.Aggregations
		}
		aggregations, _ := json.Marshal(ofNothing(asked.Aggs))
		fmt.Fprintf(w, `{"took":1,"timed_out":false,%s,"hits":{"total":{"value":%d,"relation":"eq"},"hits":[]},"aggregations":%s}`, fakeShards, n, aggregations)
	default:
		fmt.Fprint(w, `{}`)
	}
}

// ofNothing are aggregations over no records.
func ofNothing(asked map[string]map[string]any) map[string]any {
	out := map[string]any{}
	for name, of := range asked {
		answer := map[string]any{"doc_count": 0, "value": nil, "buckets": []any{}, "sum_other_doc_count": 0, "doc_count_error_upper_bound": 0}
		if _, ok := of["cardinality"]; ok {
			answer["value"] = 0
		}
		if f, ok := of["filters"].(map[string]any); ok {
			buckets := map[string]any{}
			named, _ := f["filters"].(map[string]any)
			for n := range named {
				buckets[n] = map[string]any{"doc_count": 0}
			}
			if other, ok := f["other_bucket_key"].(string); ok {
				buckets[other] = map[string]any{"doc_count": 0}
			}
			answer["buckets"] = buckets
		}
		out[name] = answer
	}
	return out
}
