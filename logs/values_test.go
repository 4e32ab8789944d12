package logs

import (
	"fmt"
	"strings"
	"testing"
)

func sample() *Record {
	r := &Record{Time: NoTime, Severity: Warn, Service: "payment", Body: "declined", Resource: &Resource{Source: "x", Attrs: []Attr{{"tag", TextValue("shop")}}}}
	r.Add("log", TextValue("own"))
	r.Add("none", Value{})
	r.Add("tags", Value{Kind: Array, Items: []Attr{{"", TextValue("a")}, {"", Value{Kind: Array, Items: []Attr{{"", NumberValue("1")}}}}}})
	r.Add("items", Value{Kind: Array, Items: []Attr{
		{"", Value{Kind: Object, Items: []Attr{{"sku", NumberValue("7")}, {"of.size", TextValue("L")}}}},
		{"", Value{Kind: Object, Items: []Attr{{"sku", NumberValue("8")}, {"parts", Value{Kind: Array, Items: []Attr{{"", Value{Kind: Object, Items: []Attr{{"id", TextValue("p")}}}}}}}}}}}})
	return r
}

func TestValues(t *testing.T) {
	r := sample()
	f := func(name, want string) {
		t.Helper()
		var got []string
		for v := range r.Values(name) {
			got = append(got, v.Str)
		}
		if s := strings.Join(got, ","); s != want {
			t.Errorf("%s: %q, not %q", name, s, want)
		}
	}
	f("tags", "a,1")
	f("items.sku", "7,8")
	f("items.of.size", "L")
	f("items.parts.id", "p")
	f("items", "")
	f("item", "")
	f("none", "")
	f("level", "WARN")
	f("severity", "WARN")
	f("service.name", "payment")
	f("msg", "declined")
	f("log", "own") // a field of that very name wins over the alias
	f("tag", "shop")
	f("host", "")
	for v := range r.Values("tags") { // stops when asked to
		_ = v
		break
	}
}

func TestFields(t *testing.T) {
	var got []string
	for k, v := range sample().Fields() {
		got = append(got, k+"="+v.Str)
	}
	want := "message=declined log.level=WARN service.name=payment log=own tags=a tags=1 items.sku=7 items.of.size=L items.sku=8 items.parts.id=p tag=shop"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	raw := []byte("payment declined")
	r := &Record{Body: Borrow(raw), Raw: raw, Service: Borrow(raw[:7])}
	r.Add(Borrow(raw[:3]), TextValue(Borrow(raw[8:])))
	c := r.Clone()
	before := fmt.Sprint(*c)
	for i := range raw {
		raw[i] = 'x'
	}
	if after := fmt.Sprint(*c); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

func TestAliasesAreOfOneField(t *testing.T) {
	seen := map[string]Core{}
	for c := CoreTime; c <= CoreSpan; c++ {
		for _, name := range Aliases[c] {
			if other, dup := seen[name]; dup {
				t.Errorf("%s is of %d and %d", name, other, c)
			}
			seen[name] = c
			if CoreOf(name) != c {
				t.Errorf("%s is of %d", name, CoreOf(name))
			}
		}
	}
	if CoreOf("levels") != CoreNone || !IsWordField("msg") || !IsWordField("error.stack_trace") || IsWordField("service") {
		t.Error("names")
	}
}
