package query

// Simplify returns a tree that holds for the same records and has less to it:
// lists within lists of the same kind are one, a not of a not is gone, what holds
// for everything or for nothing is folded into what is around it, and of equal
// conditions in a list one is left. Nodes that stay as they are are shared with n.
func Simplify(n Node) Node {
	switch n := n.(type) {
	case *Text:
		if n.Value.Star() {
			return &Everything{n.Pos}
		}
	case *Not:
		of := Simplify(n.Node)
		if inner, ok := of.(*Not); ok {
			return inner.Node
		}
		return &Not{of, n.Pos}
	case *Nested:
		return &Nested{n.Field, Simplify(n.Node), n.Pos}
	case *And:
		nodes, nothing := simplifyList(n.Nodes, func(n Node) ([]Node, bool) {
			and, ok := n.(*And)
			if !ok {
				return nil, false
			}
			return and.Nodes, true
		}, isEverything, isNothing)
		return joined(nodes, nothing, &Everything{n.Pos}, func() Node { return &And{nodes, n.Pos} })
	case *Or:
		nodes, everything := simplifyList(n.Nodes, func(n Node) ([]Node, bool) {
			or, ok := n.(*Or)
			if !ok {
				return nil, false
			}
			return or.Nodes, true
		}, isNothing, isEverything)
		return joined(nodes, everything, &Not{&Everything{n.Pos}, n.Pos}, func() Node { return &Or{nodes, n.Pos} })
	}
	return n
}

func isEverything(n Node) bool {
	_, ok := n.(*Everything)
	return ok
}

func isNothing(n Node) bool {
	not, ok := n.(*Not)
	return ok && isEverything(not.Node)
}

// simplifyList simplifies the nodes of a list, opens those that are lists of its
// kind, and leaves out what changes nothing, and repetitions. decided is a node
// that alone decides about the list.
func simplifyList(nodes []Node, open func(Node) ([]Node, bool), idle, decides func(Node) bool) (out []Node, decided Node) {
	seen := map[string]bool{}
	add := func(n Node) {
		if key := n.String(); !idle(n) && !seen[key] {
			seen[key] = true
			out = append(out, n)
		}
	}
	for _, n := range nodes {
		n = Simplify(n)
		if decides(n) {
			return nil, n
		}
		within, ok := open(n)
		if !ok {
			add(n)
		}
		for _, n := range within {
			add(n)
		}
	}
	return out, nil
}

// joined is the simplest node for a simplified list.
func joined(nodes []Node, decided, empty Node, list func() Node) Node {
	switch {
	case decided != nil:
		return decided
	case len(nodes) == 0:
		return empty
	case len(nodes) == 1:
		return nodes[0]
	}
	return list()
}
