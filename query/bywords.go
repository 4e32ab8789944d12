package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// byWords makes the test for free text and for a field that is compared by words
// in any case: timeout, message:"read timed out", *out*. Of a plain value any
// word suffices, a quoted one is a phrase. A wildcard, cut at white space, matches
// a word or the whole text. A number equals in any spelling, true and false as
// they are. A regular expression is looked for in the text as it is.
func byWords(v Value) test {
	switch v.Kind {
	case Wildcard:
		t := &wildWords{}
		for _, parts := range pieces(v.Parts) {
			for i := range parts {
				parts[i] = fold(parts[i])
			}
			t.of = append(t.of, newPattern(parts))
		}
		return t
	case Regexp:
		return textTest{regexpTest(v.pattern)}
	}
	t := &wordsTest{bools: setOf(v.Alternatives()), numbers: numberTest{v.numbers()}}
	list := Words(v.Text)
	switch {
	case len(list) == 1:
		t.text = newWord(list[0])
	case v.Kind == Quoted && len(list) > 0:
		t.text = newPhrase(list)
	case len(list) > 0:
		t.text = newAnyWord(list)
	default:
		t.text = noWord{}
	}
	return t
}

// Words are the words of a text, in lower case.
func Words(s string) []string {
	s = fold(s)
	var out []string
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		out = append(out, s[from:to])
	}
	return out
}

// wordsTest tells texts from numbers and truth values.
type wordsTest struct {
	text    interface{ in(s string) bool }
	numbers numberTest
	bools   set[string]
}

func (t *wordsTest) holds(v logs.Value) bool {
	switch v.Kind {
	case logs.Text:
		return t.text.in(v.Str)
	case logs.Number:
		return t.numbers.holds(v)
	}
	return t.bools.has(v.Str)
}

// textTest is a test of texts alone.
type textTest struct{ test }

func (t textTest) holds(v logs.Value) bool { return v.Kind == logs.Text && t.test.holds(v) }

// noWord is a text without a word: it is in none.
type noWord struct{}

func (noWord) in(string) bool { return false }

// word is a single word.
type word struct {
	text   string
	anchor anchor
}

func newWord(s string) *word { return &word{s, anchorOf(s)} }

func (w *word) in(s string) bool {
	return !w.anchor.absent(s) && folded(s, w.inFolded)
}

func (w *word) inFolded(s string) bool {
	if !strings.Contains(s, w.text) {
		return false
	}
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		if s[from:to] == w.text {
			return true
		}
	}
	return false
}

// anyWord is any of several words.
type anyWord struct {
	of      set[string]
	anchors []anchor // of each, where they are few enough to look for; else nil
}

func newAnyWord(list []string) *anyWord {
	w := &anyWord{of: setOf(list)}
	for _, s := range w.of.few {
		w.anchors = append(w.anchors, anchorOf(s))
	}
	return w
}

func (w *anyWord) in(s string) bool {
	for i := range w.anchors {
		if !w.anchors[i].absent(s) {
			return folded(s, w.inFolded)
		}
	}
	return w.anchors == nil && folded(s, w.inFolded)
}

func (w *anyWord) inFolded(s string) bool {
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		if w.of.has(s[from:to]) {
			return true
		}
	}
	return false
}

// wildWords is any of several patterns, each of which matches a word, or the whole text.
type wildWords struct{ of []pattern }

func (w *wildWords) holds(v logs.Value) bool {
	if v.Kind != logs.Text {
		return false
	}
	for i := range w.of {
		p := &w.of[i]
		if !p.anchor.absent(v.Str) && folded(v.Str, p.inFolded) {
			return true
		}
	}
	return false
}

// inFolded reports whether the pattern matches a word of s, or all of it.
func (p *pattern) inFolded(s string) bool {
	if !strings.Contains(s, p.long) {
		return false
	}
	if p.match(s) {
		return true
	}
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		if p.match(s[from:to]) {
			return true
		}
	}
	return false
}
