package session

import (
	"context"
	"math"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// A blockFeed gives the hits of one block: those from a key on, or backwards those before it.
type blockFeed struct {
	v     *view
	m     *merge
	b     *store.Block
	start Key
	bound Key // no hit stands before it in the merge's order

	c  *store.Columns // nil until it is opened
	h  hits
	at int // of the current row in h
}

// addWhole adds the feeds of the records of a snapshot that are whole.
func (v *view) addWhole(m *merge, snap *store.Snapshot, start Key) {
	for _, st := range snap.Streams {
		for _, b := range st.Blocks {
			v.addBlock(m, b, start)
		}
	}
}

// addOpen adds the feeds of those that may still grow.
func (v *view) addOpen(m *merge, snap *store.Snapshot, start Key) {
	for _, st := range snap.Streams {
		if st.Open != nil {
			v.addBlock(m, st.Open, start)
		}
	}
}

func (v *view) addBlock(m *merge, b *store.Block, start Key) {
	if !v.overlaps(b) {
		return
	}
	first, last := firstKey(b), Key{b.Summary.Last, b.Stream.Info().Place, math.MaxInt64}
	f := &blockFeed{v: v, m: m, b: b, start: start, bound: first}
	if m.backward {
		if first.Compare(start) >= 0 {
			return
		}
		f.bound = minKey(last, start)
	} else {
		if last.Compare(start) < 0 {
			return
		}
		f.bound = maxKey(first, start)
	}
	m.add(f)
}

func minKey(a, b Key) Key {
	if a.Compare(b) < 0 {
		return a
	}
	return b
}

func maxKey(a, b Key) Key {
	if a.Compare(b) > 0 {
		return a
	}
	return b
}

func (f *blockFeed) ready() bool { return f.c != nil }

func (f *blockFeed) key() Key {
	if f.c == nil {
		return f.bound
	}
	return keyOf(f.c, f.h.at(f.at))
}

func (f *blockFeed) advance(ctx context.Context) (bool, error) {
	if f.c == nil {
		return f.open(ctx)
	}
	if f.m.backward {
		f.at--
	} else {
		f.at++
	}
	return f.inside(), nil
}

func (f *blockFeed) inside() bool { return f.at >= 0 && f.at < f.h.len() }

func (f *blockFeed) open(ctx context.Context) (bool, error) {
	c, err := f.b.Columns()
	if err != nil {
		return false, err
	}
	if f.h, err = f.v.hits(ctx, f.b, c, f.m.reader(f.b.Stream)); err != nil {
		return false, err
	}
	f.c, f.at = c, f.h.from(c, f.start)
	if f.m.backward {
		f.at--
	}
	return f.inside(), nil
}

func (f *blockFeed) read(scratch *logs.Record) (*logs.Record, error) {
	return scratch, f.m.reader(f.b.Stream).Record(f.c, f.h.at(f.at), scratch)
}

func (f *blockFeed) id() ID {
	info := f.b.Stream.Info()
	return ID{Source: f.b.Stream.Name(), Place: info.Place, Generation: info.Generation, Offset: f.c.Offset(f.h.at(f.at))}
}

func (f *blockFeed) source() string { return f.b.Stream.Name() }
