package dsl

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
)

// Where the values of a level field are known, exactly those are asked for that
// decoding takes for the level, and the usual spellings that may come.
func TestLevelsByTheirValues(t *testing.T) {
	m := Mapping{Fields: map[string]Field{"level": {Type: "keyword"}}}
	odd := []string{"[ERROR]", "eRRoR", "LogLevel.Error", " err ", "50", "", "odd", "[INFO]", "Warning!", "ERROR", "\x1b[31mERROR\x1b[0m"}
	m.Values = map[string][]string{"level": odd}
	as := format.CoreNames(logs.CoreLevel)[slices.IndexFunc(format.CoreNames(logs.CoreLevel), func(c format.CoreName) bool { return c.Path == "level" })]
	asks := func(text string) []string {
		q := DSL(parse(t, text), m)
		if !q.Exact() {
			t.Errorf("%s is not exact", text)
		}
		o, _ := q.Body.(object)
		terms, _ := o["terms"].(object)
		var out []string
		for _, v := range terms["level"].(list) {
			out = append(out, v.(string))
		}
		return out
	}
	f := func(text string, least, most logs.Severity) {
		t.Helper()
		got := asks(text)
		for _, v := range append(odd, "error", "Error", "ERR", "E", "info", "notice", "17") {
			s, ok := as.Severity(v)
			if want := ok && s >= least && s <= most; slices.Contains(got, v) != want {
				t.Errorf("%s: %q is asked for: %t", text, v, !want)
			}
		}
	}
	f("level:ERROR", logs.Error, logs.Error+3)
	f("level >= WARN", logs.Warn, 24)
	f("level < info", 1, logs.Info-1)
	if got := asks("level:odd"); !slices.Contains(got, "odd") || slices.Contains(got, "ERROR") {
		t.Errorf("level:odd asks for %q", got)
	}
	if q := DSL(&query.Not{Node: parse(t, "level:ERROR")}, m); !q.Exact() {
		t.Error("what is not of a level is not exact")
	}
	if text := fmt.Sprint(DSL(parse(t, "level:err*"), m).Body); text == "" || !DSL(parse(t, "level:err*"), m).Exact() {
		t.Error("a wildcard is asked by a pattern")
	}
}
