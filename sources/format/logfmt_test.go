package format

import (
	"fmt"
	"strings"
	"testing"
)

func TestLogfmt(t *testing.T) {
	f := func(raw, want string) { t.Helper(); shows(t, raw, "logfmt", want) }
	f(`ts=2024-03-10T14:13:06.698Z caller=main.go:181 level=info msg="Starting \"x\"\tnow" n=1.50 ok=true empty= quoted="1"`,
		`time=2024-03-10T14:13:06.698Z severity=INFO text=info body="Starting \"x\"\tnow" caller="main.go:181" n=1.50 ok=true empty="" quoted="1"`)
	f("logger=settings t=2024-03-10T14:13:16.595933567Z level=warn msg=m\r\n", `time=2024-03-10T14:13:16.595933567Z severity=WARN text=warn service=settings body="m" logger="settings"`)
	f(`level=error panic retry msg="m" d`, `severity=ERROR text=error body="m" panic=true retry=true d=true`)
	f(`level=info`, `severity=INFO text=info body=""`)
	f(`a=1 b=2`, `body="" a=1 b=2`)
	f(`a=1  b="x y"c=3  `, `body="" a=1 b="x y" c=3`)
	f(`ƒ=2h3s x=b"c`, `body="" ƒ="2h3s" x="b\"c"`)
	f(`2024-01-01T10:00:00.5Z level=info msg=hi ts=1`, `time=2024-01-01T10:00:00.5Z severity=INFO text=info body="hi" ts=1`)
	f(`[2024-01-01 10:00:00] level=info time=2025-01-01T10:00:00Z`, `time=2024-01-01T10:00:00Z severity=INFO text=info body="" time="2025-01-01T10:00:00Z"`)
	f("level=error msg=boom trace_id=4bf92f3577b34da6\n  at x", `severity=ERROR text=error trace=4bf92f3577b34da6 body="boom\n  at x"`)
	f(`level=info msg="x trace_id=4bf92f3577b34da6"`, `severity=INFO text=info trace=4bf92f3577b34da6 body="x trace_id=4bf92f3577b34da6"`)
}

func TestLogfmtBounds(t *testing.T) {
	r := decodeAll(t, strings.Repeat("a=b ", 1200)+"level=warn")[0]
	if last := r.Attrs[len(r.Attrs)-1]; len(r.Attrs) != maxFields+1 || last.Key != moreFields || len(last.Value.Str) != 4*200+10 || r.SeverityText != "warn" {
		t.Errorf("%d attributes, the last is %s of %d bytes", len(r.Attrs), last.Key, len(last.Value.Str))
	}
}

func TestNotLogfmt(t *testing.T) {
	for _, raw := range []string{`x=1`, `x=5 is the answer, y=6`, `user=5 logged in from ip=1.2.3.4`, `a word x=1 y=2`, `level=info msg="open`, `MESSAGE=took x=1 y=2`,
		`=1 b=2`, `a b=c`, `x == y`, `if (a=b) c=d`} {
		shows(t, raw, "plain", fmt.Sprintf("body=%q", raw))
	}
}

// A word with a quote is no key, whatever keys objects had at its place.
func TestLogfmtKeysAreNoObjects(t *testing.T) {
	records := decodeAll(t, `{"a":1,"status":2}`+"\n"+`a=1 status"x" b=2 c=345678`+"\n")
	if len(records) != 2 || records[1].Format != "plain" {
		t.Errorf("%d records, the last of %s", len(records), records[len(records)-1].Format)
	}
}
