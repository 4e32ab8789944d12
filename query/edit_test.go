package query

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestWith(t *testing.T) {
	f := func(n, cond, with, without string) {
		t.Helper()
		for want, got := range map[string]Node{with: With(parse(t, n), parse(t, cond)), without: Without(parse(t, n), parse(t, cond))} {
			if got.String() != want {
				t.Errorf("%s, %s: %s, want %s", n, cond, got, want)
			}
			roundTrip(t, got)
		}
	}
	f("", "a", "a", "not a")
	f("*:*", "a:b", "a:b", "not a:b")
	f("a", "b", "a and b", "a and not b")
	f("a or b", "c", "(a or b) and c", "(a or b) and not c")
	f("a", "b or c", "a and (b or c)", "a and not (b or c)")
	f("a and (b and c)", "d", "a and b and c and d", "a and b and c and not d")
	f("a and b", "b", "a and b", "a and not b")
	f("not a and c", "a", "c and a", "not a and c")
	f("a", "not b", "a and not b", "a and b")
	f("s:x", "s:y", "s:(x and y)", "s:(x and not y)")
	if got := With(nil, parse(t, "a")); got.String() != "a" {
		t.Error(got)
	}
}

func TestDrop(t *testing.T) {
	f := func(n string, i int, want, replaced string) {
		t.Helper()
		if got := Drop(parse(t, n), i); got.String() != want {
			t.Errorf("%s without %d is %s, want %s", n, i, got, want)
		}
		if got := Replace(parse(t, n), i, parse(t, "x")); got.String() != replaced {
			t.Errorf("%s with x for %d is %s, want %s", n, i, got, replaced)
		}
	}
	f("a and b:c and d > 1", 1, "a and d > 1", "a and x and d > 1")
	f("a and b", 0, "b", "x and b")
	f("a or b", 0, "*:*", "x")
	f("a and (b and c)", 2, "a and b", "a and b and x")
	f("a", 1, "a", "a")
	f("a", -1, "a", "a")
	f("", 0, "*:*", "*:*")
}

func TestCondition(t *testing.T) {
	env := Env{TextFields: []string{"note"}}
	f := func(field string, v logs.Value, want string) {
		t.Helper()
		n := env.Condition(field, v)
		if n.String() != want {
			t.Errorf("%s %v: %s, want %s", field, v, n, want)
		}
		roundTrip(t, n)
		var r logs.Record
		r.Reset()
		r.Add(field, v)
		if !Compile(n, env).Match(&r) {
			t.Errorf("%s does not hold for its own record", n)
		}
	}
	text, number := logs.TextValue, logs.NumberValue
	f("service", text("payment"), "service:payment")
	f("service", text("pay ment"), `service:"pay ment"`)
	f("service", text(""), `service:""`)
	f("service", text("not"), `service:"not"`)
	f("url", text("http://a/b?c=*"), `url:"http://a/b?c=*"`)
	f("path", text("/var/log"), "path:/var/log")
	f("path", text("/tmp/"), `path:"/tmp/"`)
	f("v", text("a\"b\\c\n"), `v:"a\"b\\c\n"`)
	f("v", text(" x"), `v:" x"`)
	f("level", text("warning"), "level:warning")
	f("status", number("502"), "status:502")
	f("n", number("-1.5e3"), "n:-1.5e3")
	f("ok", logs.Value{Kind: logs.Bool, Str: "true"}, "ok:true")
	f("user", logs.Value{}, "not user:*")
	f("tags", logs.Value{Kind: logs.Array}, "not tags:*")
	f("message", text("timeout"), "message:timeout")
	f("message", text("read timed out"), `message:"read timed out"`)
	f("message", text("\n a b\n\tat c"), `message:"a b"`)
	f("message", text("---"), `message:*---*`)
	f("message", text("a/b"), `message:"a/b"`)
	f("note", text("a-b"), `note:"a-b"`)
	f("message", text(strings.Repeat("abcd ", 100)), `message:"`+strings.TrimSpace(strings.Repeat("abcd ", 40))+`"`)
	f("job name", text("x"), `"job name":x`)
	f("a*", text("x"), `"a*":x`)
	item := func(v logs.Value) logs.Attr { return logs.Attr{Value: v} }
	f("tags", logs.Value{Kind: logs.Array, Items: []logs.Attr{item(text("a")), item(logs.Value{}), item(number("2")), item(text("a"))}}, "tags:(a and 2)")
	f("items", logs.Value{Kind: logs.Array, Items: []logs.Attr{item(logs.Value{Kind: logs.Object, Items: []logs.Attr{
		{Key: "sku", Value: number("7")}, {Key: "name", Value: text("a b")}}})}}, `items:{sku:7 and name:"a b"}`)
}

func TestSubstring(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		n := Substring(text)
		if n.String() != want {
			t.Errorf("%q: %s, want %s", text, n, want)
		}
		roundTrip(t, n)
		if back, ok := SubstringOf(parse(t, n.String())); !ok || back != text {
			t.Errorf("%s: %q, %t, want %q", n, back, ok, text)
		}
		for _, r := range []*logs.Record{{Body: "x" + strings.ToUpper(text) + "y"}, {Attrs: []logs.Attr{{Key: "k", Value: logs.TextValue(text)}}}} {
			if !Compile(n, Env{}).Match(r) {
				t.Errorf("%s does not hold for %q", n, text)
			}
		}
		if Compile(n, Env{}).Match(&logs.Record{Body: "elsewhere"}) {
			t.Errorf("%s holds for elsewhere", n)
		}
	}
	f("timeout", "*timeout*")
	f("a*b", `*a\*b*`)
	f("not", "*not*")
	f(`a:(b) "c"\d`, `/(?i)a:\(b\) "c"\\d/`)
	f(`a:"b"`, `*a\:\"b\"*`)
	f("/a/", "*/a/*")
	f("read time", "/(?i)read time/")
	f("a / b", `/(?i)a \/ b/`)
	f(" and b", `/(?i)\x20and\x20b/`)
	f("a\nb", `/(?i)a\nb/`)
	f("a\tor b ", `/(?i)a\tor b /`)
	f(`\x20 n`, `/(?i)\\x20 n/`)
	none := func(text string) {
		t.Helper()
		if got, ok := SubstringOf(parse(t, text)); ok {
			t.Errorf("%s is the substring %q", text, got)
		}
	}
	none("timeout")
	none("time*")
	none("*")
	none("/(?i)a.b c/")
	none("/a b/")
	none("message:*a*")
	if got := Substring("").String(); got != "*:*" {
		t.Error(got)
	}
	long := Substring(strings.Repeat("abc ", 400))
	roundTrip(t, long)
}

// Whatever the text, a substring prints to a text that is one again.
func TestRandomSubstrings(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		text := randomText(r)
		n := Substring(text)
		roundTrip(t, n)
		if got, ok := SubstringOf(parse(t, n.String())); text != "" && (!ok || got != text) {
			t.Fatalf("%q: %s is %q", text, n, got)
		}
		if v := parse(t, "f:"+Quote(text)); v.(*Is).Value.Text != text {
			t.Fatalf("%q is quoted as %s", text, Quote(text))
		}
	}
}

func TestDistance(t *testing.T) {
	f := func(a, b string, want int, near bool) {
		t.Helper()
		if got := Distance(a, b); got != want || Near(a, b) != near || Distance(b, a) != want {
			t.Errorf("%s, %s: %d, %t", a, b, got, Near(a, b))
		}
	}
	f("", "", 0, true)
	f("chekout", "checkout", 1, true)
	f("servcie", "service", 1, true)
	f("Payment", "payment", 0, true)
	f("payment", "order", 6, false)
	f("ab", "ac", 1, false)
	f("abc", "abd", 1, true)
	f("abc", "ade", 2, false)
	f("größe", "groesse", 4, false)
	f(strings.Repeat("x", 1000), strings.Repeat("x", 2000), 0, true)
}
