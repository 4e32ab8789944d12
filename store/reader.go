package store

import (
	"fmt"
	"io"
	"sync"

	"github.com/lxlog/lx/logs"
)

// A Reader reads the bytes of records and decodes them. It belongs to one
// goroutine, and remembers where it last read: give each stream that is read in
// order a Reader of its own. The zero value is ready.
type Reader struct {
	window  window
	counted lineCount
}

// Raw appends all bytes of record i to buf[:0] and returns them. The error says which source could not be read.
func (r *Reader) Raw(c *Columns, i int, buf []byte) ([]byte, error) {
	row := c.Row(i)
	if row.Length <= maxAhead {
		b, err := r.window.read(c.stream, row.Offset, row.Offset+row.Length)
		return append(buf[:0], b...), err
	}
	return c.stream.read(row.Offset, row.Offset+row.Length, buf)
}

// WriteRaw writes all bytes of record i to w, a piece at a time. The error is w's, or says which source could not be read.
func (r *Reader) WriteRaw(c *Columns, i int, w io.Writer) error {
	row := c.Row(i)
	for from, end := row.Offset, row.Offset+row.Length; from < end; {
		to := min(end, from+maxAhead)
		b, err := r.window.read(c.stream, from, to)
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// Record decodes record i into rec, which it resets: the first logs.MaxDecode
// bytes of a longer one. rec is valid until the next call. The error says which
// source could not be read.
func (r *Reader) Record(c *Columns, i int, rec *logs.Record) error {
	line := r.Line(c, i) // before, as what it reads takes the place of what rec borrows
	err := r.Decode(c, i, rec)
	rec.Line = line
	return err
}

// Decode is Record without the line number, which may have to be counted.
func (r *Reader) Decode(c *Columns, i int, rec *logs.Record) error {
	rec.Reset()
	row := c.Row(i)
	raw, err := r.window.read(c.stream, row.Offset, row.Offset+min(row.Length, logs.MaxDecode))
	if err != nil {
		return err
	}
	return c.decode(&row, raw, rec, false)
}

// decode decodes the record of a row of c from its bytes, the first
// logs.MaxDecode of a longer one, into rec, which was reset. bare leaves it
// undecoded: only Raw and what the columns tell is filled in.
func (c *Columns) decode(row *logs.Row, raw []byte, rec *logs.Record, bare bool) error {
	if bare {
		rec.Raw, rec.Severity = raw, row.Severity
	} else {
		format, err := c.stream.formats.get(c.formats, row.Format)
		if err != nil {
			return fmt.Errorf("%s: %w", c.stream.Name(), err)
		}
		format.Decode(raw, rec)
	}
	rec.Time, rec.Guessed, rec.Marks = row.Time, row.Guessed, row.Marks
	if row.Length > logs.MaxDecode {
		rec.Marks |= logs.Cut
	}
	rec.Resource = c.stream.info.Resource
	return nil
}

// read copies the stream's bytes from from up to before to into buf, grown where it must be.
func (st *Stream) read(from, to int64, buf []byte) ([]byte, error) {
	if st.info.Data == nil {
		return st.store.keep.read(st, from, to-from, buf)
	}
	if int64(cap(buf)) < to-from {
		buf = make([]byte, to-from)
	}
	buf = buf[:to-from]
	if n, err := st.info.Data.ReadAt(buf, from); n < len(buf) {
		return nil, readError(st.Name(), from+int64(n), err)
	}
	return buf, nil
}

// extent is where the bytes that can be read begin and end.
func (st *Stream) extent() (from, to int64) {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.floor, st.bytes
}

// formats are the formats of one stream by name, for all of its readers.
type formats struct {
	mu    sync.Mutex
	ix    logs.Indexer
	known map[string]logs.Format
}

// indexer returns an Indexer with the stream's parameters, to work with as one likes.
func (f *formats) indexer() logs.Indexer {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ix.Clone()
}

func (f *formats) get(names []string, id logs.FormatID) (logs.Format, error) {
	if int(id) >= len(names) {
		return nil, fmt.Errorf("a record has format %d of %d", id, len(names))
	}
	name := names[id]
	f.mu.Lock()
	defer f.mu.Unlock()
	if k, ok := f.known[name]; ok {
		return k, nil
	}
	k, ok := f.ix.Format(name)
	if !ok {
		return nil, fmt.Errorf("no format is named %q", name)
	}
	if f.known == nil {
		f.known = map[string]logs.Format{}
	}
	f.known[name] = k
	return k, nil
}
