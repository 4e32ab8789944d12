package elastic

import (
	"testing"

	"github.com/lxlog/lx/sources/elastic/dsl"
)

// A field that is not there, as one that is misspelt, is told apart from one that cannot be searched.
func TestMissedNote(t *testing.T) {
	c := &catalog{groups: []group{
		{mapping: dsl.Mapping{Fields: map[string]dsl.Field{"host.name": {Type: "keyword"}, "level": {Type: "keyword"}}}},
		{mapping: dsl.Mapping{Fields: map[string]dsl.Field{"event.original": {Type: dsl.Unsearchable}}}},
	}}
	const found = " cannot be searched for what the query asks: records that hold it only there are not found"
	for _, f := range []struct {
		missed []string
		want   string
	}{
		{nil, ""},
		{[]string{"event.original", "host"}, "event.original, host" + found},
		{[]string{"lvl"}, "lvl is no field of the index: records that have it unindexed are not found"},
		{[]string{"a", "b", "c", "d", "e", "f", "level"}, "a, b, c, d, e and 1 more are no fields of the index: records that have them unindexed are not found; level" + found},
	} {
		if got := c.missedNote(f.missed); got != f.want {
			t.Errorf("%v: %s", f.missed, got)
		}
	}
}
