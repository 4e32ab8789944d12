package session

import (
	"container/heap"
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// A feed gives rows of one kind in the order of a merge.
type feed interface {
	// key is that of the current row; before the first, one that it does not stand before.
	key() Key
	// ready reports whether there is a current row.
	ready() bool
	// advance goes to the next row; false where there is none.
	advance(ctx context.Context) (bool, error)
	// read returns the current row's record, which may lie in scratch.
	read(scratch *logs.Record) (*logs.Record, error)
	// row is the current row for a batch, with its line number where that is wanted.
	row(line bool) batchRow
	id() ID
	source() string
}

// A merge gives the rows of many feeds in one order, upwards or downwards. A
// feed is looked into only when its turn may have come. It belongs to one
// goroutine, which closes it.
type merge struct {
	backward bool
	few      bool // not many rows are wanted
	feeds    []feed
	joining  []feed            // those that one of feeds found while it advanced
	failed   func(feed, error) // a feed ended early; the others go on
	readers  map[*store.Stream]*store.Reader
	ahead    *ahead
}

// add puts a feed into the order.
func (m *merge) add(f feed) { heap.Push(m, f) }

// init puts feeds that were appended into the order.
func (m *merge) init() { heap.Init(m) }

// close ends work ahead.
func (m *merge) close() { m.ahead.stop() }

// next returns the feed whose current row is the next one; nil at the end. The
// row is current until the next call.
func (m *merge) next(ctx context.Context, last feed) (feed, error) {
	if last != nil {
		if err := m.step(ctx); err != nil {
			return nil, err
		}
	}
	for len(m.feeds) > 0 && !m.feeds[0].ready() {
		if err := m.step(ctx); err != nil {
			return nil, err
		}
	}
	if len(m.feeds) == 0 {
		return nil, nil
	}
	return m.feeds[0], nil
}

// step moves the first feed on.
func (m *merge) step(ctx context.Context) error {
	more, err := m.feeds[0].advance(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		m.failed(m.feeds[0], err)
	}
	if more {
		heap.Fix(m, 0)
	} else {
		heap.Pop(m)
	}
	for _, f := range m.joining {
		heap.Push(m, f)
	}
	m.joining = m.joining[:0]
	return nil
}

// reader is the one that reads the stream's records in this merge.
func (m *merge) reader(st *store.Stream) *store.Reader {
	r := m.readers[st]
	if r == nil {
		r = &store.Reader{}
		m.readers[st] = r
	}
	return r
}

// Len, Less, Swap, Push and Pop are heap.Interface.
func (m *merge) Len() int { return len(m.feeds) }

func (m *merge) Less(i, j int) bool {
	a, b := m.feeds[i], m.feeds[j]
	if m.backward {
		a, b = b, a
	}
	return a.key().Compare(b.key()) < 0
}

func (m *merge) Swap(i, j int) { m.feeds[i], m.feeds[j] = m.feeds[j], m.feeds[i] }

func (m *merge) Push(f any) { m.feeds = append(m.feeds, f.(feed)) }

func (m *merge) Pop() any {
	n := len(m.feeds) - 1
	f := m.feeds[n]
	m.feeds[n] = nil
	m.feeds = m.feeds[:n]
	return f
}
