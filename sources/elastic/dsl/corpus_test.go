//go:build corpus

package dsl

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/lxlog/lx/query"
)

func TestCorpusTranslate(t *testing.T) {
	dir := os.Getenv("LX_DATA")
	if dir == "" {
		t.Fatal("LX_DATA is not set")
	}
	f, err := os.Open(filepath.Join(dir, "kql/parse_and_translate.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		var row struct {
			Expr string
			ES   any
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if row.ES == nil {
			continue // an error
		}
		n++
		tree, err := query.Parse(row.Expr)
		if err != nil {
			t.Errorf("%q: %v", row.Expr, err)
			continue
		}
		if got := decoded(t, DSL(tree, Mapping{}).Body); !reflect.DeepEqual(got, row.ES) {
			t.Errorf("%q:\n got %v\nwant %v", row.Expr, got, row.ES)
		}
	}
	if n < 250 {
		t.Errorf("%d rows", n)
	}
}
