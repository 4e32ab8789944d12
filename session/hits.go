package session

import (
	"context"
	"sort"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// hits are the records of one block that a view selects. Places are numbers of
// the block's records in the order of their keys; not every place has a hit.
type hits struct {
	c     *store.Columns
	n     int        // places
	rows  query.Bits // rows that are hits; nil: those of all places
	order []uint32   // rows by place; nil: as they stand in the block
}

// row is the number in the block of the record at a place.
func (h *hits) row(place int) int {
	if h.order == nil {
		return place
	}
	return int(h.order[place])
}

func (h *hits) key(place int) Key { return keyOf(h.c, h.row(place)) }

// from is the first place whose key is not less than key.
func (h *hits) from(key Key) int {
	return sort.Search(h.n, func(k int) bool { return h.key(k).Compare(key) >= 0 })
}

// next is the first place from k on that has a hit; n where there is none.
func (h *hits) next(k int) int {
	if h.rows == nil {
		return k
	}
	if h.order == nil {
		if i := h.rows.Next(k); i >= 0 {
			return i
		}
		return h.n
	}
	for k < h.n && !h.rows.Has(int(h.order[k])) {
		k++
	}
	return k
}

// previous is the last place up to and with k that has a hit; -1 where there is none.
func (h *hits) previous(k int) int {
	if h.rows == nil {
		return k
	}
	if h.order == nil {
		return h.rows.Previous(k)
	}
	for k >= 0 && !h.rows.Has(int(h.order[k])) {
		k--
	}
	return k
}

func keyOf(c *store.Columns, i int) Key {
	return Key{c.Order(i), c.Stream().Info().Place, c.Offset(i)}
}

// firstKey is not greater than the key of any record of the block.
func firstKey(b *store.Block) Key {
	return Key{b.Summary.First, b.Stream.Info().Place, b.Summary.Offset}
}

// hits returns those of a block, by key.
func (v *view) hits(ctx context.Context, b *store.Block, rd *store.Reader) (hits, error) {
	s, err := v.selectRows(ctx, b, rd)
	if err != nil || s.c == nil {
		return hits{}, err
	}
	h := hits{c: s.c, n: s.c.Len(), rows: s.rows}
	if b.Summary.Sorted {
		return h, nil
	}
	if n := s.count(); n <= h.n/sparse {
		h.order, h.n, h.rows = listed(s.rows, n), n, nil
		sortRows(h.c, h.order)
	} else {
		h.order = v.s.orders.of(b.ID, h.c)
	}
	return h, nil
}

// sparse: where fewer than one in so many records are hits, they alone are sorted.
const sparse = 16

// A selection is the records of one block that a view selects.
type selection struct {
	c    *store.Columns // nil where none is
	rows query.Bits     // nil: all
}

// count is how many they are.
func (s *selection) count() int {
	switch {
	case s.c == nil:
		return 0
	case s.rows == nil:
		return s.c.Len()
	}
	return s.rows.Count()
}

// next is the first row from i on that is selected; behind the last where there is none.
func (s *selection) next(i int) int {
	if s.rows == nil {
		return i
	}
	if i = s.rows.Next(i); i < 0 {
		return s.c.Len()
	}
	return i
}

// selectRows returns the records of a block that the view selects. What cannot be
// read of it is noted, and left out. The error is ctx's.
func (v *view) selectRows(ctx context.Context, b *store.Block, rd *store.Reader) (selection, error) {
	return v.selectWithin(ctx, b, rd, 0, b.Summary.Rows)
}

// selectWithin is selectRows for the rows from from up to before to.
func (v *view) selectWithin(ctx context.Context, b *store.Block, rd *store.Reader, from, to int) (selection, error) {
	if err := ctx.Err(); err != nil || v.selectsNone(b) {
		return selection{}, err
	}
	c, err := b.Columns()
	if err != nil {
		v.unread.add(b.Stream.Name(), firstKey(b), err)
		return selection{}, nil
	}
	s := selection{c, v.masked(b, c)}
	whole := from == 0 && to >= c.Len()
	if !whole {
		inside := query.NewBits(c.Len())
		inside.Fill(from, to)
		if s.rows != nil {
			inside.And(s.rows)
		}
		s.rows = inside
	}
	if q, _ := v.asks(b.Stream); q != nil {
		if err := v.narrow(ctx, &s, q, b, rd); err != nil {
			return selection{}, err
		}
	}
	if whole && b.Summary.Full && s.rows != nil {
		v.remember(b.ID, s.count())
	}
	return s, nil
}

// masked is the rows of the block that level and range select; nil: all.
func (v *view) masked(b *store.Block, c *store.Columns) query.Bits {
	f, n := &v.filter, c.Len()
	inside := inRange(f, b.Summary.First) && inRange(f, b.Summary.Last)
	if inside && v.allLevels(b) {
		return nil
	}
	rows := query.NewBits(n)
	switch {
	case inside:
		rows.Fill(0, n)
	case b.Summary.Sorted:
		first := sort.Search(n, func(i int) bool { return f.From == logs.NoTime || c.Order(i) >= f.From })
		rows.Fill(first, max(first, sort.Search(n, func(i int) bool { return f.To != logs.NoTime && c.Order(i) >= f.To })))
	default:
		for i := range n {
			if inRange(f, c.Order(i)) {
				rows.Set(i)
			}
		}
	}
	if !v.allLevels(b) {
		dropBelow(c, f.Level, rows)
	}
	return rows
}

// dropBelow takes the records of a severity below least out of rows.
func dropBelow(c *store.Columns, least logs.Severity, rows query.Bits) {
	n := c.Len()
	for w := range rows {
		if rows[w] == 0 {
			continue
		}
		var keep uint64
		for i := w << 6; i < min(w<<6+64, n); i++ {
			if c.Severity(i) >= least {
				keep |= 1 << (i & 63)
			}
		}
		rows[w] &= keep
	}
}

// narrow leaves those in s for which q, which is what the view asks of the stream, holds.
func (v *view) narrow(ctx context.Context, s *selection, q *query.Query, b *store.Block, rd *store.Reader) error {
	verdict, err := v.evaluation().look(ctx, q, b, s.c, rd, s.rows)
	if err != nil {
		return err
	}
	n := s.c.Len()
	if s.rows == nil {
		s.rows = query.NewBits(n)
		s.rows.Fill(0, n)
	}
	if verdict.failed != nil {
		for i := range s.rows.Rows() {
			if verdict.failed.Has(i) {
				v.unread.add(b.Stream.Name(), keyOf(s.c, i), verdict.err)
			}
		}
	}
	s.rows.And(verdict.found)
	return nil
}

// takesAll reports whether the view selects every record of the block.
func (v *view) takesAll(b *store.Block) bool {
	q, none := v.asks(b.Stream)
	return q == nil && !none && v.allLevels(b) && inRange(&v.filter, b.Summary.First) && inRange(&v.filter, b.Summary.Last)
}

// allLevels reports whether the view selects every record of the block by its level.
func (v *view) allLevels(b *store.Block) bool {
	least := v.filter.Level
	if least == 0 {
		return true
	}
	return b.Summary.Full && least == least.Level().Base() && v.ofLevels(b) == int64(b.Summary.Rows)
}

// ofLevels is how many records of a full block have the view's least level or a greater one.
func (v *view) ofLevels(b *store.Block) (n int64) {
	for _, k := range b.Summary.Levels[v.filter.Level.Level():] {
		n += k
	}
	return n
}

// selectsNone reports whether it is known without looking at its columns that the view selects none of the block's records.
func (v *view) selectsNone(b *store.Block) bool {
	if !v.overlaps(b) || v.filter.Level > 0 && b.Summary.Full && v.ofLevels(b) == 0 {
		return true
	}
	q, none := v.asks(b.Stream)
	if none || q == nil && v.filter.Level == 0 {
		return none
	}
	if n, known := v.remembered(b); known {
		return n == 0
	}
	if q == nil {
		return false
	}
	known := v.evaluation().of(b.ID)
	return known != nil && known.all >= b.Summary.Rows && known.found == nil && known.failed == nil
}

// isJudged reports whether it costs little to say which records of the block the view selects.
func (v *view) isJudged(b *store.Block) bool {
	if q, _ := v.asks(b.Stream); q == nil {
		return true
	}
	known := v.evaluation().of(b.ID)
	if known == nil || known.all >= b.Summary.Rows {
		return known != nil
	}
	_, counted := v.remembered(b) // all of those that level and range leave
	return counted
}

// overlaps reports whether a record of the block may be in the range.
func (v *view) overlaps(b *store.Block) bool {
	f := &v.filter
	return (f.From == logs.NoTime || b.Summary.Last >= f.From) && (f.To == logs.NoTime || b.Summary.First < f.To)
}

// remember notes how many records of a full block are selected.
func (v *view) remember(id uint64, n int) {
	v.mu.Lock()
	v.counts[id] = n
	v.mu.Unlock()
}

// remembered returns how many records of the block are selected, where that is known.
func (v *view) remembered(b *store.Block) (n int, known bool) {
	if !b.Summary.Full {
		return 0, false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	n, known = v.counts[b.ID]
	return n, known
}
