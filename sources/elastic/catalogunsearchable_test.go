package elastic

import (
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

// What indices cannot look into they are not asked for: elsewhere the field is searched as ever.
func TestUnsearchableFields(t *testing.T) {
	f := newFakeServer(t)
	f.caps = `{"indices":["a","b","c"],"fields":{"@timestamp":{"date":{"searchable":true}},"message":{"text":{}},"event":{"object":{"searchable":false}},
		"event.original":{"keyword":{"searchable":false}},"raw":{"binary":{"searchable":false}},"code":{"long":{"searchable":false,"non_searchable_indices":["b"]}},
		"mixed":{"keyword":{"searchable":true,"indices":["a"]},"long":{"searchable":false,"indices":["b"]}}}}`
	c, err := f.source(Options{}).catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range c.groups {
		of := g.mapping.Fields
		got = append(got, strings.Join([]string{strings.Join(g.indices, "+"), of["code"].Type, of["mixed"].Type, of["event"].Type, of["event.original"].Type, of["raw"].Type}, " "))
	}
	no := dsl.Unsearchable
	want := []string{"a+c long keyword object " + no + " " + no, "b " + no + " " + no + " object " + no + " " + no}
	if !slices.Equal(got, want) {
		t.Errorf("groups are %q, want %q", got, want)
	}
	if text := c.uncounted(logs.CoreMessage, logs.CoreLevel); !strings.HasPrefix(text, "event.original cannot be searched") {
		t.Error(text)
	}
	if text := c.uncounted(logs.CoreLevel); text != "" {
		t.Error(text)
	}
}

// Figures by level are not exact where the index cannot look into the level.
func TestTotalsOfAnUnsearchableLevel(t *testing.T) {
	s := counting(t, func(string) (int, string) {
		return 200, `{"_shards":{"total":1},"hits":{"total":{"value":1}},"aggregations":{"levels":{"buckets":{"none":{"doc_count":1,"minutes":{"buckets":[]}}}}}}`
	})
	c, err := s.catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.groups[0].mapping.Fields["log.level"] = dsl.Field{Type: dsl.Unsearchable}
	got, err := s.Totals(t.Context(), allOfThem)
	if err != nil || got.Records.String() != "1+" || len(got.Notes) == 0 || !strings.Contains(got.Notes[0].Text, "log.level") {
		t.Errorf("%+v: %v", got, err)
	}
}
