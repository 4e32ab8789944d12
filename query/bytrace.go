package query

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

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
	t := &traceTest{texts: setOf(v.Alternatives()), ids: setOf(ids), hashed: len(ids) == len(v.Alternatives())}
	for _, id := range ids {
		t.hashes = append(t.hashes, logs.HashTrace(id))
	}
	return t
}

type traceTest struct {
	texts  set[string]
	ids    set[uint64]
	hashes []uint32 // of ids, for trace columns
	hashed bool     // all texts are ids
}

// mayBe reports whether a record with this in its trace column may be of one of the traces.
func (t *traceTest) mayBe(column uint32) bool {
	return column == logs.ManyTraces || slices.Contains(t.hashes, column)
}

func (t *traceTest) holds(v logs.Value) bool {
	return t.texts.has(v.Str) || t.ids.has(logs.NormalTrace(v.Str))
}
