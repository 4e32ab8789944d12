package dsl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// trace asks for a trace or span id in every way of writing it.
func (t *translator) trace(f asked, v query.Value) part {
	found, _ := t.mapping.named(f.name)
	if found.family() == textFamily {
		if sub, ok := t.mapping.subfield(f.name, keywordFamily); ok {
			found = sub
		}
	}
	if !literalKind(v) {
		if found.family() == keywordFamily {
			return byKeyword(found, v)
		}
		return wider(exists(f.name))
	}
	var choices list
	for _, s := range v.Alternatives() {
		for _, id := range traceSpellings(s) {
			switch found.family() {
			case keywordFamily:
				choices = append(choices, leaf("wildcard", found.name, object{"value": id, "case_insensitive": true}))
			case textFamily:
				if len(query.Words(strings.Trim(id, "?"))) == 0 || strings.Contains(id, "?") {
					return wider(exists(f.name))
				}
				choices = append(choices, leaf("match_phrase", found.name, id))
			case numberFamily:
				if n, err := strconv.ParseUint(id, 10, 64); err == nil {
					choices = append(choices, leaf("term", found.name, n))
				}
			default:
				return wider(exists(f.name))
			}
		}
	}
	if choices == nil {
		return nothing()
	}
	return wider(anyOf(choices...))
}

// traceSpellings are wildcards that fit the id as it is written, as 16 and as 32
// hexadecimal digits, the latter also with dashes or within a traceparent, and in
// decimal. Of a longer id the low 64 bits identify a trace.
func traceSpellings(id string) []string {
	out := []string{wildcardEscapes.Replace(id)}
	n := logs.NormalTrace(id)
	if n == 0 || strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF-", r) }) {
		return out
	}
	low := fmt.Sprintf("%016x", n)
	any16 := strings.Repeat("?", 16)
	for _, s := range []string{
		low, any16 + low, "????????-????-????-" + low[:4] + "-" + low[4:], "??-" + any16 + low + "-????????????????-??", strconv.FormatUint(n, 10),
	} {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
