package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// records indexes text and returns each record's bytes.
func records(t *testing.T, text string) []string {
	t.Helper()
	ix, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := agree(t, ix, []byte(text))
	var out []string
	for _, r := range rows.List {
		out = append(out, text[r.Offset:r.Offset+r.Length])
	}
	return out
}

func TestStackTracesAreOneRecord(t *testing.T) {
	f := func(name string, want ...string) {
		t.Helper()
		got := records(t, strings.Join(want, ""))
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, want)
		}
	}
	f("java", "shop opens\n", "Exception in thread \"main\" java.lang.IllegalStateException: no stock\n\tat shop.Cart.add(Cart.java:31)\nCaused by: java.io.IOException: closed\n\t... 3 more\n", "shop closes\n")
	f("python", "start\n", "Traceback (most recent call last):\n  File \"pay.py\", line 3, in pay\n    raise Declined(card)\nshop.Declined: card 17\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"pay.py\", line 9, in retry\n    pay()\nTypeError: pay() takes 1 argument\n", "done\n")
	f("go", "panic: no stock\n\ngoroutine 1 [running]:\nmain.(*Cart).add(0xc000012345, 0x2)\n\t/src/cart.go:31 +0x1d\nmain.main()\n\t/src/main.go:9 +0x2a\ncreated by main.start\n\t/src/main.go:3\nexit status 2\n", "restarted\n")
	f("ruby", "cart.rb:31:in `add': no stock (RuntimeError)\n\tfrom cart.rb:9:in `<main>'\n", "next\n")
	f("node", "TypeError: cart.add is not a function\n    at Object.<anonymous> (/srv/cart.js:31:7)\n    at node:internal/main:28:49\n", "next\n")
	f("dotnet", "System.InvalidOperationException: no stock\n ---> System.IO.IOException: closed\n   at Shop.Cart.Read()\n   --- End of inner exception stack trace ---\n   at Shop.Cart.Add()\n", "next\n")
	f("indented", "settings:\n  colour: red\n\tsize: 4\n", "next\n")
	f("windows line ends", "settings:\r\n  colour: red\r\n", "next\r\n", "last, without an end")
}

// A partial line is joined to what goes on with it, across lines of the other stream.
func TestPartsAreJoinedAcrossChunks(t *testing.T) {
	st := &state{pending: []pending{{row: logs.Row{Offset: 3, Length: 9, Time: 7, Lines: 2, Trace: 5, Format: 258, Severity: logs.Warn, Guessed: logs.GuessedYear, Marks: logs.Continued},
		service: "payment", tag: criErr, last: shapeError, mode: pythonEnd, partial: true, closed: true, parts: []byte("half")}},
		years: turns{true, -5, 2, true, 2026}, days: turns{true, 9, 1, false, 0}, before: []pending{{tag: 1, service: "x", parts: []byte{}}}}
	back := readState(st.bytes())
	if fmt.Sprint(back) != fmt.Sprint(st) {
		t.Errorf("the state came back as\n%+v not\n%+v", back, st)
	}
	for i := range st.bytes() {
		readState(st.bytes()[:i]) // a cut state is none, and no panic
	}
}

func FuzzState(f *testing.F) {
	f.Add((&state{}).bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		st := readState(b)
		if again := readState(st.bytes()); fmt.Sprint(again) != fmt.Sprint(st) {
			t.Errorf("%q: %+v, written and read %+v", b, st, again)
		}
	})
}

func TestClosedByTime(t *testing.T) {
	ix, _ := New(Options{})
	rows := &logs.Rows{}
	one := []byte("Traceback (most recent call last):\n")
	two := []byte("  File \"pay.py\", line 3\nnext\n")
	st := ix.Fold(nil, 0, one, ix.Scan(one, nil), rows)
	ix.Open(st, rows)
	if len(rows.List) != 1 || rows.List[0].Marks&logs.Open == 0 {
		t.Fatalf("open: %+v", rows.List)
	}
	rows = &logs.Rows{}
	st = ix.Close(st, rows, true)
	st = ix.Fold(st, int64(len(one)), two, ix.Scan(two, nil), rows)
	ix.Close(st, rows, false)
	st = ix.Close(st, rows, true)
	words := []byte("words\nmore words\n")
	ix.Close(ix.Fold(st, 100, words, ix.Scan(words, nil), rows), rows, false)
	if last := rows.List[len(rows.List)-2:]; last[0].Marks&logs.Continued != 0 || last[1].Marks&logs.Continued != 0 {
		t.Errorf("words of their own are marked continued: %+v", last)
	}
	rows.List = rows.List[:3]
	if rows.List[0].Marks&(logs.Open|logs.Continued) != 0 || rows.List[1].Marks&logs.Continued == 0 || rows.List[2].Marks&logs.Continued != 0 {
		t.Errorf("after closing by time: %+v", rows.List)
	}
}

// New Years are counted backwards from the last stamp.
func TestYears(t *testing.T) {
	f := func(zone *time.Location, ref string, stamps, want string) {
		t.Helper()
		ix, err := New(Options{Location: zone})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, s := range strings.Split(stamps, ",") {
			fmt.Fprintf(&text, "%s web app[1]: text\n", s)
		}
		raw := []byte(text.String())
		rows := &logs.Rows{}
		st := ix.Fold(nil, 0, raw, ix.Scan(raw, nil), rows)
		at, err := time.Parse(time.RFC3339, ref)
		if err != nil {
			t.Fatal(err)
		}
		st = ix.Date(st, at.UnixNano(), rows.List)
		ix.Close(st, rows, false)
		var got []string
		for _, r := range rows.List {
			got = append(got, time.Unix(0, r.Time).UTC().Format("2006-01-02T15:04:05"))
		}
		if s := strings.Join(got, ","); s != want {
			t.Errorf("%s by %s: %s, not %s", stamps, ref, s, want)
		}
	}
	f(time.UTC, "2026-03-14T09:00:00Z", "Mar 14 08:00:00", "2026-03-14T08:00:00")
	f(time.UTC, "2026-03-14T09:00:00Z", "Mar 15 08:00:00", "2026-03-15T08:00:00") // a clock that is ahead
	f(time.UTC, "2026-03-14T09:00:00Z", "Mar 16 08:00:00", "2025-03-16T08:00:00")
	f(time.UTC, "2026-01-02T00:00:00Z", "Dec 30 08:00:00,Dec 31 23:59:59,Jan  1 00:00:01", "2025-12-30T08:00:00,2025-12-31T23:59:59,2026-01-01T00:00:01")
	f(time.UTC, "2026-01-02T00:00:00Z", "Dec 31 23:59:59,Jan  1 00:00:01,Dec 31 23:59:58,Jan  1 00:00:02", "2025-12-31T23:59:59,2026-01-01T00:00:01,2025-12-31T23:59:58,2026-01-01T00:00:02")
	f(time.UTC, "2026-06-01T00:00:00Z", "Nov  1 00:00:00,Mar  1 00:00:00,Nov  1 00:00:00,Mar  1 00:00:00", "2024-11-01T00:00:00,2025-03-01T00:00:00,2025-11-01T00:00:00,2026-03-01T00:00:00")
	f(time.UTC, "2024-03-01T00:00:00Z", "Feb 29 12:00:00", "2024-02-29T12:00:00")
	f(time.FixedZone("", 3600), "2026-01-01T00:30:00Z", "Jan  1 01:00:00", "2026-01-01T00:00:00")
}

// Of another program's output behind a record a hundred lines at most belong to it.
func TestLooseLinesAreBounded(t *testing.T) {
	f := func(name, between string, loose, want int) {
		t.Helper()
		first := "2026-03-14 08:00:00,123 INFO [payment] report\n"
		text := first + strings.Repeat(between, loose) + first
		if got := len(records(t, text)); got != want {
			t.Errorf("%s: %d records, not %d", name, got, want)
		}
	}
	f("few", "some output\n", 100, 2)
	f("many", "some output\n", 500, 2+400)
	f("with blanks between", "some output\n\n", 500, 2+400)
	f("a dump", "some output\n  indented\n", 500, 2)
	f("frames", "\tat shop.Cart.add(Cart.java:31)\n", 500, 2)
}

// TestManyServices: rows beyond the services that a dictionary holds say so, wherever chunks are cut.
func TestManyServices(t *testing.T) {
	var b bytes.Buffer
	for i := range logs.ServiceOverflow + 10 {
		fmt.Fprintf(&b, "level=info service=s%d msg=x\n", i)
	}
	b.WriteString("level=info service=s1 msg=x\n")
	rows := agree(t, newTestIndexer(t, Options{}), b.Bytes())
	last, first := rows.List[len(rows.List)-2], rows.List[len(rows.List)-1]
	if len(rows.Services) != logs.ServiceOverflow || last.Service != logs.ServiceOverflow || rows.Services[first.Service] != "s1" {
		t.Errorf("%d services, %+v, %+v", len(rows.Services), last, first)
	}
}
