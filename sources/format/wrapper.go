package format

import (
	"github.com/lxlog/lx/logs"
)

// A wrapper is a layout around another: what a container runtime writes around
// each line of a program. Whether a line begins a record is for the text inside
// to say. Its scan fills time, tag and partial and hands the text to scanInner.
type wrapper interface {
	layout

	// unwrap returns the text inside a line, which may live in the scanner's
	// scratch; false where the line is none of the wrapper's.
	unwrap(line []byte, s *scanner) (piece, bool)

	// wrap lays over r, which the text inside has filled, what the wrapper itself says in the record's first line.
	wrap(line []byte, s *scanner, r *logs.Record)
}

// piece is one wrapped line.
type piece struct {
	text    []byte
	tag     uint8 // which of the interleaved streams; never 0
	partial bool  // the next line of the tag goes on where this one ends
	time    stamp // the wrapper's own; a text inside keeps its time as a field
}

// Tags of the streams that container runtimes interleave.
const (
	criOut uint8 = 1 + iota
	criErr
	dockerOut
	dockerErr
)

func (t *set) isWrapper(n uint8) bool { return t.wraps[n] != nil }

// scanInner reads the core columns of the text inside a wrapper, whose own time wins.
func (s *scanner) scanInner(text []byte, f *fields) {
	in := &s.inner
	n := s.layouts.scanInside(firstLine(text), s, in)
	f.inner, f.shape = n, in.shape
	f.severity, f.service, f.trace, f.traces = in.severity, in.service, in.trace, in.traces
	if n == 0 {
		scanTraces(text, f)
	}
	if !f.time.ok {
		f.time = in.time
	}
}

// scanInside finds the layout of the text inside a wrapper. A wrapper in a wrapper is text.
func (t *set) scanInside(text []byte, s *scanner, f *fields) (layout uint8) {
	*f = fields{}
	switch {
	case len(text) == 0:
		f.shape = shapeBlank
		return 0
	case s.inside:
		f.shape = shapeText
		return 0
	}
	if t.within != nil {
		t = t.within
	}
	s.inside = true
	s.forget()
	n := t.scan(text, s, f)
	s.inside = false
	s.forget()
	if t.isWrapper(n) {
		*f = fields{shape: shapeText}
		return 0
	}
	return n
}

// decodeWrapped decodes a record of w: the text of its lines, joined, as the format inside has it.
// Lines of other tags between them are other records'.
func decodeWrapped(w wrapper, t *set, raw []byte, r *logs.Record) {
	s := borrowScanner()
	defer s.giveBack()
	first, rest := cutLine(raw)
	p, ok := w.unwrap(first, s)
	if !ok {
		plainLayout.Decode(raw, r)
		return
	}
	tag, b, outer := p.tag, r.Scratch(), p.time
	from := len(b)
	b = append(b, p.text...)
	for whole := !p.partial; len(rest) > 0; whole = !p.partial {
		var line []byte
		line, rest = cutLine(rest)
		next, ok := w.unwrap(line, s)
		if !ok || next.tag != tag {
			continue
		}
		if p = next; whole {
			b = append(b, '\n')
		}
		b = append(b, p.text...)
	}
	r.SetScratch(b)
	text := b[from:len(b):len(b)]
	n := t.scanInside(firstLine(text), s, &s.inner)
	r.Time, r.Guessed = outer.time(), outer.guessed()
	t.list[n].Decode(text, r)
	r.Raw, r.Format = raw, t.name(formatID(uint8(t.numbers[w.Name()]), n))
	w.wrap(first, s, r)
}
