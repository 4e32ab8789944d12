package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestPretty(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := pretty(in); got != want {
			t.Errorf("%s:\n%s\nnot\n%s", in, got, want)
		}
	}
	f(`{}`, `{}`)
	f(`{"a":[ ]}`, "{\n  \"a\": []\n}")
	f(`{"a":{"b":"x,\"y"},"c":[1,2]}`, "{\n  \"a\": {\n    \"b\": \"x,\\\"y\"\n  },\n  \"c\": [\n    1,\n    2\n  ]\n}")
	f(`{"a":"open`, "{\n  \"a\": \"open")
	f(`]]`, "\n]\n]")
	deep := pretty(strings.Repeat("[", 5000) + strings.Repeat("]", 5000))
	if len(deep) > 5000*2*(2*maxPrettyDepth+2) {
		t.Errorf("%d bytes of 10,000", len(deep))
	}
	if long := pretty("[" + strings.Repeat("1,", 3<<20) + "1]"); len(long) > maxPretty+100 || !strings.HasSuffix(long, " bytes more") {
		t.Errorf("%d bytes, at their end %q", len(long), long[len(long)-30:])
	}
	g := func(in string, want bool) {
		t.Helper()
		if _, ok := prettyOf(in); ok != want {
			t.Errorf("%s is JSON: %t", in, ok)
		}
	}
	g(` {"a":1} `, true)
	g(`[1]`, true)
	g(`"{\"a\":1}"`, true)
	g(`"a"`, false)
	g(`12`, false)
	g(`{a}`, false)
	g(``, false)
}

func TestJSONIsColouredAcrossRows(t *testing.T) {
	f := &flow{text: "{\n  \"key\": \"a long value of words that goes on\",\n  \"n\": -1.5e3, \"b\": true\n}", width: 16, json: true}
	got := map[tint]string{}
	for n := 0; f.has(n); n++ {
		r := f.rows[n]
		spans, _ := jsonSpans(f.text, r.from, r.to, r.state)
		for _, s := range spans {
			if s.tint != tintDim {
				got[s.tint] += f.text[s.from:s.to]
			}
		}
	}
	if len(got) != 3 || got[tintNumber] != "-1.5e3" || got[tintBool] != "true" || strings.ReplaceAll(got[tintText], " ", "") != `"alongvalueofwordsthatgoeson"` {
		t.Errorf("%q", got)
	}
}

func TestFlow(t *testing.T) {
	f := func(text string, width int, want ...string) {
		t.Helper()
		l := &flow{text: text, width: width}
		var got []string
		for n := 0; l.has(n); n++ {
			r := l.rows[n]
			got = append(got, strings.Repeat(" ", r.indent)+l.drawable(r.from, r.to))
			if w := cellWidth(got[n]); w > width {
				t.Errorf("%q has %d cells", got[n], w)
			}
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q in %d cells: %q", text, width, got)
		}
	}
	f("order 7 declined", 10, "order 7 ", "declined")
	f("order seven", 11, "order seven")
	f("order seven", 5, "order", "seven")
	f("abcdefghij", 4, "abcd", "efgh", "ij")
	f("a\r\nb\n\nc", 9, "a", "b", "", "c")
	f("\tat x.Pay.call now", 16, "    at ", "    x.Pay.call ", "    now")
	f("日本語日本語", 5, "日本", "語日", "本語")
	f("\x1b\x00\xff", 8, `\x1b\x00`, `\xff`)
	f("e\u0301e\u0301", 1, "e\u0301", "e\u0301")
	f("x", 1, "x")
}

func FuzzFlow(f *testing.F) {
	f.Add("a b\n\tc 日本\x1b[31m\u202e\u200d\xff{\"a\":1}", 7, true)
	f.Add("{\"k\":\"v\\", 1, false)
	f.Fuzz(func(t *testing.T, text string, width int, json bool) {
		if text == "" || width < 4 || width > 400 {
			return
		}
		l := &flow{text: text, width: width, json: json}
		at := 0
		for n := 0; l.has(n); n++ {
			r := l.rows[n]
			if r.from != at || r.to < r.from || r.next < r.to || r.next <= at {
				t.Fatalf("row %d is %+v behind %d", n, r, at)
			}
			at = r.next
			if first, _ := l.step(r.from); l.cells(r) > width && first < r.to-r.from {
				t.Fatalf("row %d has %d cells of %d", n, l.cells(r), width)
			}
			if strings.ContainsAny(l.drawable(r.from, r.to), "\x1b\n\t") {
				t.Fatal("it moves the cursor")
			}
			spans, _ := jsonSpans(text, r.from, r.to, r.state)
			end := r.from
			for _, s := range spans {
				if s.from != end || s.to <= s.from {
					t.Fatalf("span %+v behind %d", s, end)
				}
				end = s.to
			}
			if end != r.to {
				t.Fatalf("spans end at %d, not %d", end, r.to)
			}
		}
		if at != len(text) {
			t.Fatalf("%d of %d bytes", at, len(text))
		}
		pretty(text)
	})
}

// A record of any size opens at once: only what is seen is laid out.
func TestLargeRecordsAreLaidOutAsFarAsSeen(t *testing.T) {
	for name, r := range largeRecords() {
		s := openRecord(t, r, 120, 40)
		d := s.top().view.(*details)
		rows := 0
		for i := range d.page.parts {
			if l := d.page.parts[i].flow; l != nil {
				rows += len(l.rows)
			}
		}
		if rows > 200 {
			t.Errorf("%s: %d rows for a screen of 40", name, rows)
		}
		s.press("'Ggjjjjkkkk", "pgdown", "pgup")
		for _, l := range strings.Split(s.View().Content, "\n") {
			if len(l) > 120*16+200 {
				t.Errorf("%s: a line of %d bytes", name, len(l))
			}
		}
	}
}

func largeRecords() map[string]*logs.Record {
	line, fields, trace, marks := rich(), rich(), rich(), rich()
	line.Body = strings.Repeat("0123456789abcde ", 1<<16)
	for i := range 10_000 {
		fields.Add(fmt.Sprintf("field.%d", i), logs.TextValue(fmt.Sprintf("value %d", i)))
	}
	trace.Body = "java.lang.Error" + strings.Repeat("\n\tat shop.Pay.call(Pay.java:7)", 50_000)
	marks.Body = "e" + strings.Repeat("\u0301", 1<<19)
	return map[string]*logs.Record{"line": line, "fields": fields, "trace": trace, "marks": marks}
}

func BenchmarkDetails(b *testing.B) {
	for name, r := range largeRecords() {
		b.Run("open/"+name, func(b *testing.B) {
			s := open(b, withRecord(r), 120, 40, "")
			s.press("'gjjjjjjj")
			for b.Loop() {
				s.press("enter")
				s.View()
				s.press("esc")
			}
		})
		b.Run("scroll/"+name, func(b *testing.B) {
			s := openRecord(b, r, 120, 40)
			for b.Loop() {
				s.press("'j")
				s.View()
			}
		})
		b.Run("end/"+name, func(b *testing.B) {
			for b.Loop() {
				s := openRecord(b, r, 120, 40)
				s.press("'G")
				s.View()
			}
		})
	}
	b.Run("pane", func(b *testing.B) {
		s := open(b, withRecord(rich()), 160, 40, "")
		s.press("'pgjjjjjjj")
		s.View()
		for b.Loop() {
			s.pane.made = making{}
			s.pane.body(s.Model, 64, 34)
		}
	})
}
