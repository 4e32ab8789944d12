package store

import (
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// batchBytes is about how much is read and looked at together: it stays in the processor's cache.
const batchBytes = 256 << 10

// Match adds to found the records of c that are in asked and for which q holds.
// failed is called for those that could not be read, which are not found. The error is ctx's.
//
// Fast path: records whose format tells how their values stand in their bytes are
// looked at many at once, and decoded only where that does not decide.
func (r *Reader) Match(ctx context.Context, c *Columns, q *query.Query, asked, found query.Bits, failed func(i int, err error)) error {
	m := matching{r: r, c: c, q: q, asked: asked, found: found, failed: failed, sieves: map[logs.FormatID]*query.Sieve{}}
	m.batch.Columns = c
	for i := asked.Next(0); i >= 0 && i < c.Len(); {
		if err := ctx.Err(); err != nil {
			return err
		}
		i = asked.Next(m.group(i))
	}
	return nil
}

// Time is the event time of record i, as in its row.
func (c *Columns) Time(i int) int64 { return c.time[i] }

// Trace is what record i's trace column has, as in its row.
func (c *Columns) Trace(i int) uint32 { return c.trace.at(i) }

// matching is one question.
type matching struct {
	r            *Reader
	c            *Columns
	q            *query.Query
	asked, found query.Bits
	failed       func(i int, err error)

	sieves map[logs.FormatID]*query.Sieve // of the formats so far; nil: there is none
	last   logs.FormatID                  // the one that was asked for last, and its sieve
	seen   bool
	lastOf *query.Sieve

	// The records that are looked at together.
	batch query.Batch
	of    []*query.Sieve // of each of the batch
	plain []int          // those that must be decoded
	bits  [3]query.Bits
	rec   logs.Record
}

// maxPlain is how many records are decoded before ctx is asked again.
const maxPlain = 1000

// group decides about record i and those behind it, up to before the one it returns.
func (m *matching) group(i int) (next int) {
	m.batch.Reset()
	m.of, m.plain = m.of[:0], m.plain[:0]
	from, end := m.c.Offset(i), m.c.Offset(i)
	for next = i; next >= 0 && next < m.c.Len() && len(m.plain) < maxPlain; next = m.asked.Next(next + 1) {
		row := m.c.Row(next)
		to := row.Offset + row.Length
		if row.Offset > end+nearby || m.batch.Len() > 0 && (to-from > batchBytes || row.Offset < end) {
			break
		}
		sieve := m.sieve(row.Format)
		if sieve == nil || row.Length > logs.MaxDecode || row.Offset < end {
			m.plain = append(m.plain, next)
			continue
		}
		if m.batch.Len() == 0 {
			from = row.Offset
		}
		m.batch.Add(next, int(row.Offset-from), int(to-from))
		m.of = append(m.of, sieve)
		end = to
	}
	if next < 0 {
		next = m.c.Len()
	}
	m.sift(from, end)
	for _, i := range m.plain {
		m.decode(i)
	}
	return next
}

// sift decides about the records of the batch, whose bytes are the stream's from from up to before end, or has them decoded.
func (m *matching) sift(from, end int64) {
	b := &m.batch
	if b.Len() == 0 {
		return
	}
	var err error
	if b.Bytes, err = m.r.window.read(m.c.stream, from, end); err != nil {
		for _, i := range b.Rows {
			m.plain = append(m.plain, int(i))
		}
		return
	}
	for i := range m.bits {
		if n := (b.Len() + 63) / 64; cap(m.bits[i]) < n {
			m.bits[i] = make(query.Bits, n)
		} else {
			m.bits[i] = m.bits[i][:n]
		}
	}
	asked, sure, maybe := m.bits[0], m.bits[1], m.bits[2]
	for i, s := range m.of {
		if s == nil {
			continue // it was of a sieve before
		}
		clear(asked)
		for k := i; k < len(m.of); k++ {
			if m.of[k] == s {
				asked.Set(k)
				m.of[k] = nil
			}
		}
		s.Sift(b, asked, sure, maybe)
		maybe.AndNot(sure)
		for k := range sure.Rows() {
			m.found.Set(int(b.Rows[k]))
		}
		for k := range maybe.Rows() {
			m.decode(int(b.Rows[k]))
		}
	}
}

// decode decides about record i as it is defined.
func (m *matching) decode(i int) {
	switch err := m.r.Decode(m.c, i, &m.rec); {
	case err != nil:
		m.failed(i, err)
	case m.q.Match(&m.rec):
		m.found.Set(i)
	}
}

// sieve is the query's for a format; nil where there is none.
func (m *matching) sieve(id logs.FormatID) *query.Sieve {
	// Fast path: most rows have the format of the one before.
	if m.seen && m.last == id {
		return m.lastOf
	}
	s, ok := m.sieves[id]
	if !ok {
		s = m.newSieve(id)
		m.sieves[id] = s
	}
	m.last, m.lastOf, m.seen = id, s, true
	return s
}

func (m *matching) newSieve(id logs.FormatID) *query.Sieve {
	st := m.c.stream
	if f, err := st.formats.get(m.c.formats, id); err == nil && len(st.info.Resource.Attrs) == 0 {
		return m.q.Sieve(f)
	}
	return nil
}
