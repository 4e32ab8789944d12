package query

import "github.com/lxlog/lx/logs"

// byTrace makes the test for a trace or span id, which is compared however it is
// written: with dashes, in either case, in Datadog's decimal.
func byTrace(v Value) test {
	if v.Kind == Wildcard || v.Kind == Regexp {
		return byWhole(v)
	}
	var ids []uint64
	for _, s := range v.Alternatives() {
		if id := logs.NormalTrace(s); id != 0 {
			ids = append(ids, id)
		}
	}
	return &traceTest{setOf(v.Alternatives()), setOf(ids)}
}

type traceTest struct {
	texts set[string]
	ids   set[uint64]
}

func (t *traceTest) holds(v logs.Value) bool {
	return t.texts.has(v.Str) || t.ids.has(logs.NormalTrace(v.Str))
}
