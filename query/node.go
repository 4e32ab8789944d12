package query

// A Node is a condition on records, and the tree below it.
//
// The kinds of node are those of this package: [And], [Or], [Not], [Everything],
// [Text], [Is], [Exists], [Compare] and [Nested]. Trees are not changed once made.
type Node interface {
	// String is a short text that parses to the same tree.
	String() string
	// Span is where the node stands in the text that it was parsed from: byte
	// offsets of its first byte and behind its last. Both are 0 in a tree made by hand.
	Span() (from, to int)

	// strength is how tightly the node's text holds together.
	strength() strength
	write(p *printer)
	bind(s scope) matcher
}

// Pos is a range of bytes in the text of a query.
type Pos struct{ From, To int }

// Span returns the range.
func (p Pos) Span() (from, to int) { return p.From, p.To }
