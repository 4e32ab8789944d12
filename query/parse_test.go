package query

import (
	"strings"
	"testing"
)

// The tree is checked by what it prints, which tells all trees apart.
func TestParse(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		n := parse(t, text)
		if got := n.String(); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		roundTrip(t, n)
	}
	f("", `*:*`)
	f(" \t\r\n\u00a0", `*:*`)
	f("*", `*`)
	f("disk full", `disk full`)
	f(` "disk  full" `, `"disk  full"`)
	f("pod : web-1  AND  not full", `pod:web-1 and not full`)
	f("a or b and c or not d", `a or b and c or not d`)
	f("(a or b) and c", `(a or b) and c`)
	f("a and (b and c)", `a and (b and c)`)
	f("a or (b and c)", `a or b and c`)
	f("not (not a)", `not (not a)`)
	f("((a))", `a`)
	f("zone:a or zone:b", `zone:(a or b)`)
	f("zone:(a or not (b and c*))", `zone:(a or not (b and c*))`)
	f("zone:(* and not a)", `zone:(* and not a)`)
	f("zone:(a or b) and c", `zone:(a or b) and c`)
	f("x>1 and y >=2 and z<3 and w <= now-1h", `x > 1 and y >= 2 and z < 3 and w <= now-1h`)
	f("job:{ id:7 and job.tags:{name:x} }", `job:{id:7 and job.tags:{name:x}}`)
	f(`"job name":"a \"b\" \\ c"`, `"job name":"a \"b\" \\ c"`)
	f("job name:x", `job name:x`)
	f(`v:\u0041\u00e9\ud83d\ude00`, `v:Aé😀`)
	f(`v:\ud83d!`, "v:\ufffd!")
	f(`v:\*\(\)`, `v:\*\(\)`)
	f(`v:a\*b*c`, `v:a\*b*c`)
	f(`v:\and`, `v:and`)
	f(`v:x \and y`, `v:x \and y`)
	f(`v:x \AND`, `v:x \AND`)
	f(`v:\u006eot y`, `v:\u006eot y`)
	f(`v:\NOT y`, `v:\NOT y`)
	f(`x and \NOT and y`, `x and \NOT and y`)
	f(`v:\n`, `v:\n`)
	f(`v:\t a \t b`, `v:a \t b`)
	f("cannot connect", `cannot connect`) // "not" is a word of its own or no keyword
	f("order by nothing", `order by nothing`)
	f("did and", `did \and`)
	f("*:*", `*:*`)
	f("*:up or *:*", `*:up or *:*`)
	f("st*:5*", `st*:5*`)

	f(`/time(d )?out/`, `/time(d )?out/`)
	f(`message:/a: "b" {2}/ and c`, `message:/a: "b" {2}/ and c`)
	f(`zone:(/a\/b/ or /c/)`, `zone:(/a\/b/ or /c/)`)
	f(`path:/var/log/*.log`, `path:/var/log/*.log`)
	f(`path:/healthz or path:/tmp/`, `path:(/healthz or /tmp/)`)
	f(`path:"/tmp/"`, `path:"/tmp/"`)
	f(`path:\u002ftmp/`, `path:\u002ftmp/`)
	f(`//`, `//`)
	f(`x > /a/`, `x > \u002fa/`)
}

func TestParseKinds(t *testing.T) {
	f := func(text string, want Kind) {
		t.Helper()
		var got Value
		switch n := parse(t, text).(type) {
		case *Is:
			got = n.Value
		case *Text:
			got = n.Value
		}
		if got.Kind != want {
			t.Errorf("%q: kind %d, want %d", text, got.Kind, want)
		}
	}
	f(`path:/var/log/*.log`, Wildcard)
	f(`path:/var/log`, Plain)
	f(`path:/tmp/`, Regexp)
	f(`path:/a/ b`, Plain)
	f(`path:/a b/ `, Regexp)
	f(`(path:/a/)`, Regexp)
	f(`/warn: .*x/`, Regexp)
	f(`path:"/tmp/"`, Quoted)
	f(`path:\u002ftmp/`, Plain)
	f(`//`, Plain)
	f(`"a*"`, Quoted)
}

func TestSpan(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		var got []string
		Walk(parse(t, text), func(n Node) bool {
			from, to := n.Span()
			got = append(got, text[from:to])
			return true
		})
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
	f(" late ", "late")
	f("a and  not b:é ", "a and  not b:é|a|not b:é|b:é")
	f("(a:(x or y) ) ", "x or y|x|y")
	f("a:{ b > 1 } or c", "a:{ b > 1 } or c|a:{ b > 1 }|b > 1|c")
}

func TestParseError(t *testing.T) {
	f := func(text string, offset int, message string) {
		t.Helper()
		_, err := Parse(text)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("%q is parsed", text)
			return
		}
		if e.Offset != offset || !strings.Contains(e.Error(), message) {
			t.Errorf("%q: %d, %v; want %d, %s", text, e.Offset, e, offset, message)
		}
	}
	f(`pod:a zone:b`, 10, `query: column 11: expected "and", "or" or the end, found ":"`)
	f(`é:b:c`, 4, `column 4:`)
	f(`pod:`, 4, `expected a value, but the query ends`)
	f(`pod:a and `, 10, `expected a field or a word, but the query ends`)
	f(`(pod:a`, 6, `expected "and", "or" or ")", but the query ends`)
	f(`pod:{a:b`, 8, `"}"`)
	f(`pod:"a`, 4, `the quote is not closed`)
	f(`pod:a)`, 5, `found ")"`)
	f(`not not a`, 4, `column 5`)
	f(`a \x`, 2, `found "\\"`)
	f(`x <> 3`, 3, `expected a value`)
	f(`pod:/a(b/`, 4, `regular expression`)
	f(`a and /(x{900}){900}/`, 6, `regular expression`)
	f(`/`+strings.Repeat("x", 1001)+`/`, 0, `more than 1000 bytes`)
	f(strings.Repeat("(", 501)+"a"+strings.Repeat(")", 501), 500, `more than 500 parentheses`)
	f("a"+strings.Repeat(" or a", 20_000), 100_000, `more than 20000 conditions`)
	f(strings.Repeat("a", 1<<20+1), 1<<20, `more than 1048576 bytes`)
}

// What a hostile text costs grows with its length alone.
func TestParseBounded(t *testing.T) {
	f := func(text string) {
		t.Helper()
		if n, err := Parse(text); err == nil {
			roundTrip(t, n)
		}
	}
	const n = 200_000
	for _, s := range []string{"(", ")", "{", "a:(", "a:{", "not ", " ", "a ", "/", "a:/", "/ ", `\`, `"`, `""`, "*", ":", "and ", " or", "(/", "\u00a0", `\u00`} {
		f(strings.Repeat(s, n/len(s)))
		f("x" + strings.Repeat(s, n/len(s)) + "y")
	}
	f("a:" + strings.Repeat("v", 100_000))
	f("a:" + strings.Repeat("v ", 50_000))
	f(strings.Repeat("(", 200) + "a" + strings.Repeat(")", 200))
	f(strings.Repeat("a:{", 200) + "b" + strings.Repeat("}", 200))
	f(strings.Repeat("(a or b and ", 400) + "c" + strings.Repeat(")", 400))
	if _, err := Parse(strings.Repeat("/x{900}/ or ", 50) + "a"); err == nil {
		t.Error("many large regular expressions are compiled")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a:b and not (c > 1 or "d e")`, `x:{y:*z and /r+/}`, `\u00e9 \and b*`, `a:(b or not c)`, "\u00a0not /a/ "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Parse(text)
		if err != nil {
			if e := err.(*Error); e.Offset > len(text) {
				t.Errorf("offset %d of %d", e.Offset, len(text))
			}
			return
		}
		roundTrip(t, n)
	})
}
