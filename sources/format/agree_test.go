package format

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// agree checks what must hold for any bytes: each row's columns equal those of
// the record decoded from the row's bytes, the rows cover the bytes in order, and
// they do not depend on where chunks were cut. It returns the rows.
func agree(t testing.TB, ix *Indexer, raw []byte) *logs.Rows {
	t.Helper()
	rows := foldChunks(ix, raw, len(raw)+1)
	want := printRows(rows)
	for _, size := range [...]int{1, 64} {
		if got := printRows(foldChunks(ix, raw, size)); got != want {
			t.Fatalf("rows of chunks of %d bytes differ\n--- whole\n%s--- in chunks\n%s--- of %q", size, want, got, clip(raw))
		}
	}
	var covered int64
	var r logs.Record
	for i := range rows.List {
		row := &rows.List[i]
		if row.Offset > covered || i == 0 && row.Offset != 0 {
			t.Fatalf("row %d begins at %d, the bytes before it end at %d, of %q", i, row.Offset, covered, clip(raw))
		}
		covered = max(covered, row.Offset+row.Length)
		b := raw[row.Offset : row.Offset+row.Length]
		name := rows.Formats[row.Format]
		f, ok := ix.Format(name)
		if !ok {
			t.Fatalf("no format is named %q, which the row of %q has", name, clip(b))
		}
		before := bytes.Clone(b)
		r.Reset()
		f.Decode(b, &r)
		if !bytes.Equal(b, before) {
			t.Fatalf("decoding as %s changed the bytes of %q", name, clip(before))
		}
		if d := disagreement(ix, rows, row, &r); d != "" {
			t.Fatalf("%s, in %s %q", d, name, clip(b))
		}
	}
	if covered != int64(len(raw)) {
		t.Fatalf("the rows end at %d of %d bytes of %q", covered, len(raw), clip(raw))
	}
	return rows
}

// disagreement says in which column row and record differ; "" if in none.
func disagreement(ix *Indexer, rows *logs.Rows, row *logs.Row, r *logs.Record) string {
	if row.Length > logs.MaxDecode {
		return "" // decoding sees a part
	}
	if name := rows.Formats[row.Format]; r.Format != name {
		return fmt.Sprintf("format: row %s, decoded %s", name, r.Format)
	}
	undated := row.Guessed&(logs.GuessedYear|logs.GuessedDate) != 0
	elsewhere := row.Guessed&logs.GuessedZone != 0 && ix.loc != time.UTC
	switch {
	case r.Guessed != row.Guessed:
		return fmt.Sprintf("guessed: row %d, decoded %d", row.Guessed, r.Guessed)
	case undated && r.Time != logs.NoTime:
		return fmt.Sprintf("time: decoded %d, although its date was not written", r.Time)
	case !undated && !elsewhere && r.Time != row.Time:
		return fmt.Sprintf("time: row %s, decoded %s", printTime(row.Time), printTime(r.Time))
	case r.Severity != row.Severity:
		return fmt.Sprintf("severity: row %d, decoded %d %q", row.Severity, r.Severity, r.SeverityText)
	case row.Service != logs.ServiceOverflow && rows.Services[row.Service] != r.Service:
		return fmt.Sprintf("service: row %q, decoded %q", rows.Services[row.Service], r.Service)
	case row.Trace == logs.ManyTraces && logs.NormalTrace(r.TraceID) == 0:
		return fmt.Sprintf("trace: row has many, decoded %q", r.TraceID)
	case row.Trace != logs.ManyTraces && row.Trace != logs.TraceHash(r.TraceID):
		return fmt.Sprintf("trace: row %x, decoded %q", row.Trace, r.TraceID)
	}
	return ""
}

// foldChunks indexes raw in chunks of whole lines, each of size bytes or its last line more.
func foldChunks(ix *Indexer, raw []byte, size int) *logs.Rows {
	rows := &logs.Rows{}
	var state []byte
	var facts logs.Facts
	for offset := 0; offset < len(raw); {
		end := min(offset+size, len(raw))
		if n := bytes.IndexByte(raw[end-1:], '\n'); n >= 0 {
			end += n
		} else {
			end = len(raw)
		}
		chunk := bytes.Clone(raw[offset:end]) // at an address of its own, as chunks are
		facts = ix.Scan(chunk, facts)
		state = ix.Fold(state, int64(offset), chunk, facts, rows)
		offset = end
	}
	ix.Close(state, rows, false)
	return rows
}

func printRows(rows *logs.Rows) string {
	var b bytes.Buffer
	for _, r := range rows.List {
		service := "overflow"
		if r.Service != logs.ServiceOverflow {
			service = rows.Services[r.Service]
		}
		fmt.Fprintf(&b, "%d+%d lines=%d time=%s guessed=%d severity=%d service=%q trace=%x format=%s marks=%d\n",
			r.Offset, r.Length, r.Lines, printTime(r.Time), r.Guessed, r.Severity, service, r.Trace, rows.Formats[r.Format], r.Marks)
	}
	return b.String()
}

func printTime(nanos int64) string {
	if nanos == logs.NoTime {
		return "none"
	}
	return time.Unix(0, nanos).UTC().Format(time.RFC3339Nano)
}

func clip(b []byte) []byte { return b[:min(len(b), 2000)] }

func TestAgree(t *testing.T) {
	ix, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{
		"",
		"\n",
		"one",
		"one\n  two\nthree\r\n\r\nfour",
		"no trace_id=00000000000000000000000000000000\n  trace_id=4bf92f3577b34da6\ntrace_id=4bf92f3577b34da6a3ce929d0e0e4736 then trace_id=4bf92f3577b34da6\n",
		"\xEF\xBB\xBFfirst\n\x00\x00\x00second\n",
	} {
		agree(t, ix, []byte(raw))
	}
}
