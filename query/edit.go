package query

import "slices"

// Trees made here share nodes with those that they are made of, whose spans are
// of other texts: where spans are needed, parse what the new tree prints.

// Conditions are those that must all hold for n to hold, in the order of its
// text: a and b of "a and b", n itself where it is no And, none of everything.
func Conditions(n Node) []Node {
	switch n := n.(type) {
	case nil, *Everything:
		return nil
	case *And:
		var out []Node
		for _, c := range n.Nodes {
			out = append(out, Conditions(c)...)
		}
		return out
	}
	return []Node{n}
}

// All is the tree that holds where all of the conditions do; of none, everything.
func All(conditions []Node) Node {
	switch len(conditions) {
	case 0:
		return &Everything{}
	case 1:
		return conditions[0]
	}
	return &And{Nodes: conditions}
}

// With is n and cond; nil is everything. A condition that n has is not repeated,
// and one that says the contrary of cond gives way to it.
func With(n, cond Node) Node {
	conditions := Conditions(n)
	for _, add := range Conditions(cond) {
		text, contrary := add.String(), negate(add).String()
		conditions = slices.DeleteFunc(conditions, func(c Node) bool { return c.String() == contrary })
		if !slices.ContainsFunc(conditions, func(c Node) bool { return c.String() == text }) {
			conditions = append(conditions, add)
		}
	}
	return All(conditions)
}

// Without is n and not cond, under the rules of With.
func Without(n, cond Node) Node { return With(n, negate(cond)) }

func negate(n Node) Node {
	if not, ok := n.(*Not); ok {
		return not.Node
	}
	return &Not{Node: n}
}

// Drop is n without the i-th of its Conditions; n where it has no such.
func Drop(n Node, i int) Node {
	conditions := Conditions(n)
	if i < 0 || i >= len(conditions) {
		return n
	}
	return All(slices.Delete(conditions, i, i+1))
}

// Replace is n with the i-th of its Conditions replaced; n where it has no such.
func Replace(n Node, i int, by Node) Node {
	conditions := Conditions(n)
	if i < 0 || i >= len(conditions) {
		return n
	}
	conditions[i] = by
	return All(conditions)
}
