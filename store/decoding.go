package store

import (
	"fmt"

	"github.com/lxlog/lx/logs"
)

// A Decoding is many records at once, for whoever works on them while others are
// decoded. It belongs to one goroutine at a time. The zero value is ready.
type Decoding struct {
	// Bare leaves records undecoded: only Raw, Time, Guessed, Severity, Marks and Resource are told.
	Bare bool

	buf  []byte
	used int // bytes of buf that records borrow from
}

// Begin lets go of all records: their bytes are written over.
func (d *Decoding) Begin() { d.used = 0 }

const (
	closeBy  = 8 << 10   // records that lie no farther apart are read at once
	mostRead = 256 << 10 // bytes that are read at once, but for a record that is longer
)

// Decode decodes records of c, which rows names in the order of their bytes, into
// recs, one each: the first logs.MaxDecode bytes of a longer one. They are valid
// until Begin. failed is called for those that could not be read.
func (d *Decoding) Decode(c *Columns, rows []int, recs []*logs.Record, failed func(k int, err error)) {
	for k := 0; k < len(rows); {
		n, from, to := together(c, rows[k:])
		all, err := d.read(c.stream, from, to)
		for ; n > 0; n, k = n-1, k+1 {
			row := c.Row(rows[k])
			length := min(row.Length, logs.MaxDecode)
			raw, err := all, err
			if err == nil {
				raw = all[row.Offset-from:][:length:length]
			} else if length < to-from { // the others could not be read with it: alone it may
				raw, err = d.read(c.stream, row.Offset, row.Offset+length)
			}
			if err == nil {
				err = d.decode(c, &row, raw, recs[k])
			}
			if err != nil {
				failed(k, err)
			}
		}
	}
}

// together is how many of rows, one at least, are read at once, and which bytes they lie in.
func together(c *Columns, rows []int) (n int, from, to int64) {
	for _, i := range rows {
		row := c.Row(i)
		end := row.Offset + min(row.Length, logs.MaxDecode)
		switch {
		case n == 0:
			from, to = row.Offset, end
		case row.Offset-to > closeBy || end-from > mostRead:
			return n, from, to
		default:
			to = max(to, end)
		}
		n++
	}
	return n, from, to
}

// read returns bytes of a stream that stay until Begin.
func (d *Decoding) read(st *Stream, from, to int64) ([]byte, error) {
	if st.info.Data == nil {
		if b, ok := st.store.keep.inPlace(st, from, to-from); ok {
			return b, nil
		}
	}
	n := int(to - from)
	if n > len(d.buf)-d.used { // what borrows from the old one keeps it
		d.buf, d.used = make([]byte, max(n, mostRead)), 0
	}
	b, err := st.read(from, to, d.buf[d.used:d.used:d.used+n])
	if err == nil {
		d.used += n
	}
	return b, err
}

func (d *Decoding) decode(c *Columns, row *logs.Row, raw []byte, rec *logs.Record) error {
	rec.Reset()
	if d.Bare {
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
