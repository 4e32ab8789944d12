package query

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// scraps are what random queries are made of, so that many of them are nearly right.
var scraps = strings.Split(`a|b|svc|level|message|timeout|error|ERROR|warn|@timestamp|"now-1h"|2024-01|42|4.2e1|-1|"read timed out"|time*|*out*|*|/a+/|/tmp/|/var|`+
	`:|:|:|>|>=|<|<=|(|)|(|)|{|}| and | or | and | or |not | |  |\and|\not|\u0041|\*|\n|"|/|é|日本|true|null|items|items.sku|.`, "|")

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(scraps[r.IntN(len(scraps))])
	}
	return b.String()
}

// randomNode is a tree of any shape that a text can have.
func randomNode(r *rand.Rand, depth int) Node {
	kinds := 5
	if depth > 0 {
		kinds = 9
	}
	switch r.IntN(kinds) {
	case 0:
		return &Text{Value: randomValue(r)}
	case 1:
		return &Is{Field: randomField(r), Value: randomValue(r)}
	case 2:
		return &Exists{Field: randomField(r)}
	case 3:
		v := randomValue(r)
		for v.Kind == Regexp {
			v = randomValue(r)
		}
		return &Compare{Field: randomField(r), Op: Op(r.IntN(4)), Value: v}
	case 4:
		return &Everything{}
	case 5:
		return &Not{Node: randomNode(r, depth-1)}
	case 6:
		return &Nested{Field: randomField(r), Node: randomNode(r, depth-1)}
	case 7:
		return &And{Nodes: randomNodes(r, depth-1)}
	}
	return &Or{Nodes: randomNodes(r, depth-1)}
}

func randomNodes(r *rand.Rand, depth int) []Node {
	var out []Node
	for range 2 + r.IntN(2) {
		out = append(out, randomNode(r, depth))
	}
	return out
}

func randomField(r *rand.Rand) Field {
	name := pick(r, "level", "message", "service", "items", "items.sku", "n", "@timestamp", "tags", "trace.id", "a b", "not", "and", "x and y", "/p", "null", "q:r")
	switch r.IntN(8) {
	case 0:
		return Field{Name: name, Quoted: true}
	case 1:
		return Field{Name: "s*e", Parts: []string{"s", "e"}}
	}
	return Field{Name: name}
}

func randomValue(r *rand.Rand) Value {
	text := pick(r, "timeout", "read timed out", "ERROR", "warn", "42", "4.2e1", "9223372036854775807", "a", "b", "not", "and", "or", "not b", "a and", "a or b",
		"/tmp/", "/var", "//", "", "null", "true", "2024-01-02", "now-1h", "a:b", `\`, `"`, "(x)", "é", "x\u00a0not", "cannot go", "x*y")
	switch r.IntN(4) {
	case 0:
		return Value{Kind: Quoted, Text: text}
	case 1:
		parts := [][]string{{"", "out", ""}, {"time", ""}, {"", "ed o", ""}, {"a ", " and b"}, {"/t", "/"}, {"*", ""}, {"E", "R"}}[r.IntN(7)]
		return Value{Kind: Wildcard, Text: strings.Join(parts, "*"), Parts: parts}
	case 2:
		n, _ := Parse("/" + pick(r, "timeout", "^a$", "a|b", `t(i|o)me`, "^read", "[0-9]+") + "/")
		return n.(*Text).Value
	}
	return Value{Text: text}
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

func TestRandomQueries(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parsed := 0
	for range 70_000 {
		if n, err := Parse(randomText(r)); err == nil {
			parsed++
			roundTrip(t, n)
		}
	}
	if parsed < 10_000 {
		t.Errorf("only %d are queries", parsed)
	}
	for range 30_000 {
		roundTrip(t, randomNode(r, 4))
	}
}
