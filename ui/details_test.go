package ui

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/clipboard"
)

// rich is a record with everything that a record may have.
func rich() *logs.Record {
	at := time.Date(2026, 3, 14, 8, 0, 7, 48_120_000, time.UTC)
	r := &logs.Record{Time: at.UnixNano(), Guessed: logs.GuessedYear | logs.GuessedZone, Severity: logs.Error, SeverityText: "err",
		Body:    "order 7 declined: read timed out after 2646 ms, and the payment that was reserved for it goes back\njava.net.SocketTimeoutException: Read timed out\n\tat shop.Pay.call(Pay.java:7)\n\tat shop.Orders.accept(Orders.java:120)",
		Service: "payment", Host: "a7", TraceID: "5e0d78d4c1a94f3e", SpanID: "00f067aa0ba902b7", Line: 1234, Format: "cri+json", Marks: logs.Continued | logs.Open,
		Resource: &logs.Resource{Source: "/var/log/payment.log", Attrs: []logs.Attr{{Key: "tag", Value: logs.TextValue("eu-1")}}}, Raw: []byte("{\"a\":\t1}\r\n\x1b[31mred\n")}
	r.Add("http.status", logs.NumberValue("502"))
	r.Add("retry", logs.Value{Kind: logs.Bool, Str: "true"})
	r.Add("user", logs.Value{Kind: logs.Null})
	r.Add("items", logs.Value{Kind: logs.Array, Items: []logs.Attr{{Value: logs.Value{Kind: logs.Object, Items: []logs.Attr{{Key: "sku", Value: logs.TextValue("tea")}, {Key: "n", Value: logs.NumberValue("2")}}}}}})
	r.Add("answer", logs.TextValue(`{"error":{"code":"E42","deep":[1,[],{}],"say":"a \"b\""},"ok":false,"none":null}`))
	r.Add("kubernetes.labels.app_kubernetes_io/instance", logs.TextValue("payment-eu"))
	r.Add("error.stack_trace", logs.TextValue("first\n\tsecond\n\tthird\n\tfourth\n\tfifth"))
	r.Add("empty", logs.TextValue(""))
	r.Add("hostile", logs.TextValue("a\x1b]0;x\x07\u202eb 日本語"))
	return r
}

func withRecord(r *logs.Record) *shop {
	x := newShop(20)
	x.rows[7] = session.Row{Key: session.Key{Time: x.rows[7].Key.Time, Sequence: 7}, Record: r}
	return x
}

// openRecord opens the details of a record, the eighth of twenty.
func openRecord(t testing.TB, r *logs.Record, width, height int) *screen {
	t.Helper()
	s := open(t, withRecord(r), width, height, "")
	s.press("'gjjjjjjj", "enter")
	s.View()
	return s
}

func (s *screen) reads(want string) {
	s.t.Helper()
	if f := s.frame(); !strings.Contains(f, want) {
		s.t.Errorf("no %q in\n%s", want, f)
	}
}

func (s *screen) lacks(not string) {
	s.t.Helper()
	if f := s.frame(); strings.Contains(f, not) {
		s.t.Errorf("%q in\n%s", not, f)
	}
}

func (s *screen) tabKey() { s.send(tea.KeyPressMsg{Code: tea.KeyTab}) }

func TestDetailsFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {200, 50}, {40, 10}} {
		name := fmt.Sprintf("details-%dx%d-", size.w, size.h)
		s := openRecord(t, rich(), size.w, size.h)
		s.golden(name + "fields")
		s.press("'G")
		s.golden(name + "end")
		s.press("'/answer", "enter", "enter")
		s.golden(name + "opened")
		s.press("'o")
		s.golden(name + "json")
		s.press("'o")
		s.golden(name + "raw")
		s.press("esc", "'p")
		s.golden(name + "side")
	}
}

func TestDetailsOfNothing(t *testing.T) {
	s := openRecord(t, &logs.Record{Time: logs.NoTime}, 80, 24)
	s.reads("no message")
	s.press("'jkGgoo", "enter", "'/x", "enter", "'nN+-yY", "pgdown", "pgup", "'wl$0h")
	s = open(t, newShop(0), 80, 24, "")
	s.press("'p", "enter")
	s.tabKey()
	s.tabKey()
	s.press("'jyo", "esc")
}

// The cursor goes from field to field, and line by line through what is longer than the screen.
func TestDetailsCursor(t *testing.T) {
	s := openRecord(t, rich(), 80, 40)
	s.reads("message, 21 fields")
	s.press("'j")
	s.reads("field 1 of 21")
	s.press("'jjj")
	s.reads("field 4 of 21")
	s.press("'k")
	s.reads("field 3 of 21")
	s.press("'G")
	s.reads("field 21 of 21")
	s.press("'g")
	s.reads("message, 21 fields")

	r := rich()
	r.Body = "line" + strings.Repeat("\nline", 100) + "\nthe end"
	s = openRecord(t, r, 80, 24)
	for range 81 {
		s.press("'j")
	}
	s.reads("the end")
	s.press("'j")
	s.reads("field 1 of 21")
	s.press("'k")
	s.reads("message, 21 fields")
	s.press("pgup")
	s.lacks("the end")
}

// On the next record the cursor stays on the field of the same name.
func TestDetailsStep(t *testing.T) {
	s := openRecord(t, rich(), 80, 24)
	s.press("'G/tot", "enter", "'g")
	s.press("'K/total", "enter")
	s.reads("order 6 accepted")
	s.reads("field 4 of 7")
	s.press("'K")
	s.reads("order 5 accepted")
	s.reads("field 4 of 7")
	s.press("'gKKKKKKKK")
	s.reads("order 0 accepted")
	s.reads("this is the first record")
	s.press("esc")
	if row, _ := s.scope().current(); row.Record.Line != 1 {
		t.Errorf("the list is at line %d", row.Record.Line)
	}
}

// The record stays while the list goes on, and grows where more lines join it.
func TestDetailsStayOnTheirRecord(t *testing.T) {
	x := newShop(40)
	s := open(t, x, 80, 24, "")
	s.press("'kkk", "enter")
	s.reads("order 36 ")
	x.rows = x.rows[:30]
	s.run(s.refresh())
	s.reads("order 36 ")
	x.rows = newShop(60).rows
	grown := *x.rows[36].Record
	grown.Body = "order 36, grown"
	x.rows[36].Record = &grown
	s.run(s.refresh())
	s.press("'K")
	s.reads("order 35 accepted")
	s.press("'J")
	s.reads("order 36, grown")
}

func TestDetailsFold(t *testing.T) {
	s := openRecord(t, rich(), 80, 50)
	s.reads("+2 lines")
	s.lacks("fourth")
	s.press("'/error.stack", "enter", "enter")
	s.reads("fourth")
	s.press("enter")
	s.lacks("fourth")
	s.press("'/fou", "enter") // a hit unfolds what hides it
	s.press("'g", "enter")
	s.lacks("Orders.java:120")
	s.reads("Timeout")
	s.press("enter")
	s.reads("Orders.java:120")
	s.press("'/answer", "enter", "enter")
	s.reads(`      "code": "E42",`)
	s.reads(`        [],`)
}

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

func TestDetailsFind(t *testing.T) {
	s := openRecord(t, rich(), 80, 24)
	s.press("'/pay", "enter")
	at := func(key string) {
		t.Helper()
		s.View()
		d := s.top().view.(*details)
		if got := d.page.parts[d.page.cursor].key; got != key {
			t.Errorf("at %q, not %q", got, key)
		}
	}
	at("")
	s.press("'nnn") // "payment that", Pay.call, Pay.java
	at("service")
	s.press("'n")
	at("kubernetes.labels.app_kubernetes_io/instance")
	s.press("'n")
	at("source")
	s.press("'n")
	s.reads("no hit below in this record")
	s.press("'N")
	at("kubernetes.labels.app_kubernetes_io/instance")
	s.press("'/nowhere")
	s.reads("not in this record")
	s.press("esc")
	at("kubernetes.labels.app_kubernetes_io/instance")
}

// What the list searches for is found in the record, too.
func TestDetailsHaveTheSearchOfTheList(t *testing.T) {
	s := open(t, withRecord(rich()), 80, 24, "")
	s.press("'g/E42", "enter", "enter")
	s.View()
	s.press("'n")
	d := s.top().view.(*details)
	if got := d.page.parts[d.page.cursor].key; got != "answer" {
		t.Errorf("at %q:\n%s", got, s.frame())
	}
}

func TestDetailsKeepAndDrop(t *testing.T) {
	f := func(find, key, want string) {
		t.Helper()
		s := openRecord(t, rich(), 80, 24)
		s.press("'/"+find, "enter", "'"+key)
		if got := s.scope().text(); got != want || len(s.layers) != 1 {
			t.Errorf("%s %s: %s, %d layers", key, find, got, len(s.layers))
		}
	}
	f("http.status", "+", "http.status:502")
	f("service", "-", "not service:payment")
	f("level", "+", "level:ERROR")
	f("error.stack_trace", "+", "error.stack_trace:first")
	f("tag", "+", "tag:eu-1")
	f("trace_id", "+", "trace_id:5e0d78d4c1a94f3e")
	s := openRecord(t, rich(), 80, 24)
	s.press("'j+")
	s.reads("nothing is kept or dropped by time")
	s.press("'j+")
	s.reads("kept level:ERROR · < as before")
	s.press("'<")
	if got := s.scope().text(); got != "" {
		t.Errorf("back at %s", got)
	}
}

// pasted is what a key copies.
func (s *screen) pasted(key string) string {
	s.t.Helper()
	r := []rune(key)[0]
	_, cmd := s.Update(tea.KeyPressMsg{Code: r, Text: key})
	if cmd == nil {
		return ""
	}
	raw, ok := cmd().(tea.RawMsg)
	if !ok {
		return ""
	}
	_, text, _ := strings.Cut(fmt.Sprint(raw.Msg), ";c;")
	b, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(text, "\x07"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(b)
}

func TestCopy(t *testing.T) {
	s := openRecord(t, rich(), 80, 24)
	s.Clipboard = clipboard.Env{Term: "xterm"}
	f := func(key, want string) {
		t.Helper()
		if got := s.pasted(key); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	f("y", rich().Body)
	s.press("'/http.status", "enter")
	f("y", "502")
	s.reads("copied http.status, 3 bytes")
	if got := s.pasted("Y"); !strings.HasPrefix(got, `{"timestamp":"2026-03-14T08:00:07.048120000Z","time_guessed":"year",`) {
		t.Error(got)
	}
	s.press("esc")
	f("y", string(rich().Raw))
	s.press("'vjj")
	f("y", string(rich().Raw)+"order 8 accepted\norder 9 accepted\n")
	if got := s.pasted("Y"); strings.Count(got, "\n") != 2 || !strings.Contains(got, `"body":"order 9 accepted"`) {
		t.Error(got)
	}
	s.reads("copied 3 records as JSON")
}

func TestCopyThatTheTerminalDoesNotTake(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	r := rich()
	r.Raw, r.Marks = []byte(strings.Repeat("x", clipboard.Limit+1)), logs.Cut
	s := open(t, withRecord(r), 120, 24, "")
	s.Clipboard = clipboard.Env{Term: "xterm"}
	s.press("'gjjjjjjjy")
	_, path, _ := strings.Cut(s.notice, "written to ")
	path, _, _ = strings.Cut(path, " ")
	if b, err := os.ReadFile(path); err != nil || len(b) != len(r.Raw) {
		t.Errorf("%q: %d bytes, %v", s.notice, len(b), err)
	}
	if !strings.Contains(s.notice, "74995 bytes are more than terminals take") {
		t.Error(s.notice)
	}
}

func TestRawShowsLineEnds(t *testing.T) {
	s := openRecord(t, rich(), 80, 24)
	s.press("'oo")
	s.reads(`{"a":\t1}\r\n`)
	s.reads(`\x1b[31mred\n`)
	s.press("'o")
	s.reads("message, 21 fields")
}

func TestDetailsSideways(t *testing.T) {
	r := rich()
	r.Body = strings.Repeat("abcdefghij", 50) + "END"
	s := openRecord(t, r, 80, 24)
	s.reads("END")
	s.press("'w")
	s.lacks("END")
	s.press("'$")
	s.reads("END")
	s.press("'0")
	s.lacks("END")
	s.press("'llll")
	s.reads("field") // and nothing is lost
	s.press("'0/END", "enter")
	s.reads("END")
}

// The pane follows the cursor of the list, and has the keys when it has the focus.
func TestPane(t *testing.T) {
	for _, width := range []int{80, 140} {
		s := open(t, withRecord(rich()), width, 40, "")
		s.press("'pgjjjjjj")
		s.reads("total")
		s.press("'j")
		s.reads("java.net.SocketTimeoutException: Read timed out")
		s.tabKey()
		s.tabKey() // the strip, the pane
		s.press("'j")
		s.reads("field 1 of 21")
		s.press("'J")
		if row, _ := s.scope().current(); row.Record.Line != 9 {
			t.Errorf("at line %d", row.Record.Line)
		}
		s.reads("field 1 of 7")
		s.tabKey()
		s.press("'k")
		if row, _ := s.scope().current(); row.Record.Line != 1234 {
			t.Errorf("at line %d", row.Record.Line)
		}
		s.press("'p")
		s.lacks("java.net.SocketTimeoutException: Read timed out")
	}
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
