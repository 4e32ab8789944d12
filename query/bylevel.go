package query

import (
	"regexp"
	"strings"

	"github.com/lxlog/lx/logs"
)

// A levelTest decides about a level: level:ERROR, level:(warn or 30), level:W*.
// It holds where the text is what is asked for, in any case, or where that spells
// a severity: one that is a level's lowest (ERROR, 17) stands for the whole
// level, any other (notice, 10) for itself.
type levelTest struct {
	texts      []string
	severities [logs.Levels*4 + 1]bool
	patterns   test // of a wildcard or a regular expression, for texts in lower case; else nil
}

func byLevel(v Value) *levelTest {
	t := &levelTest{}
	switch v.Kind {
	case Wildcard:
		parts := make([]string, len(v.Parts))
		for i, s := range v.Parts {
			parts[i] = fold(s)
		}
		t.patterns = byWhole(Value{Kind: Wildcard, Parts: parts})
		return t
	case Regexp:
		re, err := regexp.Compile("(?i:" + v.Text + ")")
		if err != nil {
			re = v.pattern
		}
		t.patterns = regexpTest(re)
		return t
	}
	t.texts = v.Alternatives()
	for _, s := range t.texts {
		severity, ok := logs.ParseSeverity(s)
		if !ok {
			continue
		}
		t.severities[severity] = true
		if severity == severity.Level().Base() {
			for step := range logs.Severity(4) {
				t.severities[severity+step] = true
			}
		}
	}
	return t
}

// core decides about the level of a record.
func (t *levelTest) core(r *logs.Record) bool {
	if r.Severity == 0 && r.SeverityText == "" {
		return false
	}
	if t.patterns != nil {
		return r.SeverityText != "" && t.pattern(r.SeverityText) || r.Severity != 0 && t.pattern(r.Severity.String())
	}
	return r.Severity != 0 && t.severities[min(r.Severity, 24)] || r.SeverityText != "" && t.text(r.SeverityText)
}

// holds decides about a further field that has a level's name.
func (t *levelTest) holds(v logs.Value) bool {
	if t.patterns != nil {
		return t.pattern(v.Str)
	}
	severity, ok := logs.ParseSeverity(v.Str)
	return ok && t.severities[severity] || t.text(v.Str)
}

func (t *levelTest) text(s string) bool {
	for _, want := range t.texts {
		if strings.EqualFold(s, want) {
			return true
		}
	}
	return false
}

func (t *levelTest) pattern(s string) bool {
	return folded(s, func(s string) bool { return t.patterns.holds(logs.TextValue(s)) })
}
