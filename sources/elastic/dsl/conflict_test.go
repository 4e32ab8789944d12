package dsl

import (
	"encoding/json"
	"strings"
	"testing"
)

// Every nested query of one that several indices are asked passes over those that lack its field.
func TestLenient(t *testing.T) {
	for _, text := range []string{`items:{ sku:7 and name:a }`, `not items.sku:7 and message:a`, `items:*`, `a`} {
		body := DSL(parse(t, text), testMapping).Body
		was, _ := json.Marshal(body)
		is, _ := json.Marshal(Lenient(body))
		n := strings.Count(string(was), `"nested":`)
		if strings.Count(string(is), `"ignore_unmapped":true`) != n || n == 0 && text != "a" || strings.Contains(string(was), "ignore_unmapped") {
			t.Errorf("%s: %d nested queries in %s", text, n, is)
		}
	}
}
