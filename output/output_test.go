package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
)

func TestAppendJSON(t *testing.T) {
	r := &logs.Record{Time: 1773475200123000000, Guessed: logs.GuessedZone, Severity: logs.Error, SeverityText: "err", Service: "payment",
		Body: "a \"b\"\n\x1b[31m\xff", Line: 7, Resource: &logs.Resource{Source: "app.log", Attrs: []logs.Attr{{Key: "tag", Value: logs.TextValue("x")}}}}
	r.Add("n", logs.NumberValue("18446744073709551616"))
	r.Add("ok", logs.Value{Kind: logs.Bool, Str: "true"})
	r.Add("none", logs.Value{})
	r.Add("list", logs.Value{Kind: logs.Array, Items: []logs.Attr{{Value: logs.TextValue("a")}, {Value: logs.Value{Kind: logs.Object, Items: []logs.Attr{{Key: "k", Value: logs.NumberValue("1")}}}}}})
	r.Add("twice", logs.NumberValue("1"))
	r.Add("twice", logs.NumberValue("2"))
	want := `{"timestamp":"2026-03-14T08:00:00.123000000Z","time_guessed":"zone","severity":"ERROR","severity_text":"err","service":"payment",` +
		`"body":"a \"b\"\n\u001b[31m\\xff","source":"app.log","line":7,"format":"json",` +
		`"attributes":{"n":18446744073709551616,"ok":true,"none":null,"list":["a",{"k":1}],"twice":[1,2],"tag":"x"}}`
	if got := string(AppendJSON(nil, r, "format", "json")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := string(AppendJSON(nil, &logs.Record{Time: logs.NoTime})); got != `{"severity":"","service":"","body":"","attributes":{}}` {
		t.Errorf("the empty record: %s", got)
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "plain", "\x00\x1f\"\\", "é\xff\u2028", "\ud7ff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := AppendString(nil, s)
		var back string
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("%q: %v", b, err)
		}
		if utf8.ValidString(s) && back != s {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}

func TestClean(t *testing.T) {
	f := func(in string, lines bool, want string) {
		t.Helper()
		if got := Clean(in, lines); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	f("plain ~", false, "plain ~")
	f("\x1b[31mred\x1b]0;title\x07", false, `\x1b[31mred\x1b]0;title\x07`)
	f("a\nb\tc", false, "a↵b c")
	f("a\nb\tc\r\n", true, "a\nb\tc\n")
	f("50%\r100%", true, `50%\x0d100%`)
	f("\u009b31m", false, `\u009b31m`)
	f("user\u202egnp.exe", false, `user\u202egnp.exe`)
	f("zero\u200bwidth\ufeff", false, `zero\u200bwidth\ufeff`)
	f("\xff\xfe é 日本 👩\u200d👩\u200d👧", false, "\\xff\\xfe é 日本 👩\u200d👩\u200d👧")
	f("ad\u200dmin x\u200d", false, `ad\u200dmin x\u200d`) // nothing there joins
	f("👩\u200d\u2060 👩\u200d\u200d👩", false, `👩\u200d\u2060 👩\u200d\u200d👩`)
	f("❤\ufe0f\u200d🔥 क्\u200dष", false, "❤\ufe0f\u200d🔥 क्\u200dष")
	f("e\u0301", false, "e\u0301")
	f("\U000e0041", false, `\U000e0041`)
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b[2J\u202e\xff\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s, true)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: no UTF-8", got)
		}
		for _, r := range got {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		if Clean(got, true) != got {
			t.Fatalf("%q: cleaned twice differs", s)
		}
	})
}

func TestTextAndCSV(t *testing.T) {
	if got := string(AppendText(nil, []byte("one\r\n\ttwo\n"), "a: ")); got != "a: one\na: \ttwo\n" {
		t.Errorf("text: %q", got)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := WriteCSV(w, &logs.Record{Time: logs.NoTime, Body: "=HYPERLINK(1)\nx,y", Line: 2}); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	if got := strings.TrimSpace(b.String()); got != ",,,,\"'=HYPERLINK(1)\nx,y\",,,,2,{}" {
		t.Errorf("csv: %q", got)
	}
}

func TestCleanerKeepsRunesWhole(t *testing.T) {
	var b strings.Builder
	c := NewCleaner(&b)
	for _, part := range []byte("日本\n\x1b[2Jé") {
		if _, err := c.Write([]byte{part}); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Flush(); err != nil || b.String() != "日本\n\\x1b[2Jé" {
		t.Errorf("%q, %v", b.String(), err)
	}
}
