package session

import (
	"cmp"
	"slices"
	"sync"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// orders remember how the records of blocks that are not sorted stand by key, those of the blocks asked for last.
type orders struct {
	mu    sync.Mutex
	known map[uint64]*order
	clock uint64
}

// An order is the rows of a block by key.
type order struct {
	rows []uint32
	used uint64
}

// maxOrders is how many are remembered, of 64 KiB each.
const maxOrders = 64

// of returns all rows of the block with that ID by key; c is its columns.
func (o *orders) of(id uint64, c *store.Columns) []uint32 {
	o.mu.Lock()
	o.clock++
	if k := o.known[id]; k != nil && len(k.rows) == c.Len() {
		k.used = o.clock
		o.mu.Unlock()
		return k.rows
	}
	o.mu.Unlock()
	rows := make([]uint32, c.Len())
	for i := range rows {
		rows[i] = uint32(i)
	}
	sortRows(c, rows)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil {
		o.known = map[uint64]*order{}
	}
	o.known[id] = &order{rows, o.clock}
	if len(o.known) > maxOrders {
		oldest := id
		for id, k := range o.known {
			if k.used < o.known[oldest].used {
				oldest = id
			}
		}
		delete(o.known, oldest)
	}
	return rows
}

// sortRows puts rows, which stand by position, in the order of their keys.
func sortRows(c *store.Columns, rows []uint32) {
	type placed struct {
		at  int64
		row uint32
	}
	list := make([]placed, len(rows))
	for k, i := range rows {
		list[k] = placed{c.Order(int(i)), i}
	}
	slices.SortFunc(list, func(a, b placed) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		return cmp.Compare(a.row, b.row)
	})
	for k := range list {
		rows[k] = list[k].row
	}
}

// listed returns the rows of a set.
func listed(b query.Bits, n int) []uint32 {
	out := make([]uint32, 0, n)
	for i := range b.Rows() {
		out = append(out, uint32(i))
	}
	return out
}
