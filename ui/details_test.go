package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
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
	s.reads("none is written: it stands where it arrived")
	if strings.Contains(s.frame(), "null") {
		t.Errorf("a value stands where there is none:\n%s", s.frame())
	}
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
	s.press("'/")
	s.send(tea.PasteMsg{Content: "5e0d78d4c1a94f3e\n"})
	s.frame() // drawing moves nothing
	at("trace_id")
	s.press("esc", "'/nowhere")
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
		if find != "" {
			s.press("'/"+find, "enter")
		}
		s.press("'" + key)
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
	f("", "-", `not message:"order 7 declined: read timed out after 2646 ms, and the payment that was reserved for it goes back"`)
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
