package session

import (
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// outOfStep is how far a record may stand before others that arrived before it,
// and its time behind its arrival, without a word about it.
const outOfStep = 2 * time.Second

// ahead is Row.Ahead of the current row.
func (f *blockFeed) ahead() time.Duration {
	i := f.hits.row(f.at)
	t := f.c.Time(i)
	if t == logs.NoTime || t-f.c.Order(i) <= int64(outOfStep) {
		return 0
	}
	return time.Duration(t - f.c.Order(i))
}

// late is Row.Late of the current row.
func (f *blockFeed) late() bool {
	if f.lates == nil {
		f.lates = f.in.findLates(f.nth)
	}
	return f.lates.rows.Has(f.hits.row(f.at))
}

// lates are the records of one block that are late.
type lates struct{ rows query.Bits } // nil: none is

// findLates looks for those of the nth block of a strand.
func (s *strandFeed) findLates(nth int) *lates {
	d := s.d
	info := d.state.Stream.Info()
	if !info.Live || d.isPreview(nth) {
		return &lates{}
	}
	had, known := s.v.s.sources[sourceOf(info.Place)].hadFrom(d.state.Stream)
	if !known {
		return &lates{}
	}
	return d.lates(nth, had)
}

// lates are the records of the nth block that are late, those that had been there left out.
func (d *strand) lates(nth int, had reached) *lates {
	b := d.blocks[nth]
	from := int(max(0, had.rows-d.starts[min(nth, d.whole)]))
	newest := logs.NoTime
	if nth > 0 {
		newest = d.most[nth-1]
	}
	// Fast path: a block in order that begins behind all that came before it.
	if from >= b.Summary.Rows || b.Summary.Sorted && !isLate(b.Summary.First, newest) {
		return &lates{}
	}
	c, err := b.Columns()
	if err != nil {
		return &lates{} // whoever reads its records says so
	}
	out := &lates{rows: query.NewBits(c.Len())}
	for i := range c.Len() {
		t := c.Order(i)
		if i >= from && had.late(c, i, newest) {
			out.rows.Set(i)
		}
		newest = max(newest, t)
	}
	return out
}

// late reports whether record i, which had not been there whole, came late behind one that stands at newest.
func (r reached) late(c *store.Columns, i int, newest int64) bool {
	return isLate(c.Order(i), newest) && !slices.Contains(r.open, c.Offset(i))
}

// isLate reports whether a record that stands at t comes late behind one at newest.
func isLate(t, newest int64) bool {
	return newest != logs.NoTime && t < newest && newest-t > int64(outOfStep)
}
