//go:build servers

package elastic_test

import (
	"net/http"
	"testing"

	"github.com/lxlog/lx/sources/elastic/servertest"
)

type object = map[string]any

// ecsMapping is what a template by the Elastic Common Schema says, with the time as a type.
func ecsMapping(timeType string) object {
	keyword := object{"type": "keyword", "ignore_above": 1024}
	in := func(properties object) object { return object{"properties": properties} }
	return object{
		"date_detection": false,
		"dynamic_templates": []object{
			{"text": object{"path_match": "*.message", "mapping": object{"type": "text"}}},
			{"strings": object{"match_mapping_type": "string", "mapping": keyword}},
		},
		"properties": object{
			"@timestamp": object{"type": timeType},
			"message":    object{"type": "text"},
			"log":        in(object{"level": keyword, "logger": keyword}),
			"service":    in(object{"name": keyword}),
			"host":       in(object{"name": keyword, "ip": object{"type": "ip"}}),
			"trace":      in(object{"id": keyword}),
			"span":       in(object{"id": keyword}),
			"event":      in(object{"duration": object{"type": "long"}}),
			"http":       in(object{"response": in(object{"status_code": object{"type": "long"}})}),
			"url":        in(object{"path": object{"type": "keyword", "ignore_above": 1024, "fields": object{"text": object{"type": "text"}}}}),
			"error":      in(object{"message": object{"type": "text"}, "stack_trace": object{"type": "keyword", "fields": object{"text": object{"type": "text"}}}}),
			"tags":       keyword,
			"labels":     object{"type": "object", "dynamic": true},
		},
	}
}

// plainMapping is a template of somebody's own: service is a word, times have types. So is the host, unless it is an object.
func plainMapping(hosts bool) object {
	m := ecsMapping("date")
	p := m["properties"].(object)
	p["service"] = object{"type": "keyword"}
	p["timestamp"] = object{"type": "date"}
	if !hosts {
		p["host"] = object{"type": "keyword"}
	}
	return m
}

// fill puts documents into an index of that name by a mapping: "dynamic", that the server makes up; "ecs"; "stream", a data stream.
func fill(t *testing.T, s *servertest.Server, d *documents, mapping string) (index string) {
	t.Helper()
	index = "e-" + d.name + "-" + mapping
	shards := object{"number_of_shards": 3, "number_of_replicas": 0}
	switch mapping {
	case "dynamic":
		s.Do(t, http.MethodPut, "/"+index, object{"settings": shards})
	case "ecs":
		m := ecsMapping("date")
		if d.name != "ecs" {
			m = plainMapping(d.name == "odd")
		}
		s.Template(t, index, index, m, shards, false)
	case "stream":
		s.Template(t, index, index, ecsMapping("date_nanos"), shards, true)
	}
	if mapping != "stream" {
		s.Bulk(t, index, 0, d.lines)
		return index
	}
	half := len(d.lines) / 2
	s.Bulk(t, index, 0, d.lines[:half])
	s.Do(t, http.MethodPost, "/"+index+"/_rollover", nil)
	s.Bulk(t, index, half, d.lines[half:])
	return index
}
