package session

import (
	"context"
	"slices"
	"sort"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// hits are the records of one block that a view selects, in the order of their keys.
type hits struct {
	all  int      // where rows is nil: how many records from the block's first on, all of them
	rows []uint32 // their numbers in the block
}

func (h hits) len() int {
	if h.rows == nil {
		return h.all
	}
	return len(h.rows)
}

// at is the number in the block of the k-th hit.
func (h hits) at(k int) int {
	if h.rows == nil {
		return k
	}
	return int(h.rows[k])
}

// from is the first hit whose key is not less than key.
func (h hits) from(c *store.Columns, key Key) int {
	return sort.Search(h.len(), func(k int) bool { return keyOf(c, h.at(k)).Compare(key) >= 0 })
}

func keyOf(c *store.Columns, i int) Key {
	return Key{c.Order(i), c.Stream().Info().Place, c.Offset(i)}
}

// firstKey is not greater than the key of any record of the block.
func firstKey(b *store.Block) Key {
	return Key{b.Summary.First, b.Stream.Info().Place, b.Summary.Offset}
}

// A blockHits remembers the hits of one block, which may grow.
type blockHits struct {
	mu     sync.Mutex
	done   int      // records of the block that were looked at
	rows   []uint32 // those that match, by position
	sorted []uint32 // the same by key, where the block is not sorted
}

// hits returns those of a block that c is the columns of. rd reads records where the query names fields.
func (v *view) hits(ctx context.Context, b *store.Block, c *store.Columns, rd *store.Reader) (hits, error) {
	if b.Summary.Sorted && v.takesAll(b) {
		return hits{all: c.Len()}, nil
	}
	if v.query == nil && v.filter.Level == 0 && !v.overlaps(b) {
		return hits{}, nil
	}
	h := v.remembered(b.ID)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := v.look(ctx, h, c, rd); err != nil {
		return hits{}, err
	}
	n := sort.Search(len(h.rows), func(k int) bool { return int(h.rows[k]) >= c.Len() }) // another call may have seen a longer block
	if n == 0 {
		return hits{}, nil
	}
	if b.Summary.Sorted {
		return hits{rows: h.rows[:n:n]}, nil
	}
	if len(h.sorted) != n {
		h.sorted = slices.Clone(h.rows[:n])
		slices.SortFunc(h.sorted, func(a, b uint32) int { return keyOf(c, int(a)).Compare(keyOf(c, int(b))) })
	}
	return hits{rows: h.sorted}, nil
}

// look goes on with the records of c that were not looked at yet.
func (v *view) look(ctx context.Context, h *blockHits, c *store.Columns, rd *store.Reader) error {
	var rec logs.Record
	for ; h.done < c.Len(); h.done++ {
		i := h.done
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !v.takes(c, i) {
			continue
		}
		if v.query != nil {
			if err := rd.Decode(c, i, &rec); err != nil {
				v.unread.add(c.Stream().Name(), keyOf(c, i), err)
				continue
			}
			if !v.query.Match(&rec) {
				continue
			}
		}
		h.rows = append(h.rows, uint32(i))
	}
	return nil
}

// takes looks at what the columns tell: level and range.
func (v *view) takes(c *store.Columns, i int) bool {
	return c.Severity(i) >= v.filter.Level && inRange(&v.filter, c.Order(i))
}

// takesAll reports whether every record of the block matches.
func (v *view) takesAll(b *store.Block) bool {
	return v.query == nil && v.filter.Level == 0 && inRange(&v.filter, b.Summary.First) && inRange(&v.filter, b.Summary.Last)
}

// overlaps reports whether a record of the block may be in the range.
func (v *view) overlaps(b *store.Block) bool {
	f := &v.filter
	return (f.From == logs.NoTime || b.Summary.Last >= f.From) && (f.To == logs.NoTime || b.Summary.First < f.To)
}

// remembered returns what is known of the block with that ID.
func (v *view) remembered(id uint64) *blockHits {
	v.mu.Lock()
	defer v.mu.Unlock()
	h := v.blocks[id]
	if h == nil {
		h = &blockHits{}
		v.blocks[id] = h
	}
	return h
}
