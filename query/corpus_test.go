//go:build corpus

package query

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf16"
)

// rows decodes a file of LX_DATA, one JSON document a line.
func rows[T any](t *testing.T, name string) []T {
	t.Helper()
	dir := os.Getenv("LX_DATA")
	if dir == "" {
		t.Fatal("LX_DATA is not set")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

type parseRow struct {
	Expr   string
	AST    any
	Error  bool
	Offset int `json:"error_offset"` // in UTF-16 units
}

func TestCorpusParse(t *testing.T) {
	n := 0
	for _, row := range rows[parseRow](t, "kql/parse_and_translate.jsonl") {
		n++
		tree, err := Parse(row.Expr)
		if row.Error {
			e, ok := err.(*Error)
			if want := bytesOf(row.Expr, row.Offset); !ok || e.Offset != want {
				t.Errorf("%q: %v, want an error at byte %d", row.Expr, err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", row.Expr, err)
			continue
		}
		if got := kuery(tree); !reflect.DeepEqual(got, row.AST) {
			t.Errorf("%q:\n got %v\nwant %v", row.Expr, got, row.AST)
		}
		roundTrip(t, tree)
	}
	if n != 303 {
		t.Errorf("%d rows", n)
	}
}

// bytesOf turns an offset in UTF-16 units into one in bytes.
func bytesOf(s string, units int) int {
	return len(string(utf16.Decode(utf16.Encode([]rune(s))[:units])))
}

// kuery is a tree as Kibana has it.
func kuery(n Node) any {
	type object = map[string]any
	list := func(nodes []Node) []any {
		var out []any
		for _, n := range nodes {
			out = append(out, kuery(n))
		}
		return out
	}
	wild := func(text string, parts []string) object {
		var p []any
		for _, s := range parts {
			p = append(p, s)
		}
		return object{"t": "wild", "v": text, "parts": p}
	}
	star := wild("*", []string{"", ""})
	value := func(v Value) object {
		switch {
		case v.Kind == Wildcard:
			return wild(v.Text, v.Parts)
		case v.Kind == Quoted:
			return object{"t": "lit", "v": v.Text, "quoted": true}
		case v.Text == "true" || v.Text == "false":
			return object{"t": "lit", "v": v.Text == "true"}
		case v.Text == "null":
			return object{"t": "lit", "v": nil}
		}
		return object{"t": "lit", "v": v.Text}
	}
	field := func(f Field) object {
		switch {
		case f.Wildcard():
			return wild(f.Name, f.Parts)
		case f.Quoted:
			return object{"t": "lit", "v": f.Name, "quoted": true}
		}
		return object{"t": "lit", "v": f.Name}
	}
	switch n := n.(type) {
	case *And:
		return object{"fn": "and", "args": list(n.Nodes)}
	case *Or:
		return object{"fn": "or", "args": list(n.Nodes)}
	case *Not:
		return object{"fn": "not", "args": list([]Node{n.Node})}
	case *Everything:
		return object{"fn": "is", "field": star, "value": star}
	case *Text:
		return object{"fn": "is", "field": object{"t": "lit", "v": nil}, "value": value(n.Value)}
	case *Is:
		return object{"fn": "is", "field": field(n.Field), "value": value(n.Value)}
	case *Exists:
		return object{"fn": "is", "field": field(n.Field), "value": star}
	case *Compare:
		op := map[Op]string{Greater: "gt", GreaterOrEqual: "gte", Less: "lt", LessOrEqual: "lte"}[n.Op]
		return object{"fn": "range", "field": field(n.Field), "op": op, "value": value(n.Value)}
	case *Nested:
		return object{"fn": "nested", "path": field(n.Field), "arg": kuery(n.Node)}
	}
	return nil
}

// diverging are the rows on which the language differs from what their authors
// expected: null is no value, an array holds by any element.
var diverging = map[string]bool{
	"terms query: null match 1":                              false,
	"terms query: null match 4":                              false,
	"terms query: array match":                               true,
	"range query: gt, log.level special casing 1":            true,
	"range query: gt, log.level special casing 2":            false,
	"range query: gt, log.level special casing quoted value": true,
	"range query: gte, log.level special casing 1":           true,
	"range query: gte, log.level special casing 2":           true,
	"range query: lt, log.level special casing 1":            true,
	"range query: lt, log.level special casing 2":            false,
	"range query: lte, log.level special casing 1":           true,
	"range query: lte, log.level special casing 2":           true,
}

func TestCorpusMatch(t *testing.T) {
	type row struct {
		Name     string
		KQL      string
		Doc      json.RawMessage
		Match    bool
		Diverges bool `json:"diverges_from_elasticsearch"`
	}
	seen := 0
	for _, r := range rows[row](t, "kql/match_documents.jsonl") {
		want := r.Match
		if r.Diverges {
			seen++
			var known bool
			if want, known = diverging[r.Name]; !known {
				t.Errorf("%s: nothing is known of it", r.Name)
			}
		}
		if got := Compile(parse(t, r.KQL), testEnv).Match(decode(t, string(r.Doc))); got != want {
			t.Errorf("%s: %s on %s: %t", r.Name, r.KQL, r.Doc, got)
		}
	}
	if seen != len(diverging) {
		t.Errorf("%d rows diverge, %d are known", seen, len(diverging))
	}
}
