package output

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"

	"github.com/lxlog/lx/logs"
)

// AppendRaw appends the record's bytes as they came, and a line end where they have none.
func AppendRaw(dst, raw []byte) []byte {
	dst = append(dst, raw...)
	if len(raw) == 0 || raw[len(raw)-1] != '\n' {
		dst = append(dst, '\n')
	}
	return dst
}

// AppendText appends the record's lines as they came, each behind prefix.
func AppendText(dst, raw []byte, prefix string) []byte {
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte{'\n'})
		dst = append(append(dst, prefix...), bytes.TrimSuffix(line, []byte{'\r'})...)
		dst = append(dst, '\n')
		raw = rest
	}
	return dst
}

// CSVHeader names the columns that WriteCSV writes.
var CSVHeader = []string{"timestamp", "severity", "service", "host", "body", "trace_id", "span_id", "source", "line", "attributes"}

// WriteCSV writes the record as one row. attributes is JSON. A cell that a
// spreadsheet would run as a formula gets a ' before it.
func WriteCSV(w *csv.Writer, r *logs.Record) error {
	row := make([]string, 0, len(CSVHeader))
	stamp := ""
	if r.Time != logs.NoTime {
		stamp = string(AppendTime(nil, r.Time))
	}
	line := ""
	if r.Line > 0 {
		line = strconv.FormatInt(r.Line, 10)
	}
	for _, cell := range [...]string{stamp, r.Severity.String(), r.Service, r.Host, r.Body, r.TraceID, r.SpanID, r.Source(), line,
		string(appendAttrs(nil, allAttrs(r)))} {
		if cell != "" && (cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@') {
			cell = "'" + cell
		}
		row = append(row, cell)
	}
	return w.Write(row)
}

// A Writer that cleans what it writes: for a terminal.
type cleaner struct{ w io.Writer }

// Cleaned returns a writer that passes whole lines through Clean before they reach w.
func Cleaned(w io.Writer) io.Writer { return cleaner{w} }

func (c cleaner) Write(p []byte) (int, error) {
	if _, err := io.WriteString(c.w, Clean(logs.Borrow(p), true)); err != nil {
		return 0, err
	}
	return len(p), nil
}
