package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/store"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// newIndexer makes the Indexer that the tests use.
func newIndexer() logs.Indexer { return sourcetest.Indexer() }

func newStore(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	if o.Folder == "" {
		o.Folder = t.TempDir()
	}
	s := store.New(o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// open begins a finished stream whose records stand at their event times, else at noon.
func open(t testing.TB, s *store.Store, data io.ReaderAt) *store.Stream {
	return s.Open(store.Info{Resource: &logs.Resource{Source: "app.log"}, ModTime: noon.UnixNano(), Data: data}, newIndexer())
}

func appendAll(t testing.TB, st *store.Stream, text string, size int) {
	t.Helper()
	for len(text) > 0 {
		n := min(size, len(text))
		if err := st.Append(t.Context(), []byte(text[:n]), nil, noon.UnixNano()); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
}

// data is a file in memory.
type data struct{ bytes []byte }

func (d *data) ReadAt(b []byte, at int64) (int, error) { return bytes.NewReader(d.bytes).ReadAt(b, at) }

// growAll has st read text in steps bytes at a time.
func growAll(t testing.TB, st *store.Stream, d *data, text string, step int) {
	t.Helper()
	for n := 0; n < len(text); {
		n = min(n+step, len(text))
		d.bytes = []byte(text[:n])
		if err := st.Grow(t.Context(), int64(n)); err != nil {
			t.Fatal(err)
		}
	}
}

// state returns what the newest snapshot has of its only stream.
func state(t testing.TB, s *store.Store) *store.StreamState {
	t.Helper()
	snap := s.Snapshot()
	if len(snap.Streams) != 1 {
		t.Fatalf("%d streams, want 1", len(snap.Streams))
	}
	return snap.Streams[0]
}

// each calls f for every record of a stream, open ones last.
func each(t testing.TB, st *store.StreamState, f func(c *store.Columns, i int)) {
	t.Helper()
	blocks := st.Blocks
	if st.Open != nil {
		blocks = append(blocks[:len(blocks):len(blocks)], st.Open)
	}
	for _, b := range blocks {
		c, err := b.Columns()
		if err != nil {
			t.Fatal(err)
		}
		if c.Len() != b.Summary.Rows || c.Len() == 0 {
			t.Fatalf("a block of %d records, whose summary says %d", c.Len(), b.Summary.Rows)
		}
		for i := range c.Len() {
			f(c, i)
		}
	}
}

// dump writes everything that can be seen of a stream's records, a line each.
func dump(t testing.TB, st *store.StreamState) string {
	t.Helper()
	var out strings.Builder
	var r store.Reader
	var rec logs.Record
	each(t, st, func(c *store.Columns, i int) {
		if err := r.Record(c, i, &rec); err != nil {
			t.Fatal(err)
		}
		raw, err := r.Raw(c, i, nil)
		if err != nil {
			t.Fatal(err)
		}
		row := c.Row(i)
		service, _ := c.Service(i)
		fmt.Fprintf(&out, "%d+%d line %d, %d lines, %s, order %s, %s, service %q %q, marks %d, %q, %q\n", row.Offset, row.Length, rec.Line, row.Lines,
			stamp(row.Time), stamp(c.Order(i)), row.Severity, service, rec.Service, rec.Marks, rec.Body, raw)
		if err := r.Record(c, i, &rec); err != nil || rec.Time != row.Time || rec.Source() != "app.log" {
			t.Fatalf("the record has time %s and source %q: %v", stamp(rec.Time), rec.Source(), err)
		}
	})
	return out.String()
}

// bodies writes the records of a stream as "order body", a line each, open ones with a "?" behind.
func bodies(t testing.TB, st *store.StreamState) string {
	t.Helper()
	var out strings.Builder
	var r store.Reader
	var rec logs.Record
	each(t, st, func(c *store.Columns, i int) {
		if err := r.Record(c, i, &rec); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s %s", stamp(c.Order(i)), strings.ReplaceAll(rec.Body, "\n", "|"))
		if rec.Marks&logs.Continued != 0 {
			out.WriteString(" (continued)")
		}
		if rec.Marks&logs.Open != 0 {
			out.WriteString(" ?")
		}
		out.WriteByte('\n')
	})
	return out.String()
}

// stamp is short for times of the first of May 2024, the day of the tests.
func stamp(t int64) string {
	if t == logs.NoTime {
		return "none"
	}
	s := time.Unix(0, t).UTC().Format(time.RFC3339Nano)
	return strings.TrimSuffix(strings.TrimPrefix(s, "2024-05-01T"), "Z")
}

const mixed = `2024-05-01T10:00:00Z INFO shop started
2024-05-01T10:00:01Z ERROR payment failed: no
	at a.b(c)
	at d.e(f)

2024-05-01T10:00:00.5Z WARN shop late` + "\r\n" + `
nothing in particular
2024-05-01T10:00:02Z a line with an umlaut: ü
` + "\x00\x00" + `behind NULs
the end, without an end`

func TestRecordsDoNotDependOnPieces(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	appendAll(t, st, mixed, len(mixed))
	st.Close()
	want := dump(t, state(t, s))
	if !strings.Contains(want, "line 9, ") || !strings.Contains(want, `"the end, without an end"`) {
		t.Fatalf("lines or the last record are missing in\n%s", want)
	}
	for _, size := range []int{1, 7, 64, 100} {
		s := newStore(t, store.Options{})
		st := open(t, s, nil)
		appendAll(t, st, mixed, size)
		st.Close()
		if got := dump(t, state(t, s)); got != want {
			t.Errorf("in pieces of %d bytes\n%s, want\n%s", size, got, want)
		}
	}
	for _, size := range []int{1, 13, len(mixed)} {
		s, d := newStore(t, store.Options{}), &data{}
		st := open(t, s, d)
		growAll(t, st, d, mixed, size)
		st.Close()
		if got := dump(t, state(t, s)); got != want {
			t.Errorf("grown by %d bytes\n%s, want\n%s", size, got, want)
		}
	}
}

func TestRawBytesAreThoseAppended(t *testing.T) {
	text := bigText(3 << 20)
	for _, o := range []store.Options{{}, {Memory: 1 << 20}} {
		s := newStore(t, o)
		st := open(t, s, nil)
		appendAll(t, st, text, 50_000)
		st.Close()
		if got := raw(t, state(t, s)); got != text {
			t.Errorf("%d bytes come back, of %d: %+v", len(got), len(text), o)
		}
		lines := 0
		each(t, state(t, s), func(c *store.Columns, i int) { lines += int(c.Row(i).Lines) })
		if want := strings.Count(text, "\n"); lines != want {
			t.Errorf("the records have %d lines, want %d", lines, want)
		}
	}
	s, d := newStore(t, store.Options{}), &data{}
	st := open(t, s, d)
	growAll(t, st, d, text, len(text))
	if got := raw(t, state(t, s)); !strings.HasPrefix(text, got) || len(got) < len(text)-200 {
		t.Errorf("%d bytes come back, of %d", len(got), len(text))
	}
}

func raw(t testing.TB, st *store.StreamState) string {
	t.Helper()
	var out bytes.Buffer
	var r store.Reader
	var buf []byte
	each(t, st, func(c *store.Columns, i int) {
		var err error
		if buf, err = r.Raw(c, i, buf); err != nil {
			t.Fatal(err)
		}
		out.Write(buf)
	})
	return out.String()
}

// bigText is at least size bytes of records, a few of several hundred lines.
func bigText(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "%s INFO s%d number %d of many records\n", noon.Add(time.Duration(i)*time.Millisecond).Format(time.RFC3339Nano), i%7, i)
		if i%5000 == 4999 {
			b.WriteString(strings.Repeat("\tat some.place(in a trace)\n", 300))
		}
	}
	return b.String()
}

func TestLongLinesAreCutIntoRecords(t *testing.T) {
	f := func(text string, want ...string) {
		t.Helper()
		for _, size := range []int{1, 3, 10, 11, 1000} {
			s := newStore(t, store.Options{MaxLine: 10})
			st := open(t, s, nil)
			appendAll(t, st, text, size)
			st.Close()
			if got := bodies(t, state(t, s)); got != "12:00:00 "+strings.Join(want, "\n12:00:00 ")+"\n" {
				t.Errorf("%q in pieces of %d:\n%s", text, size, got)
			}
		}
	}
	f("0123456789\n", "0123456789")
	f("0123456789a\nb\n", "0123456789", "a (continued)", "b")
	f("0123456789abcdefghijk\n", "0123456789", "abcdefghij (continued)", "k (continued)")
	f("x\n0123456789abc", "x", "0123456789", "abc (continued)")
}

func TestFramesAreRecords(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	text := "one\ntwo\n" + "three" + "f" + "our" + "five\n"
	ends := []int{8, 13, 13, 14, 17, 22}
	if err := st.Append(t.Context(), []byte(text), ends, 0); err != nil {
		t.Fatal(err)
	}
	if err := st.Append(t.Context(), []byte("six, the first part, "), []int{}, 0); err != nil {
		t.Fatal(err)
	}
	if err := st.Append(t.Context(), []byte("the second"), []int{10}, 0); err != nil {
		t.Fatal(err)
	}
	if got, want := bodies(t, state(t, s)), "12:00:00 one|two\n12:00:00 three\n12:00:00 f\n12:00:00 our\n12:00:00 five\n12:00:00 six, the first part, the second\n"; got != want {
		t.Errorf("records\n%s, want\n%s", got, want)
	}
	if got := dump(t, state(t, s)); strings.Contains(got, "line 1") {
		t.Errorf("framed records have no line numbers:\n%s", got)
	}
}

func TestOpenRecordIsReplacedInPlace(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	f := func(text, want string) {
		t.Helper()
		appendAll(t, st, text, len(text)+1)
		if got := bodies(t, state(t, s)); got != want {
			t.Errorf("after %q:\n%s, want\n%s", text, got, want)
		}
	}
	f("2024-05-01T10:00:00Z first\n", "10:00:00 first ?\n")
	offset := openOffset(t, s)
	f("\tmore\n", "10:00:00 first|\tmore ?\n")
	if n := openOffset(t, s); n != offset {
		t.Errorf("the open record moved from %d to %d", offset, n)
	}
	f("2024-05-01T10:00:01Z second\n", "10:00:00 first|\tmore\n10:00:01 second ?\n")
	st.Settle()
	f("", "10:00:00 first|\tmore\n10:00:01 second\n")
	f("\tafter a pause\n", "10:00:00 first|\tmore\n10:00:01 second\n10:00:01 \tafter a pause (continued) ?\n")
	st.Close()
	f2 := bodies(t, state(t, s))
	if strings.Contains(f2, "?") {
		t.Errorf("open after Close:\n%s", f2)
	}
	if err := st.Append(t.Context(), []byte("x"), nil, 0); err == nil {
		t.Error("a closed stream takes bytes")
	}
}

func openOffset(t *testing.T, s *store.Store) int64 {
	t.Helper()
	c, err := state(t, s).Open.Columns()
	if err != nil {
		t.Fatal(err)
	}
	return c.Offset(0)
}

func TestUnendedLineSettles(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	appendAll(t, st, "a prompt:", 100)
	st.Settle()
	appendAll(t, st, " its answer\n", 100)
	st.Close()
	if got, want := bodies(t, state(t, s)), "12:00:00 a prompt:\n12:00:00  its answer (continued)\n"; got != want {
		t.Errorf("records\n%s, want\n%s", got, want)
	}
}

func TestErrorsNameTheSource(t *testing.T) {
	s, d := newStore(t, store.Options{}), &data{bytes: []byte("one\ntwo\nthree\n")}
	st := open(t, s, d)
	if err := st.Grow(t.Context(), 14); err != nil {
		t.Fatal(err)
	}
	if err := st.Grow(t.Context(), 20); err == nil || !strings.Contains(err.Error(), "app.log") || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("growing beyond the end: %v", err)
	}
	d.bytes = d.bytes[:5]
	var r store.Reader
	var rec logs.Record
	each(t, state(t, s), func(c *store.Columns, i int) {
		err := r.Record(c, i, &rec)
		if gone := i > 0 || c.Row(i).Marks&logs.Open != 0; gone != (err != nil) {
			t.Errorf("record %d of a truncated file: %v", i, err)
		} else if gone && !strings.Contains(err.Error(), "app.log") {
			t.Errorf("the error does not name the source: %v", err)
		}
	})
	st.Lose("truncated")
	if got := state(t, s); got.Lost.Records != 2 || got.Lost.Why != "truncated" || len(got.Blocks) != 0 {
		t.Errorf("after the truncation: %d blocks, %+v", len(got.Blocks), got.Lost)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := st.Append(ctx, []byte("x"), nil, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("appending after the end of the context: %v", err)
	}
}

func TestRecordsLongerThanDecoded(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	line := "2024-05-01T10:00:00Z " + strings.Repeat("x", 3*logs.MaxDecode) + "\n"
	appendAll(t, st, line, 100_000)
	st.Close()
	var r store.Reader
	var rec logs.Record
	each(t, state(t, s), func(c *store.Columns, i int) {
		if err := r.Record(c, i, &rec); err != nil || rec.Marks&logs.Cut == 0 || len(rec.Body) > logs.MaxDecode {
			t.Errorf("a body of %d bytes, marks %d: %v", len(rec.Body), rec.Marks, err)
		}
	})
	if raw(t, state(t, s)) != line {
		t.Error("Raw does not give all bytes")
	}
}
