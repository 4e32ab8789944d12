package query

import (
	"reflect"
	"testing"
)

func parse(t testing.TB, text string) Node {
	t.Helper()
	n, err := Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

// roundTrip checks that what a tree prints parses to that tree, positions aside.
func roundTrip(t testing.TB, n Node) {
	t.Helper()
	text := n.String()
	back, err := Parse(text)
	if err != nil {
		t.Fatalf("prints %q: %v", text, err)
	}
	if !reflect.DeepEqual(bare(n), bare(back)) {
		t.Fatalf("prints %q, which is\n%#v\nnot\n%#v", text, bare(back), bare(n))
	}
}

// bare is a copy of a tree without positions and compiled patterns.
func bare(n Node) Node {
	field := func(f Field) Field {
		f.Pos = Pos{}
		return f
	}
	value := func(v Value) Value {
		v.Pos, v.pattern = Pos{}, nil
		return v
	}
	all := func(nodes []Node) []Node {
		var out []Node
		for _, n := range nodes {
			out = append(out, bare(n))
		}
		return out
	}
	switch n := n.(type) {
	case *And:
		return &And{Nodes: all(n.Nodes)}
	case *Or:
		return &Or{Nodes: all(n.Nodes)}
	case *Not:
		return &Not{Node: bare(n.Node)}
	case *Text:
		return &Text{Value: value(n.Value)}
	case *Is:
		return &Is{Field: field(n.Field), Value: value(n.Value)}
	case *Exists:
		return &Exists{Field: field(n.Field)}
	case *Compare:
		return &Compare{Field: field(n.Field), Op: n.Op, Value: value(n.Value)}
	case *Nested:
		return &Nested{Field: field(n.Field), Node: bare(n.Node)}
	}
	return &Everything{}
}
