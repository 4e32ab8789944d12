package query

import (
	"bytes"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
)

// text returns the sifter of a test that any value of the record may pass.
func (t sifters) text(of test) sifter {
	s := t.holding(of)
	if s == nil {
		return nil
	}
	switch {
	case t.JSON != nil:
		j := &jsonJudge{fields: t.JSON, test: of}
		if w, ok := of.(*wordsTest); ok {
			if w, ok := w.text.(*word); ok && isWord(w.text) {
				j.word = w.text
			}
		}
		s.judge = j
	case t.Pairs != nil:
		s.judge = &pairJudge{t.Pairs, of}
	}
	return s
}

// isWord reports whether a word is of ASCII, and short enough to be one whatever stands around it.
func isWord(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return len(s) < maxWord
}

// maxNeedles is up to how many texts it pays to look for one by one.
const maxNeedles = 8

// holding returns a sifter of the records whose bytes hold what every value that
// passes the test does; nil where there is no such thing.
func (t sifters) holding(of test) *textSifter {
	s := &textSifter{format: t.Transparency}
	if !s.look(of) || len(s.needles) > maxNeedles {
		return nil
	}
	if t.MadeNumbers && s.numbers != nil {
		return nil
	}
	if slices.ContainsFunc(s.needles, t.makes) {
		return nil
	}
	return s
}

// textSifter looks for texts in the bytes.
type textSifter struct {
	format  *logs.Transparency
	needles []needle
	numbers *numberTest // numbers that may be spelled otherwise than in needles; nil: none
	digits  []string    // of each, without a point and zeros around: every spelling of less than longNumber bytes has them
	judge   judge       // of the places where a needle stands; nil: they must be decoded
}

// A judge decides what follows for a record from a needle's text at row[from:to].
type judge interface {
	hit(row []byte, from, to int, text string) verdict
}

// look adds what values must hold that pass the test; false where that is not known.
func (s *textSifter) look(of test) bool {
	switch of := of.(type) {
	case textTest:
		return s.look(of.test)
	case *wordsTest:
		return s.words(of)
	case *wildWords:
		return s.patterns(of.of, false)
	case *wildcardTest:
		return s.patterns(of.of, true)
	case *equalTest:
		return s.texts(&of.texts, true) && s.spellings(&of.numbers)
	case matchTest:
		return s.add(literal(of.of.String()))
	}
	return false
}

func (s *textSifter) add(text string, exact bool) bool {
	n, ok := needleOf(text, exact)
	if ok {
		s.needles = append(s.needles, n)
	}
	return ok
}

func (s *textSifter) words(of *wordsTest) bool {
	ok := true
	switch w := of.text.(type) {
	case *word:
		ok = s.add(w.text, false)
	case *phrase:
		ok = s.add(w.long, false)
	case *anyWord:
		ok = s.texts(&w.of, false)
	}
	return ok && s.spellings(&of.numbers) // a truth value is one of the words, too
}

func (s *textSifter) texts(of *set[string], exact bool) bool {
	for _, text := range of.few {
		if !s.add(text, exact) {
			return false
		}
	}
	return of.many == nil
}

func (s *textSifter) patterns(of []pattern, exact bool) bool {
	for i := range of {
		ok := false
		for _, part := range of[i].parts {
			if n, is := needleOf(part, exact); is && (!ok || len(n.text) > len(s.needles[len(s.needles)-1].text)) {
				if ok {
					s.needles = s.needles[:len(s.needles)-1]
				}
				s.needles, ok = append(s.needles, n), true
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// spellings adds the digits that numbers have in all but their odd spellings.
func (s *textSifter) spellings(of *numberTest) bool {
	for _, n := range of.of.few {
		if text := n.digits(); text != "" {
			s.add(text, true)
		}
		s.numbers, s.digits = of, append(s.digits, strings.Trim(strings.ReplaceAll(n.digits(), ".", ""), "0"))
	}
	return of.of.many == nil
}

// maxTries is how many places of a record are looked at before it is decoded.
const maxTries = 16

func (s *textSifter) sift(b *Batch, asked, sure, maybe Bits) {
	b.runs(asked, func(first, last int) {
		for _, n := range s.needles {
			s.run(b, n, first, last, sure, maybe)
		}
		if s.numbers != nil {
			s.odd(b, first, last, maybe)
		}
	})
	if s.format.Escapes || len(s.format.Bytes) > 0 {
		for i, w := range b.doubtful(s.format) {
			maybe[i] |= w & asked[i]
		}
	}
}

// run looks for a needle in the rows from first up to before last.
func (s *textSifter) run(b *Batch, n needle, first, last int, sure, maybe Bits) {
	c := cursor{b, first}
	look := b.search(n, int(b.From[first]), int(b.To[last-1]))
	tries, row := 0, -1
	for pos := look.from; ; {
		from, to, anchor := look.next(pos)
		if anchor == len(look.b) {
			return
		}
		pos = anchor + 1
		at := c.row(from)
		if at < 0 || to > int(b.To[at]) {
			continue
		}
		if at != row {
			row, tries = at, 0
		}
		if s.judge == nil || tries == maxTries {
			maybe.Set(row)
			pos = int(b.To[row])
			continue
		}
		tries++
		start := int(b.From[row])
		switch s.judge.hit(b.row(row), from-start, to-start, n.text) {
		case holds:
			sure.Set(row)
			maybe.Set(row)
			pos = int(b.To[row])
		case mayHold:
			maybe.Set(row)
		}
	}
}

// odd sets rows that may hold one of the numbers in a spelling without its digits.
func (s *textSifter) odd(b *Batch, first, last int, maybe Bits) {
	c := cursor{b, first}
	from, to := int(b.From[first]), int(b.To[last-1])
	for pos := from; ; {
		i, end := oddNumber(b.Bytes[:to], pos)
		if i < 0 {
			return
		}
		pos = end
		row := c.row(i)
		if row < 0 {
			continue
		}
		run := b.Bytes[i:end]
		if len(run) < longNumber && !slices.ContainsFunc(s.digits, func(d string) bool { return hasDigits(run, d) }) {
			continue
		}
		if s.format.JSON == nil || aloneInJSON(b.Bytes, i, end) && s.numbers.spells(run) {
			maybe.Set(row)
		}
	}
}

// hasDigits reports whether digits stand in a text one after another, but for points between them.
func hasDigits(text []byte, digits string) bool {
	for i := 0; i+len(digits) <= len(text); i++ {
		n := 0
		for k := i; k < len(text) && n < len(digits) && (text[k] == digits[n] || text[k] == '.'); k++ {
			if text[k] != '.' {
				n++
			}
		}
		if n == len(digits) {
			return true
		}
	}
	return false
}

// spells reports whether text is one of the numbers.
func (t *numberTest) spells(text []byte) bool { return t.holds(logs.NumberValue(logs.Borrow(text))) }

// aloneInJSON reports whether b[from:to] may be a JSON number, or a whole text.
func aloneInJSON(b []byte, from, to int) bool {
	return from > 0 && to < len(b) && (isBlank(b[from-1]) || holdsByte(`:,["`, b[from-1])) && (isBlank(b[to]) || holdsByte(`,]}"`, b[to]))
}

// skipBlank is the offset of the first byte of b from i on that is no white space as JSON has it.
func skipBlank(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// oneLine reports whether a record's bytes are one line, its end included or not.
func oneLine(row []byte) bool {
	i := bytes.IndexByte(row, '\n')
	return i < 0 || i == len(row)-1
}
