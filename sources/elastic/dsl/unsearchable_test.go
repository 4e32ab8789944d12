package dsl

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

// A field in which the index cannot look is in no question, and counts as missed by
// every condition that it might hold for.
func TestUnsearchableFields(t *testing.T) {
	m := Mapping{Fields: map[string]Field{
		"message": {Type: "text"}, "event": {Type: "object"}, "event.original": {Type: Unsearchable}, "event.original.raw": {Type: "keyword"},
		"level": {Type: Unsearchable}, "log.level": {Type: "keyword"}, "num": {Type: Unsearchable}, "code": {Type: "long"}, "only": {Type: "object"}, "only.num": {Type: Unsearchable},
		"items": {Type: "nested"}, "items.n": {Type: Unsearchable}, "items.of": {Type: "keyword"},
	}}
	all := []string{"event.original", "items.n", "level", "num", "only.num"}
	for text, missed := range map[string][]string{
		`code:7`: nil, `code > 7`: nil, `*`: nil,
		`num:7`: {"num"}, `num > 7`: {"num"}, `num:*`: {"num"}, `not num:7`: {"num"}, `only:*`: {"only.num"}, `only.num:7`: {"only.num"},
		`message:late`: {"event.original"}, `message:*`: {"event.original"}, `event.original:late`: {"event.original"},
		`level:error`: {"level"}, `level >= WARN`: {"level"}, `level:*`: {"level"}, `level:e*`: {"level"},
		`n*:7`: {"num"}, `*num:7`: {"num", "only.num"}, `n*:*`: {"num"},
		`items:{ n:7 }`: {"items.n"}, `items:{ of:a }`: nil, `items:{ late }`: {"items.n", "items.of"},
		`late`: append([]string{"items.of", "log.level"}, all...), `lat*`: append([]string{"items.of", "log.level"}, all...), `7`: append([]string{"items.of", "log.level"}, all...),
		`trace.id:4bf92f3577b34da6`: {"event.original"},
	} {
		got := DSL(parse(t, text), m)
		slices.Sort(missed)
		if !slices.Equal(got.Missed, missed) {
			t.Errorf("%s misses %q, want %q", text, got.Missed, missed)
		}
		b, err := json.Marshal(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range all {
			if strings.Contains(string(b), `"`+name+`"`) {
				t.Errorf("%s asks %s: %s", text, name, b)
			}
		}
	}
	if got := m.Severities(logs.Warn, logs.Fatal+3); !slices.Equal(m.Names(), []string{"code", "items.of", "log.level", "message"}) || got.Wider {
		t.Errorf("%q, %+v", m.Names(), got)
	}
	if got := m.Unsearched(logs.CoreLevel); !slices.Equal(got, []string{"level"}) {
		t.Errorf("%q", got)
	}
}
