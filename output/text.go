package output

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"

	"github.com/lxlog/lx/logs"
)

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

// Cleaner is a writer for a terminal: it passes what it is given through Clean,
// line by line, and keeps the start of an unended line for the next write or Flush.
type Cleaner struct {
	w    io.Writer
	rest []byte
}

// NewCleaner returns a Cleaner that writes to w.
func NewCleaner(w io.Writer) *Cleaner { return &Cleaner{w: w} }

// Write cleans and writes the lines that p completes.
func (c *Cleaner) Write(p []byte) (int, error) {
	end := bytes.LastIndexByte(p, '\n') + 1
	if end == 0 {
		c.rest = append(c.rest, p...)
		return len(p), nil
	}
	c.rest = append(c.rest, p[:end]...)
	err := c.Flush()
	c.rest = append(c.rest, p[end:]...)
	return len(p), err
}

// Flush cleans and writes what has no line end yet.
func (c *Cleaner) Flush() error {
	_, err := io.WriteString(c.w, Clean(string(c.rest), true))
	c.rest = c.rest[:0]
	return err
}
