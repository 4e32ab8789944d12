package query

import "github.com/lxlog/lx/logs"

// A Sieve tells by the bytes and columns of many records of one format at once
// for which of them a query holds, and about which only decoding tells. It is
// safe for any number of goroutines.
//
// What it says of a record is what Match says of the record decoded, never more.
type Sieve struct{ root sifter }

// Sieve returns the query's sieve for records of a format; nil where nothing can be told without decoding.
func (q *Query) Sieve(f logs.Format) *Sieve {
	open, ok := f.(logs.Transparent)
	if !ok {
		return nil
	}
	t := open.Transparency()
	if t == nil {
		return nil
	}
	root := sifters{t}.of(q.root)
	if root == nil {
		return nil
	}
	return &Sieve{root}
}

// Sift sets the rows of asked for which the query holds in sure, and in maybe
// these and those that must be decoded to know. Both are as long as asked.
func (s *Sieve) Sift(b *Batch, asked, sure, maybe Bits) {
	clear(sure)
	clear(maybe)
	s.root.sift(b, asked, sure, maybe)
}

// A sifter is a condition that can be told of many records at once.
type sifter interface {
	// sift adds to maybe those rows of asked for which the condition may hold, and
	// to sure, of these, those for which it does. Both come empty.
	sift(b *Batch, asked, sure, maybe Bits)
}

// sifters makes the sifters of a query for one format.
type sifters struct{ *logs.Transparency }

// of returns the sifter of a condition; nil where it can tell nothing.
func (t sifters) of(m matcher) sifter {
	switch m := m.(type) {
	case always:
		return everyRow{}
	case allOf:
		s := &allSifter{}
		s.of, s.rest = t.each(m)
		return orNil(s, len(s.of))
	case anyOf:
		s := &anySifter{}
		s.of, s.rest = t.each(m)
		return orNil(s, len(s.of))
	case notOf:
		if of := t.of(m.of); of != nil {
			return &notSifter{of}
		}
	case *textMatcher:
		return t.text(m.test)
	case *fieldMatcher:
		return t.field(m.name, m.test)
	case *coreMatcher:
		return t.field(m.name, m.test)
	case *existsMatcher:
		return t.exists(m)
	}
	return nil
}

func orNil(s sifter, n int) sifter {
	if n == 0 {
		return nil
	}
	return s
}

// each returns the sifters of those conditions that have one; rest: there are others.
func (t sifters) each(of []matcher) (list []sifter, rest bool) {
	for _, m := range of {
		if s := t.of(m); s != nil {
			list = append(list, s)
		} else {
			rest = true
		}
	}
	return list, rest
}

// everyRow holds for every record.
type everyRow struct{}

func (everyRow) sift(_ *Batch, asked, sure, maybe Bits) {
	copy(sure, asked)
	copy(maybe, asked)
}

// allSifter is an And. What is out by one condition is not asked of the next.
type allSifter struct {
	of   []sifter
	rest bool // there are conditions of which nothing is known
}

func (a *allSifter) sift(b *Batch, asked, sure, maybe Bits) {
	copy(maybe, asked)
	if !a.rest {
		copy(sure, asked)
	}
	s, m := b.borrow()
	defer b.giveBack()
	for _, of := range a.of {
		clear(s)
		clear(m)
		of.sift(b, maybe, s, m)
		copy(maybe, m)
		sure.And(s)
		if !maybe.any() {
			return
		}
	}
}

// anySifter is an Or. What is sure by one condition is not asked of the next.
type anySifter struct {
	of   []sifter
	rest bool
}

func (a *anySifter) sift(b *Batch, asked, sure, maybe Bits) {
	s, m := b.borrow()
	defer b.giveBack()
	left, _ := b.borrow()
	defer b.giveBack()
	copy(left, asked)
	for _, of := range a.of {
		clear(s)
		clear(m)
		of.sift(b, left, s, m)
		sure.Or(s)
		maybe.Or(m)
		left.AndNot(s)
		if !left.any() {
			return
		}
	}
	if a.rest {
		maybe.Or(left)
	}
}

// notSifter is a Not: what the condition may hold for is not sure, what it surely holds for is out.
type notSifter struct{ of sifter }

func (n *notSifter) sift(b *Batch, asked, sure, maybe Bits) {
	s, m := b.borrow()
	defer b.giveBack()
	clear(s)
	clear(m)
	n.of.sift(b, asked, s, m)
	copy(sure, asked)
	sure.AndNot(m)
	copy(maybe, asked)
	maybe.AndNot(s)
}

// narrowed is a condition that holds only for rows for which another may hold.
type narrowed struct{ by, of sifter }

func (n *narrowed) sift(b *Batch, asked, sure, maybe Bits) {
	s, m := b.borrow()
	defer b.giveBack()
	clear(s)
	clear(m)
	n.by.sift(b, asked, s, m)
	if m.any() {
		n.of.sift(b, m, sure, maybe)
	}
}
