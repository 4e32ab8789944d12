package dsl

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
)

// A levelAsked is what a condition asks of a level: one of some severities, or to be written in some way.
type levelAsked struct {
	severities [25]bool
	value      query.Value // of an Is: how it may be written; else none
	empty      bool        // it may be the empty text
	all        bool        // every way of value, not only those that spell no severity
	strict     bool        // only names of severities count: as fields are read that are not the record's level
}

// levelCondition is what a condition on the level asks, field and all.
func levelCondition(n query.Node) levelAsked {
	var a levelAsked
	q := query.Compile(n, query.Env{})
	for s := range a.severities {
		a.severities[s] = s > 0 && q.Match(&logs.Record{Time: logs.NoTime, Severity: logs.Severity(s)})
	}
	if is, ok := n.(*query.Is); ok {
		a.value = is.Value
		a.empty = literalKind(is.Value) && mayBeEmpty(is.Value)
	}
	return a
}

// anySeverity asks whether a level can be read at all.
func anySeverity() (a levelAsked) {
	for s := logs.Trace; s <= 24; s++ {
		a.severities[s] = true
	}
	return a
}

// texts are the ways of writing it that are asked for beside those of the severities.
func (a levelAsked) texts() (out []string) {
	if literalKind(a.value) {
		for _, s := range a.value.Alternatives() {
			if _, spelled := logs.ParseSeverity(s); s != "" && (a.all || !spelled) {
				out = append(out, s)
			}
		}
	}
	return out
}

// level asks one field for the level, or all candidates of it.
func (t *translator) level(f asked, n query.Node) part {
	a := levelCondition(n)
	if f.levels == nil {
		return t.levelOf(candidate{name: f.name, as: f.as}, a)
	}
	p := t.levels(f.levels, f.at, a)
	if literalKind(a.value) && slices.ContainsFunc(f.levels, func(c candidate) bool { return c.as.Number }) {
		// The number decides about the severity; the text may be asked for all the same.
		texts := slices.DeleteFunc(slices.Clone(f.levels), func(c candidate) bool { return c.as.Number })
		if len(texts) > 0 {
			q := t.levels(texts, f.at, levelAsked{value: a.value, all: true})
			p = part{anyOf(p.body, q.body), p.wider || q.wider, p.misses || q.misses}
		}
	}
	return p
}

// anyLevel asks for the records that have a level.
func (t *translator) anyLevel(f asked) part {
	var choices list
	for _, c := range append(f.levels, candidate{name: f.name}) {
		if c.name != "" {
			choices = append(choices, t.within(c.name, f.at, exists(c.name)))
		}
	}
	return wider(oneOf(choices))
}

// levels puts a condition to the candidates of the level, of which the first counts
// that can be read; but that of the very name, if there is one, whatever it holds.
func (t *translator) levels(cs []candidate, at place, a levelAsked) part {
	// Of several that cannot be read only the first is the level as it is written.
	out := part{wider: len(cs) > 1 && (len(a.texts()) > 0 || !literalKind(a.value))}
	var choices, before list
	for i, c := range cs {
		p := t.levelOf(c, a)
		if c.own {
			p = t.orEmpty(c, a, t.ownLevel(c, a, p))
		}
		out.wider = out.wider || p.wider
		p.body = t.within(c.name, at, p.body)
		if len(before) > 0 {
			p.body = object{"bool": object{"filter": list{p.body}, "must_not": slices.Clone(before)}}
		}
		choices = append(choices, p.body)
		if i == len(cs)-1 {
			break
		}
		blocks := exact(t.hasValue(c.name))
		if !c.own {
			blocks = t.levelOf(c, anySeverity())
		}
		out.wider = out.wider || blocks.wider
		if !blocks.wider {
			before = append(before, t.within(c.name, at, blocks.body))
		}
	}
	out.body = oneOf(choices)
	return out
}

// ownLevel asks the field of the very name that was asked for, which p asks as the
// record's level: where one is read that comes before it, it is another field.
func (t *translator) ownLevel(c candidate, a levelAsked, p part) part {
	var before list
	for _, other := range t.mapping.coreCandidates(logs.CoreLevel) {
		if other.name == c.name {
			break
		}
		if !other.as.Number {
			blocks := t.levelOf(other, anySeverity())
			p.wider = p.wider || blocks.wider
			before = append(before, blocks.body)
		}
	}
	if before == nil {
		return p
	}
	a.strict = true
	strict := t.levelOf(c, a)
	return part{anyOf(allOf(p.body, noneOf(oneOf(before))), allOf(strict.body, oneOf(before))), p.wider || strict.wider, p.misses || strict.misses}
}

// orEmpty adds the records in which the very field that was asked for is empty, if that was.
func (t *translator) orEmpty(c candidate, a levelAsked, p part) part {
	if f, ok := t.mapping.whole(c.name); ok && a.empty {
		if empty := leaf("term", f.name, ""); isNothing(p) {
			p.body = empty
		} else {
			p.body = anyOf(p.body, empty)
		}
	}
	return p
}

func (t *translator) levelOf(c candidate, a levelAsked) part {
	found, _ := t.mapping.named(c.name)
	if found.family() == textFamily {
		if sub, ok := t.mapping.subfield(c.name, keywordFamily); ok {
			found = sub
		}
	}
	switch found.family() {
	case keywordFamily:
		if values, known := t.mapping.Values[found.name]; known && a.value.Kind != query.Wildcard && usable("", a.value) {
			return levelTerms(found, c.as, a, values)
		}
		return levelKeyword(found, c.as, a)
	case numberFamily:
		return levelNumber(found, c.as, a)
	case textFamily:
		if pattern := levelPattern(c.as, a); pattern != "" && usable(pattern, a.value) {
			return wider(leaf("regexp", found.name, object{"value": strings.ToLower(pattern), "case_insensitive": true}))
		}
	}
	return wider(exists(found.name))
}

// usable reports whether an index can be asked for the level by the pattern.
func usable(pattern string, v query.Value) bool {
	return len(pattern) <= maxLuceneRegexp && !strings.ContainsFunc(pattern+v.Text, notASCII) && v.Kind != query.Regexp &&
		!(v.Kind == query.Wildcard && strings.ContainsFunc(v.Text, unicode.IsSpace))
}

// levelKeyword asks with one pattern for all spellings: a clause for each would
// soon be more than a server takes.
func levelKeyword(f form, as format.CoreName, a levelAsked) part {
	pattern := levelPattern(as, a)
	switch {
	case !usable(pattern, a.value):
		return wider(exists(f.name))
	case a.value.Kind == query.Wildcard:
		written := leaf("wildcard", f.name, object{"value": wildcard(a.value.Parts), "case_insensitive": true})
		if pattern == "" {
			return exact(written)
		}
		return exact(anyOf(levelRegexp(f, pattern), written))
	case pattern == "":
		return nothing()
	}
	return exact(levelRegexp(f, pattern))
}

func levelRegexp(f form, pattern string) any {
	return leaf("regexp", f.name, object{"value": pattern, "case_insensitive": true})
}

// levelTerms asks for the spellings among the values that the field has, and for the
// usual ones, which may come.
func levelTerms(f form, as format.CoreName, a levelAsked, values []string) part {
	asked := map[string]bool{}
	try := func(texts ...string) {
		for _, s := range texts {
			if a.wants(as, s) || slices.ContainsFunc(a.texts(), func(t string) bool { return strings.EqualFold(s, t) }) {
				asked[s] = true
			}
		}
	}
	try(values...)
	for _, s := range append(logs.Spellings(), a.texts()...) {
		try(s, strings.ToLower(s), strings.ToUpper(s), strings.ToUpper(s[:1])+strings.ToLower(s[1:]))
	}
	for c := 'a'; c <= 'z'; c++ {
		try(string(c), strings.ToUpper(string(c)))
	}
	for n := range 100 {
		try(strconv.Itoa(n))
	}
	if len(asked) == 0 {
		return nothing()
	}
	return exact(object{"terms": object{f.name: asList(slices.Sorted(maps.Keys(asked)))}})
}

// wants reports whether a text, which stands where there is that name, is a level that is asked for.
func (a levelAsked) wants(as format.CoreName, text string) bool {
	s, ok := as.Severity(text)
	if a.strict {
		s, ok = logs.ParseSeverity(text)
	}
	return ok && a.severities[min(s, 24)]
}

// levelPattern is a Lucene pattern for the ways to write what is asked for, "" where there is none.
func levelPattern(as format.CoreName, a levelAsked) string {
	var words, letters, whole []string
	wanted := func(text string) bool { return a.wants(as, text) }
	for _, s := range logs.Spellings() {
		if wanted(s) {
			words = append(words, s)
		}
	}
	for c := 'a'; c <= 'z' && as.Words() && !a.strict; c++ {
		if wanted(string(c)) {
			letters = append(letters, string(c)+strings.ToUpper(string(c)))
		}
	}
	for _, r := range levelNumbers(as, a) {
		whole = append(whole, decimals(r)...)
	}
	for _, s := range a.texts() {
		whole = append(whole, luceneEscapes.Replace(s))
	}
	switch {
	case len(words) > 0 && as.Words() && !a.strict:
		of := "(" + prefixes + ")?(" + strings.Join(words, "|") + ")"
		if letters != nil {
			of += "|[" + strings.Join(letters, "") + "]"
		}
		if wanted("D1") {
			of += "|d[0-9]"
		}
		whole = append([]string{around + "(" + of + ")" + around}, whole...)
	case len(words) > 0:
		whole = append(words, whole...)
	}
	return strings.Join(whole, "|")
}

// What may stand around the word of a level: brackets, and the escape sequences of
// colours; before it the name of its type, of which the usual ones are asked for: any
// other would make the pattern ten times as slow.
const (
	around   = "([ \t\\[\\]\\<\\>\\(\\):]|\x1b\\[[0-9;]*m)*"
	prefixes = "(log)?(level|severity)[._]"
)

// decimals are patterns for the numbers of a range that are below a hundred: 5, 3[0-9], 6[3-7].
func decimals(r numberRange) (out []string) {
	for tens := range 10 {
		from, to := max(r.from, tens*10), min(r.to, tens*10+9)
		if from > to {
			continue
		}
		s := strings.TrimPrefix(strconv.Itoa(tens), "0")
		if from == to {
			s += strconv.Itoa(from % 10)
		} else {
			s += "[" + strconv.Itoa(from%10) + "-" + strconv.Itoa(to%10) + "]"
		}
		out = append(out, s)
	}
	return out
}

// notASCII: any case is for ASCII alone, in the index.
func notASCII(r rune) bool { return r >= 0x80 }

// A numberRange is numbers that stand for severities.
type numberRange struct{ from, to int }

// levelNumbers are the numbers that stand for what is asked for.
func levelNumbers(as format.CoreName, a levelAsked) (out []numberRange) {
	if a.strict {
		return nil
	}
	for _, s := range levelSteps(as) {
		if !a.severities[s.severity] {
			continue
		}
		if n := len(out); n > 0 && out[n-1].to == s.from-1 {
			out[n-1].to = s.to
			continue
		}
		out = append(out, s.numberRange)
	}
	return out
}

// A levelStep is a run of numbers that stand for one severity.
type levelStep struct {
	numberRange
	severity logs.Severity
}

var levelStepsOf sync.Map // by format.CoreName

// levelSteps are all numbers that stand for severities where they have that name.
func levelSteps(as format.CoreName) []levelStep {
	if known, ok := levelStepsOf.Load(as); ok {
		return known.([]levelStep)
	}
	var out []levelStep
	for n := range 60_000 { // the largest is Logback's
		s, ok := as.Severity(strconv.Itoa(n))
		if !ok || s > 24 {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].severity == s && out[last].to == n-1 {
			out[last].to = n
			continue
		}
		out = append(out, levelStep{numberRange{n, n}, s})
	}
	levelStepsOf.Store(as, out)
	return out
}

// levelNumber asks a field of numbers.
func levelNumber(f form, as format.CoreName, a levelAsked) part {
	var choices list
	for _, r := range levelNumbers(as, a) {
		least, most := parsed(r.from), parsed(r.to)
		if least.fits(f.Type) > 0 {
			continue
		}
		bounds := object{"gte": r.from}
		if most.fits(f.Type) == 0 {
			bounds["lte"] = r.to
		}
		choices = append(choices, leaf("range", f.name, bounds))
	}
	p := part{wider: !isWhole(f.Type) || a.value.Kind == query.Wildcard || a.value.Kind == query.Regexp}
	if p.wider && a.value.Kind >= query.Wildcard {
		return wider(exists(f.name))
	}
	if texts := a.texts(); texts != nil {
		if q := byNumber(f, a.value); !isNothing(q) {
			choices = append(choices, q.body)
			p.wider = p.wider || q.wider
		}
	}
	if p.body = oneOf(choices); choices == nil {
		p.body = matchNone()
	}
	return p
}

func parsed(n int) number {
	out, _ := parseNumber(strconv.Itoa(n))
	return out
}
