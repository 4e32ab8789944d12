package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// coreTold tells of a core field of records in which no attribute has the name that was asked for.
type coreTold struct {
	format *logs.Transparency
	core   logs.Core
	test   test
	own    coreTest // test, where the core field is the level or the time
	texts  []needle // of a test of levels: one of them stands in every level's text that it holds for; nil: not known
}

func (t sifters) coreOf(name string, of test) coreTold {
	c := coreTold{format: t.Transparency, core: logs.CoreOf(name), test: of}
	c.own, _ = of.(coreTest)
	if l, ok := of.(*levelTest); ok && l.patterns == nil {
		c.texts = t.levels(l.texts)
	}
	return c
}

// levels returns needles one of which stands wherever one of the texts does, in
// any case; nil where there are none. Beside the letters that needles know of,
// one beyond ASCII folds to s here.
func (t sifters) levels(texts []string) []needle {
	var out []needle
	for _, text := range texts {
		longest := ""
		for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r|0x20 == 's' }) {
			if len(part) > len(longest) {
				longest = part
			}
		}
		n, ok := needleOf(longest, false)
		if !ok || t.makes(n) || len(out) == maxNeedles {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// makes reports whether the format makes text with a needle in it.
func (t sifters) makes(n needle) bool {
	for _, made := range t.Made {
		if (&Batch{Bytes: []byte(made)}).has(needle{text: fold(n.text)}, 0, len(made)) {
			return true
		}
	}
	return t.MadeNumbers && strings.Trim(n.text, "0123456789") == ""
}

// has reports whether a needle stands in b.Bytes[from:to].
func (b *Batch) has(n needle, from, to int) bool {
	s := b.search(n, from, to)
	_, _, anchor := s.next(from)
	return anchor < to
}

// told is what follows for a row of the batch.
func (c *coreTold) told(b *Batch, row int) verdict {
	i := int(b.Rows[row])
	switch c.core {
	case logs.CoreService:
		if name, ok := b.Columns.Service(i); ok {
			return verdictOf(name != "" && c.test.holds(logs.TextValue(name)))
		}
	case logs.CoreTime:
		if c.own == nil {
			return fails // it is no value
		}
		b.record = logs.Record{Time: b.Columns.Time(i)}
		return verdictOf(c.own.core(&b.record))
	case logs.CoreLevel:
		return c.level(b, row)
	case logs.CoreTrace:
		if t, ok := c.test.(*traceTest); ok && t.hashed && !t.mayBe(b.Columns.Trace(i)) {
			return fails
		}
	}
	return mayHold
}

func (c *coreTold) level(b *Batch, row int) verdict {
	if c.own == nil {
		return mayHold
	}
	b.record = logs.Record{Severity: b.Columns.Severity(int(b.Rows[row]))}
	if c.own.core(&b.record) {
		return holds
	}
	if o, ok := c.own.(*levelOrder); ok && o.least != 0 {
		return fails
	}
	for _, n := range c.texts {
		if b.has(n, int(b.From[row]), int(b.To[row])) {
			return mayHold
		}
	}
	if c.texts == nil {
		return mayHold
	}
	return fails
}

// coreSifter is a test of a core field in a format whose attributes never have its names.
type coreSifter struct{ coreTold }

func (s *coreSifter) sift(b *Batch, asked, sure, maybe Bits) {
	for row := range asked.Rows() {
		switch s.told(b, row) {
		case holds:
			sure.Set(row)
			maybe.Set(row)
		case mayHold:
			maybe.Set(row)
		}
	}
	if s.core == logs.CoreLevel && s.format.Escapes {
		for i, w := range b.doubtful(s.format) {
			maybe[i] |= w & asked[i]
		}
	}
}
