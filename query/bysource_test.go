package query_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

func from(source string, attrs ...logs.Attr) *logs.Record {
	return &logs.Record{Time: logs.NoTime, Body: "a word of app.log", Severity: logs.Error, Attrs: attrs, Resource: &logs.Resource{Source: source}}
}

func TestSource(t *testing.T) {
	r := from("/var/log/app.log", logs.Attr{Key: "@source", Value: logs.TextValue("other")}, logs.Attr{Key: "source", Value: logs.TextValue("file")})
	f := func(text string, want bool) {
		t.Helper()
		n, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := query.Parse(n.String()); err != nil || again.String() != n.String() {
			t.Errorf("%s prints as %s: %v", text, n, err)
		}
		if got := query.Compile(n, query.Env{}).Match(r); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	f(`@source:"/var/log/app.log"`, true)
	f(`@source:/var/log/app.log`, true)
	f(`"@source":"/var/log/app.log"`, true)
	f(`@source:("a" or "/var/log/app.log")`, true)
	f(`@source:*app.log`, true)
	f(`@source:*`, true)
	f(`@source:app.log`, false) // whole
	f(`@source:other`, false)   // a field of the record's own is none
	f(`not @source:"/var/log/app.log"`, false)
	f(`source:file`, true)
	f(`source:"/var/log/app.log"`, false)
	f(`*:"/var/log/app.log"`, false) // no field of the record
	f(`"var"`, false)
}

// Settled for a source a query holds for the same of its records, and asks about it no more.
func TestOfSource(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	leaves := []string{`@source:a`, `@source:"b c"`, `@source:a*`, `@source:*`, `@source > b`, `word`, `level:ERROR`, `level:INFO`, `x:1`, `items:{ @source:a }`, `*`}
	var tree func(depth int) string
	tree = func(depth int) string {
		if depth == 0 || r.IntN(4) == 0 {
			return leaves[r.IntN(len(leaves))]
		}
		switch r.IntN(3) {
		case 0:
			return "not (" + tree(depth-1) + ")"
		case 1:
			return "(" + tree(depth-1) + " or " + tree(depth-1) + ")"
		}
		return "(" + tree(depth-1) + " and " + tree(depth-1) + ")"
	}
	for range 3000 {
		text := tree(4)
		n, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		q := query.Compile(n, query.Env{})
		if asks := strings.Contains(strings.ReplaceAll(text, "items:{ @source:a }", ""), "@source"); q.AsksSource() != asks {
			t.Fatalf("%s asks for the source: %v", text, q.AsksSource())
		}
		for _, source := range []string{"a", "b c", "abc", "z", ""} {
			of := q.Of(source)
			if of.AsksSource() {
				t.Fatalf("%s is %s of %q", text, of.Node(), source)
			}
			always, never := of.Holds()
			for _, rec := range []*logs.Record{from(source), from(source, logs.Attr{Key: "x", Value: logs.NumberValue("1")})} {
				if got, want := of.Match(rec), q.Match(rec); got != want || always && !want || never && want {
					t.Fatalf("%s of %q: %v, want %v (always %v, never %v)", text, source, got, want, always, never)
				}
			}
		}
	}
}
