package query

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// dictionary is fields as "name type records value=count,...".
type dictionary []string

func (d dictionary) Fields() (out []KnownField) {
	for _, s := range d {
		var f KnownField
		var values string
		_, _ = fmt.Sscan(s, &f.Name, &f.Type, &f.Records, &values)
		out = append(out, f)
	}
	return out
}

func (d dictionary) Values(field string) (out []KnownValue) {
	for _, s := range d {
		words := strings.SplitN(s, " ", 4)
		if words[0] != field || len(words) < 4 {
			continue
		}
		for pair := range strings.SplitSeq(words[3], ",") {
			v := KnownValue{}
			var count string
			v.Value, count, _ = strings.Cut(pair, "=")
			_, _ = fmt.Sscan(count, &v.Count)
			out = append(out, v)
		}
	}
	return out
}

var shop = dictionary{
	"message text 100 read timed out=5,order accepted=3",
	"log.level text 90 INFO=70,warning=10,error=5",
	"service.name text 80 payment=20,payment-db=30,Checkout=25,web server=5,a:b=1,not=1,/tmp/=1",
	"http.response.status_code number 50 200=40,502=10",
	"duration_ms number 60 12=1",
	"ok bool 10 true=6,false=4",
	"items.sku text 7 x1=7",
	"job text 3 nightly=3",
	"a*b text 1 x=1",
}

// At | stands the cursor; what a choice replaces is in brackets.
func TestComplete(t *testing.T) {
	f := func(text, marked string, place Place, field, prefix string) {
		t.Helper()
		cursor := strings.IndexByte(text, '|')
		text = text[:cursor] + text[cursor+1:]
		c := Complete(text, cursor)
		got := text[:c.From] + "[" + text[c.From:c.To] + "]" + text[c.To:]
		if got != marked || c.Place != place || c.Field != field || c.Prefix != prefix {
			t.Errorf("%s at %d: %s, %+v", text, cursor, got, c)
		}
	}
	f("|", "[]", AtField, "", "")
	f("lev|", "[lev]", AtField, "", "lev")
	f("le|v", "[lev]", AtField, "", "le")
	f("|lev", "[lev]", AtField, "", "")
	f("  lev|:x", "  [lev]:x", AtField, "", "lev")
	f("service:|", "service:[]", AtValue, "service", "")
	f("service: |", "service: []", AtValue, "service", "")
	f("service:(pay|", "service:([pay]", AtValue, "service", "pay")
	f("service:(pay or |", "service:(pay or []", AtValue, "service", "")
	f("service:(a or not b|)", "service:(a or not [b])", AtValue, "service", "b")
	f("service:(a or (b and c|", "service:(a or (b and [c]", AtValue, "service", "c")
	f("service:(a or b) and |", "service:(a or b) and []", AtField, "", "")
	f("level >=|", "level >=[]", AtValue, "level", "")
	f("level >= W|", "level >= [W]", AtValue, "level", "W")
	f("level >|", "level >[]", AtValue, "level", "")
	f("level |", "level []", Behind, "level", "")
	f("level |>= WARN", "level [>=] WARN", Behind, "level", "")
	f("a and |", "a and []", AtField, "", "")
	f("a and|", "a [and]", Behind, "a", "and")
	f("a or n|", "a or [n]", AtField, "", "n")
	f("not |", "not []", AtField, "", "")
	f("not ser|", "not [ser]", AtField, "", "ser")
	f("service:pay |", "service:pay []", Behind, "", "")
	f("service:pay a|", "service:pay [a]", Behind, "", "a")
	f("service:web se|", "service:[web se]", AtValue, "service", "web se")
	f("service:pay| and x", "service:[pay] and x", AtValue, "service", "pay")
	f(`service:"web s|`, `service:["web s]`, AtValue, "service", "web s")
	f(`service:"web s|" and b`, `service:["web s"] and b`, AtValue, "service", "web s")
	f(`service:"web| and b:"c d"`, `service:["web] and b:"c d"`, AtValue, "service", "web")
	f(`service:"we|b s"`, `service:["web s"]`, AtValue, "service", "we")
	f(`service:"a\"b|`, `service:["a\"b]`, AtValue, "service", `a"b`)
	f(`service:"a\|`, `service:["a\]`, AtValue, "service", `a`)
	f(`"job na|`, `["job na]`, AtField, "", "job na")
	f(`"job name" |`, `"job name" []`, Behind, "job name", "")
	f(`"job name":|`, `"job name":[]`, AtValue, "job name", "")
	f(`"a" b|`, `"a" [b]`, Behind, "a", "b")
	f("items:{ s|", "items:{ [s]", AtField, "", "s")
	f("items:{ sku:|", "items:{ sku:[]", AtValue, "items.sku", "")
	f("items:{ sub:{ x:y|", "items:{ sub:{ x:[y]", AtValue, "items.sub.x", "y")
	f("items:{ sku:7 } and s|", "items:{ sku:7 } and [s]", AtField, "", "s")
	f("items:{ (sku:7 or s|", "items:{ (sku:7 or [s]", AtField, "", "s")
	f("(a or b|", "(a or [b]", AtField, "", "b")
	f("(a)| ", "(a)[] ", Nowhere, "", "")
	f("(a) |", "(a) []", Behind, "", "")
	f("a:b:|", "a:b:[]", AtValue, "", "")
	f("path:/va|", "path:[/va]", AtValue, "path", "/va")
	f("path:/va|r/", "path:/va[]r/", Nowhere, "", "")
	f("path:/a b/ |", "path:/a b/ []", Behind, "", "")
	f(`v:a\:b|`, `v:[a\:b]`, AtValue, "v", "a:b")
	f("v:é|ü", "v:[éü]", AtValue, "v", "é")
	f(")))) |", ")))) []", Behind, "", "")
	f("a\u00a0|", "a\u00a0[]", Behind, "a", "")
}

func TestCompleteAnywhere(t *testing.T) {
	f := func(text string, cursor, want int) {
		t.Helper()
		if c := Complete(text, cursor); c.From > want || c.To < want {
			t.Errorf("%q at %d: %+v", text, cursor, c)
		}
	}
	f("abc", -5, 0)
	f("abc", 99, 3)
	f("é", 1, 0)
	f("a:日本", 4, 2)
	f(strings.Repeat("a", MaxBytes+1), 7, 7)
	f(strings.Repeat("a:{", MaxBytes/3), MaxBytes, MaxBytes/3*3)
	f(strings.Repeat("(", MaxBytes), MaxBytes, MaxBytes)
}

// What a hostile text costs grows with its length alone.
func TestCompleteBounded(t *testing.T) {
	const n = 200_000
	for _, s := range []string{"(", ")", "a:(", "a:{", "not ", "a ", "/", "/:", "a:/ ", `\`, `"`, `""`, `"a" `, "*", ":", " and /", "a:b or /x ", "aaaa:{"} {
		text := strings.Repeat(s, n/len(s))
		for _, before := range []string{"", strings.Repeat("p", n) + ":{"} {
			if c := Complete(before+text, len(before+text)); c.From > c.To || c.To != len(before+text) {
				t.Errorf("%s: %d to %d", s, c.From, c.To)
			}
		}
	}
}

func TestCandidates(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		cursor := strings.IndexByte(text, '|')
		text = text[:cursor] + text[cursor+1:]
		var got []string
		for _, c := range Candidates(Complete(text, cursor), shop, 6) {
			got = append(got, fmt.Sprintf("%s %d", c.Insert, c.Count))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %s, want %s", text, s, want)
		}
	}
	f("|", "message: 100|level: 90|log.level: 90|service: 80|service.name: 80|duration_ms: 60")
	f("le|", "level: 90|log.level: 90")
	f("sev|", "severity: 90|severity_text: 90")
	f("stat|", "http.response.status_code: 50")
	f("status_c| > 500", "http.response.status_code 50")
	f("atus|", "http.response.status_code: 50")
	f("servcie|", "service: 80|service.name: 80")
	f("no|", "not  0")
	f("zzzz|", "")
	f(`"job|`, `job: 3`)
	f("items:{ |", "sku: 7")
	f("items:{ sku:|", "x1 7|* 0")
	f("service:|", `payment-db 30|Checkout 25|payment 20|"web server" 5|"/tmp/" 1|* 0`)
	f("service:PAY|", "payment-db 30|payment 20")
	f("service:db|", "payment-db 30")
	f("service:ser|", `"web server" 5`)
	f("service:chekout|", "Checkout 25")
	f("service:not|", `"not" 1`)
	f(`service:"pay|`, `"payment-db" 30|"payment" 20`)
	f("level:|", "FATAL 0|ERROR 5|WARN 10|INFO 70|DEBUG 0|TRACE 0")
	f("level >= |", "FATAL 0|ERROR 5|WARN 10|INFO 70|DEBUG 0|TRACE 0")
	f("level >= warni|", "WARN 10")
	f("level:err|", "ERROR 5")
	f("level:eror|", "ERROR 5")
	f("severity:|", "FATAL 0|ERROR 5|WARN 10|INFO 70|DEBUG 0|TRACE 0")
	f("message:|", `"read timed out" 5|"order accepted" 3|* 0`)
	f("level |", ">=  0|: 0|and  0|or  0")
	f("duration_ms |", ">  0|>=  0|<  0|<=  0|: 0|and  0")
	f("job |", ": 0|and  0|or  0")
	f("timeout |", "and  0|or  0")
	f("timeout o|", "or  0")
	f("service:payment |", "and  0|or  0")
	f("service:(payment |", "and  0|or  0")
	f("nothing:|", "* 0")
	f("path:/v|r/", "")
	if got := Candidates(Complete("", 0), dictionary{}, 100); len(got) != 7 || got[0].Text != "@timestamp" {
		t.Errorf("of nothing known: %v", got)
	}
	if got := Candidates(Complete("", 0), shop, 0); len(got) != 0 {
		t.Errorf("none are asked for: %v", got)
	}
}

// What is chosen for an unfinished text makes a query, or the beginning of one, that asks for it.
func TestCandidatesMeanThemselves(t *testing.T) {
	odd := []string{"payment", "web server", "a:b", `a"b`, `c:\d`, "*", "a*", "not", "and", "or b", "/tmp/", "/x", "a/b", "(x", "x)", "{}", "", " x ", "é", "日 本", "-1", "4e2", "true", "<b>", "a\tb\nc", "\u00a0", "\\", "x and y", "\\u0041"}
	var d knownValues
	for _, s := range odd {
		d = append(d, KnownValue{s, 1})
	}
	is := func(text string, c Completion, want string) {
		t.Helper()
		n, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			return
		}
		found := false
		Walk(n, func(n Node) bool {
			switch n := n.(type) {
			case *Is:
				found = found || n.Field.Name == "service" && n.Value.Text == want && (n.Value.Kind == Quoted || n.Value.Kind == Plain)
			case *Exists:
				found = found || want == "*"
			}
			return true
		})
		if !found {
			t.Errorf("%s: no service is %q", text, want)
		}
	}
	for _, text := range []string{`service:`, `service: `, `service:"`, `a and service:`, `service:(`, `service:(x or `, `service:(x or "`, `not service:`, `(a or service:`} {
		for _, behind := range []string{"", " and b", ` or c:"d"`} {
			c := Complete(text+behind, len(text))
			list := Candidates(c, d, 1000)
			if len(list) < len(odd) {
				t.Errorf("%s: %d candidates", text, len(list))
			}
			for _, x := range list {
				done := text[:c.From] + x.Insert
				is(done+strings.Repeat(")", strings.Count(text, "("))+(text + behind)[c.To:], c, x.Text)
			}
		}
	}
}

type knownValues []KnownValue

func (k knownValues) Fields() []KnownField       { return nil }
func (k knownValues) Values(string) []KnownValue { return k }

// A chosen field, with a value behind it, is that field.
func TestFieldCandidatesMeanThemselves(t *testing.T) {
	for _, name := range []string{"a", "job name", "a*b", "not", "/a", "a:b", `q"r`, "é", "a.b", "@x", "-", `\`} {
		for _, text := range []string{"", "x and ", "(", `"`, "not "} {
			c := Complete(text, len(text))
			for _, x := range Candidates(c, oneField(name), 1) {
				done := text[:c.From] + x.Insert + "v" + strings.Repeat(")", strings.Count(text, "("))
				n, err := Parse(done)
				if err != nil {
					t.Errorf("%s: %v", done, err)
				} else if fields := Fields(n); fields[len(fields)-1] != name {
					t.Errorf("%s: %v", done, fields)
				}
			}
		}
	}
}

type oneField string

func (f oneField) Fields() []KnownField       { return []KnownField{{string(f), "text", 1 << 40}} }
func (f oneField) Values(string) []KnownValue { return nil }

func TestCandidatesAbout(t *testing.T) {
	f := func(text, candidate, want string) {
		t.Helper()
		for _, c := range Candidates(Complete(text, len(text)), shop, 100) {
			if c.Text == candidate {
				if c.About != want {
					t.Errorf("%s: %s is about %q", text, candidate, c.About)
				}
				return
			}
		}
		t.Errorf("%s: no %s", text, candidate)
	}
	f("", "level", "stands for log.level")
	f("", "message", "text")
	f("", "duration_ms", "number")
	f("", "@timestamp", "")
	f("duration_ms ", ">=", "at least")
	f("service:", "*", "any value")
}

func FuzzComplete(f *testing.F) {
	for _, s := range []string{"service:(pay", "level >=", `a:"b c`, "a:{ b:", "x and ", "not ", `a:/x y/ or \`, "é:日本 and"} {
		f.Add(s, len(s))
	}
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		c := Complete(text, cursor)
		if c.From < 0 || c.From > c.To || c.To > len(text) {
			t.Fatalf("%q at %d: %d to %d", text, cursor, c.From, c.To)
		}
		if utf8.ValidString(text) && !(utf8.ValidString(text[:c.From]) && utf8.ValidString(text[c.From:c.To])) {
			t.Fatalf("%q at %d: %d to %d cut a character", text, cursor, c.From, c.To)
		}
		for _, x := range Candidates(c, shop, 10) {
			if x.Insert == "" || x.Text == "" {
				t.Fatalf("%q at %d: %+v", text, cursor, x)
			}
			done := text[:c.From] + x.Insert + text[c.To:]
			Complete(done, c.From+len(x.Insert))
		}
	})
}

func BenchmarkComplete(b *testing.B) {
	var many knownValues
	for i := range 10_000 {
		many = append(many, KnownValue{fmt.Sprintf("service-%d", i), int64(i)})
	}
	b.Run("10,000 values, typo", func(b *testing.B) {
		for b.Loop() {
			Candidates(Complete(`level >= WARN and host:sevrice-99`, 33), many, 10)
		}
	})
	long := strings.Repeat(`service:(a or "b c") and `, 4000)
	b.Run("100 kB", func(b *testing.B) {
		for b.Loop() {
			Complete(long, len(long))
		}
	})
}
