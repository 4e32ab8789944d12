package query

import (
	"regexp"
	"strings"
	"unicode"
)

// Substring holds where text, in any case, stands anywhere in the body or another
// text of a record: *text*, and /(?i)read time/ of one with white space, at which
// a wildcard would be cut. Of "" it is everything. A text that is too long for a
// regular expression is asked for word by word.
func Substring(text string) Node {
	if text == "" {
		return &Everything{}
	}
	if strings.IndexFunc(text, unicode.IsSpace) < 0 {
		return &Text{Value: within(text)}
	}
	pattern := "(?i)" + escapedPattern(text)
	var budget regexpBudget
	re, err := budget.compile(pattern)
	if err != nil {
		var words []Node
		for _, w := range strings.Fields(text) {
			words = append(words, &Text{Value: within(w)})
		}
		return All(words)
	}
	return &Text{Value: Value{Kind: Regexp, Text: pattern, pattern: re}}
}

// SubstringOf is the text that n is the Substring of; false where it is none.
func SubstringOf(n Node) (string, bool) {
	t, ok := n.(*Text)
	if !ok {
		return "", false
	}
	text := ""
	switch v := t.Value; v.Kind {
	case Wildcard:
		if len(v.Parts) != 3 {
			return "", false
		}
		text = v.Parts[1]
	case Regexp:
		if text, ok = strings.CutPrefix(v.Text, "(?i)"); !ok {
			return "", false
		}
		text = unescapedPattern(text)
	}
	return text, text != "" && Substring(text).String() == n.String()
}

// Escapes of a pattern beside those of special characters: a slash would end it,
// and a blank before "and" or "or" make plain text of it.
var (
	patternEscapes = strings.NewReplacer(`/`, `\/`, "\t", `\t`, "\r", `\r`, "\n", `\n`, "\u00a0", `\x{a0}`)
	blankEscape    = strings.NewReplacer(" ", `\x20`)
)

func escapedPattern(text string) string {
	text = patternEscapes.Replace(regexp.QuoteMeta(text))
	if hasConjunction(text) {
		text = blankEscape.Replace(text)
	}
	return text
}

// hasConjunction reports whether a blank with "and" or "or" behind it stands in s.
func hasConjunction(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, " and") || strings.Contains(s, " or")
}

var patternUnescapes = strings.NewReplacer(`\\`, `\`, `\x20`, " ", `\t`, "\t", `\r`, "\r", `\n`, "\n", `\x{a0}`, "\u00a0", `\`, "")

func unescapedPattern(s string) string { return patternUnescapes.Replace(s) }
