package query

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// A pair is one word of a line of key=value pairs.
type pair struct {
	from, key    int  // the key, up to before key
	value, end   int  // the value without its quotes; 0: there is none
	quoted, open bool // open: the quote is not closed
}

// nextPair reads the pair behind blanks from line[i] on, and returns the offset
// behind it. At the line's end its key is empty.
func nextPair(line []byte, i int) (p pair, next int) {
	for i < len(line) && line[i] <= ' ' {
		i++
	}
	p.from = i
	for i < len(line) && line[i] > ' ' && line[i] != '=' {
		i++
	}
	p.key = i
	if i == len(line) || line[i] != '=' {
		return p, i
	}
	if i++; i < len(line) && line[i] == '"' {
		p.quoted, p.value = true, i+1
		for i++; i < len(line) && line[i] != '"'; i++ {
			if line[i] == '\\' {
				i++
			}
		}
		p.end = min(i, len(line))
		p.open = i >= len(line)
		return p, min(i+1, len(line))
	}
	p.value = i
	for i < len(line) && line[i] > ' ' {
		i++
	}
	p.end = i
	return p, i
}

// pairAt returns the pair that line[at] is in, with the line begun at its start.
func pairAt(line []byte, at int) (p pair, ok bool) {
	for i := 0; i < len(line); {
		p, i = nextPair(line, i)
		if at < i {
			return p, at >= p.from
		}
	}
	return p, false
}

// pairValue is the value of a pair; false where it has escapes, or is none.
func pairValue(f *logs.PairFields, line []byte, p pair) (logs.Value, bool) {
	text := line[p.value:p.end]
	switch {
	case p.value == 0 || p.open || p.quoted && bytes.IndexByte(text, '\\') >= 0:
		return logs.Value{}, false
	case p.quoted:
		return logs.TextValue(logs.Borrow(text)), true
	}
	return logs.Value{Kind: f.Kind(text), Str: logs.Borrow(text)}, true
}

const (
	maxPairs      = 1900     // bytes of a line that has less pairs than a format takes apart
	byteOrderMark = "\ufeff" // which formats pass over
)

// pairJudge decides what a place means at which a needle of a test stands in a line of pairs.
type pairJudge struct {
	fields *logs.PairFields
	test   test
}

func (j *pairJudge) hit(row []byte, from, _ int, _ string) verdict {
	if len(row) > maxPairs || !oneLine(row) || row[0] == byteOrderMark[0] {
		return mayHold
	}
	p, ok := pairAt(row, from)
	switch {
	case !ok || p.value == 0:
		return mayHold
	case from < p.key:
		return fails
	case from < p.value:
		return mayHold
	}
	v, ok := pairValue(j.fields, row, p)
	if !ok || j.fields.Hidden(row[p.from:p.key]) {
		return mayHold
	}
	if is := j.test.holds(v); v.Kind == logs.Text || is == j.test.holds(logs.TextValue(v.Str)) { // a core field is a text
		return verdictOf(is)
	}
	return mayHold
}

// lookPairs is look for a line of pairs; from is where the name stands in row.
func (s *fieldSifter) lookPairs(row []byte, from int, f *seen) {
	if from > maxPairs || row[0] == byteOrderMark[0] {
		f.unclear = true
		return
	}
	if from > 0 && row[from-1] > ' ' && row[from-1] != '"' {
		return // within a word
	}
	end := from + len(s.name)
	if end < len(row) && row[end] > ' ' && row[end] != '=' {
		return // another key
	}
	line := row
	if n := bytes.IndexByte(row, '\n'); n >= 0 {
		if line = row[:n]; from > n {
			return
		}
	}
	var p pair
	if bytes.IndexByte(line[:from], '"') < 0 {
		p, _ = nextPair(line, from)
	} else if p, _ = pairAt(line, from); p.from != from {
		return // within a text
	}
	v, ok := pairValue(s.format.Pairs, line, p)
	if !ok {
		f.unclear = true
		return
	}
	f.members++
	f.value = v
	f.passed = f.passed || s.core == logs.CoreNone && s.test.holds(v)
}
