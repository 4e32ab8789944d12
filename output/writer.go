package output

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/lxlog/lx/logs"
)

// A Kind is a form that records are written in.
type Kind uint8

const (
	Text  Kind = iota // the lines as they came, each with one line feed at its end
	Raw               // the bytes as they came
	JSONL             // AppendJSON, a record a line
	CSV               // CSVHeader, then WriteCSV
)

// Decoded reports whether the form is made of decoded records; of others Raw,
// Marks and Resource are enough.
func (k Kind) Decoded() bool { return k == JSONL || k == CSV }

// KindOfFile is the form for a file, by the end of its name: .json, .jsonl and
// .ndjson are JSONL, .csv is CSV, .txt Text, and anything else the bytes as they
// came. Names of packed files are refused, as nothing is packed.
func KindOfFile(path string) (Kind, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".json", ".jsonl", ".ndjson":
		return JSONL, nil
	case ".csv":
		return CSV, nil
	case ".txt":
		return Text, nil
	case ".gz", ".zst", ".bz2", ".xz", ".lz4", ".zip":
		return Raw, fmt.Errorf("%s: records are saved unpacked; leave %s off, and pack the file afterwards", Clean(path, false), ext)
	}
	return Raw, nil
}

// A Writer writes records in one form. It keeps nothing back, so that what it
// writes to should have a buffer.
type Writer struct {
	w      io.Writer
	kind   Kind
	prefix bool
	raw    rawWriter
	rows   *csv.Writer
	b      []byte
}

// NewWriter begins the output: of CSV it writes the header. With names each line of
// Text has its source's name before it.
func NewWriter(w io.Writer, k Kind, names bool) (*Writer, error) {
	f := &Writer{w: w, kind: k, prefix: names, raw: rawWriter{w: w}}
	if k != CSV {
		return f, nil
	}
	f.rows = csv.NewWriter(w)
	err := f.rows.Write(CSVHeader)
	f.rows.Flush()
	return f, errors.Join(err, f.rows.Error())
}

// Write writes one record. whole, where it is not nil, writes all of its bytes: of
// a record marked logs.Cut, Raw holds the first alone. Text and Raw then call it;
// JSONL and CSV tell what was decoded, JSONL with the mark.
func (f *Writer) Write(r *logs.Record, whole func(io.Writer) error) error {
	switch f.kind {
	case JSONL:
		f.b = append(AppendJSON(f.b[:0], r), '\n')
	case Raw:
		return f.raw.record(r, whole)
	case CSV:
		err := WriteCSV(f.rows, r)
		f.rows.Flush()
		return errors.Join(err, f.rows.Error())
	default:
		prefix := ""
		if f.prefix {
			prefix = Clean(r.Source(), false) + ": "
		}
		if whole != nil {
			l := &linesWriter{w: f.w, prefix: prefix}
			if err := whole(l); err != nil {
				return err
			}
			return l.end()
		}
		f.b = AppendText(f.b[:0], r.Raw, prefix)
	}
	_, err := f.w.Write(f.b)
	return err
}
