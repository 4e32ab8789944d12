package dsl

import (
	"fmt"
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
			return t.byKeyword(found, v)
		}
		return wider(exists(f.name))
	}
	var choices list
	for _, id := range v.Alternatives() {
		texts, patterns := traceSpellings(id)
		switch found.family() {
		case keywordFamily:
			for _, s := range texts {
				choices = append(choices, leaf("term", found.name, object{"value": s, "case_insensitive": true}))
			}
			for _, s := range patterns {
				choices = append(choices, leaf("regexp", found.name, object{"value": s, "case_insensitive": true}))
			}
		case numberFamily:
			for _, s := range texts {
				if n, err := strconv.ParseUint(s, 10, 64); err == nil {
					choices = append(choices, leaf("term", found.name, n))
				}
			}
		default:
			return wider(exists(f.name))
		}
	}
	if choices == nil {
		return nothing()
	}
	// Ids of other kinds than these are compared in any case by the index alone.
	return part{body: oneOf(choices), wider: found.family() == numberFamily || !isTraceID(v.Text)}
}

// isTraceID reports whether an id is a number, so that its digits stand for the same in either case.
func isTraceID(id string) bool {
	if len(id) == 55 && id[2] == '-' && id[35] == '-' && id[52] == '-' { // a traceparent
		id = id[3:35]
	}
	digits := id
	if len(id) == 36 {
		digits = strings.ReplaceAll(id, "-", "")
	}
	if logs.NormalTrace(id) == 0 || strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
		return false
	}
	_, err := strconv.ParseUint(digits, 10, 64)
	return len(digits) == 16 || len(digits) == 32 || err == nil && digits == id
}

// traceSpellings are the ways in which the trace may be written: 16 or 32
// hexadecimal digits, the latter also with dashes or within a traceparent, and
// decimal. Of 32 digits the last 16 identify it: the first are asked for as they
// are known, else by a pattern, which costs the index a look at all ids.
func traceSpellings(id string) (texts, patterns []string) {
	texts = []string{id}
	if !isTraceID(id) {
		return texts, nil
	}
	n := logs.NormalTrace(id)
	low := fmt.Sprintf("%016x", n)
	texts = append(texts, low, strconv.FormatUint(n, 10))
	const hex = "[0-9a-f]"
	digits := strings.ReplaceAll(id, "-", "")
	if len(id) == 55 { // a traceparent
		digits = id[3:35]
	}
	if len(digits) == 32 {
		for _, high := range []string{digits[:16], strings.Repeat("0", 16)} {
			texts = append(texts, high+low, dashed(high+low))
		}
		return texts, []string{hex + `{2}\-` + digits + `\-` + hex + `{16}\-` + hex + `{2}`}
	}
	patterns = append(patterns,
		hex+"{16}"+low,
		hex+`{8}\-`+hex+`{4}\-`+hex+`{4}\-`+low[:4]+`\-`+low[4:],
		hex+`{2}\-`+hex+"{16}"+low+`\-`+hex+`{16}\-`+hex+`{2}`)
	return texts, patterns
}

// dashed writes 32 digits as a UUID.
func dashed(s string) string {
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
