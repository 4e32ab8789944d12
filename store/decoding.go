package store

import "github.com/lxlog/lx/logs"

// A Decoding is many records at once, for whoever works on them while others are
// decoded. It belongs to one goroutine at a time. The zero value is ready.
type Decoding struct {
	// Bare leaves records undecoded: only Raw, Time, Guessed, Severity, Marks and Resource are told.
	Bare bool

	buf    []byte
	used   int    // bytes of buf that records borrow from
	passed []byte // what was read beside records that lie apart
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
		s := together(c, rows[k:])
		all, err := d.read(c.stream, &s)
		for ; s.n > 0; s.n, k = s.n-1, k+1 {
			row := c.Row(rows[k])
			length := min(row.Length, logs.MaxDecode)
			raw, err := all, err
			if err == nil {
				raw = all[row.Offset-s.from:][:length:length]
			} else if length < s.to-s.from { // the others could not be read with it: alone it may
				raw, err = d.read(c.stream, &stretch{1, row.Offset, row.Offset + length, length})
			}
			if err == nil && s.sparse() {
				raw = append(d.room(len(raw)), raw...)
			}
			if err == nil {
				recs[k].Reset()
				err = c.decode(&row, raw, recs[k], d.Bare)
			}
			if err != nil {
				failed(k, err)
			}
		}
	}
}

// A stretch of a stream's bytes is read at once, for some records in it.
type stretch struct {
	n        int
	from, to int64
	bytes    int64 // of the records
}

// sparse: the records are the lesser part of it, and are copied out.
func (s *stretch) sparse() bool { return 2*s.bytes < s.to-s.from }

// together returns the bytes that hold the first of rows, and as many more as are read with it.
func together(c *Columns, rows []int) (s stretch) {
	for _, i := range rows {
		row := c.Row(i)
		length := min(row.Length, logs.MaxDecode)
		end := row.Offset + length
		switch {
		case s.n == 0:
			s.from, s.to = row.Offset, end
		case row.Offset-s.to > closeBy || end-s.from > mostRead:
			return s
		default:
			s.to = max(s.to, end)
		}
		s.n++
		s.bytes += length
	}
	return s
}

// read returns the bytes of a stretch, which stay until Begin; if it is sparse, until the next call.
func (d *Decoding) read(st *Stream, s *stretch) (b []byte, err error) {
	if st.info.Data == nil {
		if b, ok := st.store.keep.inPlace(st, s.from, s.to-s.from); ok {
			return b, nil
		}
	}
	n := int(s.to - s.from)
	if !s.sparse() {
		return st.read(s.from, s.to, d.room(n))
	}
	if cap(d.passed) < n {
		d.passed = make([]byte, max(n, mostRead))
	}
	return st.read(s.from, s.to, d.passed[:0])
}

// room returns an empty slice with room for n bytes that stay until Begin.
func (d *Decoding) room(n int) []byte {
	if n > len(d.buf)-d.used { // what borrows from the old one keeps it
		d.buf, d.used = make([]byte, max(n, 2*mostRead)), 0
	}
	d.used += n
	return d.buf[d.used-n : d.used-n : d.used]
}
