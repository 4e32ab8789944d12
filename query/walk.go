package query

import "slices"

// Walk calls visit for n and the nodes below it, a node before those under it.
// Where visit returns false, what is under that node is passed over.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	for _, c := range children(n) {
		Walk(c, visit)
	}
}

func children(n Node) []Node {
	switch n := n.(type) {
	case *And:
		return n.Nodes
	case *Or:
		return n.Nodes
	case *Not:
		return []Node{n.Node}
	case *Nested:
		return []Node{n.Node}
	}
	return nil
}

// Fields lists the fields that decide whether n holds, sorted, each once: those
// under a nested one with its path before them, patterns as they are written,
// and "*" where free text looks at all of them.
func Fields(n Node) []string {
	names := fieldsUnder(n, "", nil)
	slices.Sort(names)
	return slices.Compact(names)
}

func fieldsUnder(n Node, path string, names []string) []string {
	switch n := n.(type) {
	case *Text:
		return append(names, path+"*")
	case *Is:
		return append(names, path+n.Field.Name)
	case *Exists:
		return append(names, path+n.Field.Name)
	case *Compare:
		return append(names, path+n.Field.Name)
	case *Nested:
		return fieldsUnder(n.Node, path+n.Field.Name+".", names)
	}
	for _, c := range children(n) {
		names = fieldsUnder(c, path, names)
	}
	return names
}
