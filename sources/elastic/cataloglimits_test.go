package elastic

import (
	"encoding/json"
	"testing"

	"github.com/lxlog/lx/sources/elastic/dsl"
)

// Of keywords it is known from the mappings how long their values may be, and whether one of the indices writes them in another way.
func TestLimitsOfKeywords(t *testing.T) {
	read := func(text string) limitsOf {
		t.Helper()
		var properties map[string]property
		if err := json.Unmarshal([]byte(text), &properties); err != nil {
			t.Fatal(err)
		}
		out := limitsOf{}
		addLimits(out, "", properties, 0)
		return out
	}
	l := limits{
		"a": read(`{"tag":{"type":"keyword","normalizer":"lowercase"},"id":{"type":"keyword","ignore_above":20},
			"o":{"properties":{"text":{"type":"text","fields":{"low":{"type":"keyword","normalizer":"mine","ignore_above":9}}}}}}`),
		"b": read(`{"tag":{"type":"keyword"},"id":{"type":"keyword","ignore_above":10}}`),
	}
	f := func(name string, indices []string, want dsl.Field) {
		t.Helper()
		fields := map[string]dsl.Field{name: {Type: "keyword"}}
		l.mark(fields, indices)
		if want.Type = "keyword"; fields[name] != want {
			t.Errorf("%s in %v is %+v, not %+v", name, indices, fields[name], want)
		}
	}
	f("tag", []string{"a"}, dsl.Field{Normalized: true})
	f("tag", []string{"b"}, dsl.Field{})
	f("tag", []string{"b", "a"}, dsl.Field{Normalized: true})
	f("tag", []string{"a", "unread"}, dsl.Field{Normalized: true, IgnoreAbove: usualLimit})
	f("id", []string{"a", "b"}, dsl.Field{IgnoreAbove: 10})
	f("o.text.low", []string{"a"}, dsl.Field{Normalized: true, IgnoreAbove: 9})
}
