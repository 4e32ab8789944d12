package session

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// A batch is some rows, one after the other in the order of a view, that one
// goroutine decodes while others are still looked for, and others are used.
type batch struct {
	rows     []batchRow
	records  []logs.Record // room for those of the rows
	decoding store.Decoding
	done     chan struct{} // gets a value when they are decoded

	list []*logs.Record // room for what Decode is given
	at   []int
	by   []int
}

type batchRow struct {
	key    Key
	c      *store.Columns // nil: rec is a Searcher's
	i      int
	line   int64
	rec    *logs.Record
	unread bool
}

// A batch begins small, so that the first rows are there at once, and grows to
// as many as keep a core busy for much longer than it takes to hand them over.
const (
	firstBatch = 16
	batchRows  = 256
	batchBytes = 256 << 10
)

// A pipe decodes rows on all cores. One goroutine looks for rows, others decode
// them, and the caller of run uses them in order.
type pipe struct {
	v *view

	free  chan *batch // those that nobody uses
	work  chan *batch
	order chan *batch
	err   error // why there are no more
}

func newPipe(v *view) *pipe {
	n := 2*store.Cores() + 2
	p := &pipe{v: v, free: make(chan *batch, n)}
	for range n {
		b := &batch{done: make(chan struct{}, 1)}
		b.decoding.Bare = v.bare
		p.free <- b
	}
	return p
}

// run has find put rows into the pipe, and calls f for each record, in that order,
// until f returns false. The error is find's, or ctx's; after one, or after f has
// returned false, the pipe is of no more use.
func (p *pipe) run(ctx context.Context, find func(context.Context, *filler) error, f func(Key, *logs.Record) bool) error {
	p.work, p.order = make(chan *batch, cap(p.free)), make(chan *batch, cap(p.free))
	inner, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() {
		defer close(p.order)
		defer close(p.work)
		in := &filler{p: p, ctx: inner, most: firstBatch}
		if p.err = find(inner, in); p.err == nil {
			p.err = in.flush()
		}
	})
	for range store.Cores() {
		running.Go(func() {
			for b := range p.work {
				if inner.Err() == nil {
					b.decode(p.v)
				}
				b.done <- struct{}{}
			}
		})
	}
	for b := range p.order {
		<-b.done
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for k := range b.rows {
			if r := &b.rows[k]; !r.unread && !f(r.key, r.rec) {
				return nil
			}
		}
		p.free <- b
	}
	return p.err
}

// A filler puts rows into batches.
type filler struct {
	p     *pipe
	ctx   context.Context
	b     *batch
	bytes int64
	most  int
}

// add puts a row into the pipe. It waits while the pipe is full; the error is ctx's.
func (in *filler) add(r batchRow) error {
	if in.b == nil {
		select {
		case in.b = <-in.p.free:
		case <-in.ctx.Done():
			return in.ctx.Err()
		}
		in.b.rows, in.bytes = in.b.rows[:0], 0
	}
	in.b.rows = append(in.b.rows, r)
	if r.c != nil {
		in.bytes += min(r.c.Row(r.i).Length, logs.MaxDecode)
	}
	if len(in.b.rows) >= in.most || in.bytes >= batchBytes {
		in.most = min(2*in.most, batchRows)
		return in.flush()
	}
	return nil
}

// addAll adds rows of one block, nil: all, by position.
func (in *filler) addAll(c *store.Columns, rows query.Bits, rd *store.Reader) error {
	s := selection{c, rows}
	for i := s.next(0); i < c.Len(); i = s.next(i + 1) {
		r := batchRow{key: keyOf(c, i), c: c, i: i}
		if !in.p.v.bare {
			r.line = rd.Line(c, i)
		}
		if err := in.add(r); err != nil {
			return err
		}
	}
	return nil
}

// flush hands over what was put into the pipe.
func (in *filler) flush() error {
	if in.b != nil && len(in.b.rows) > 0 {
		in.p.work <- in.b // there is room for all batches
		in.p.order <- in.b
		in.b = nil
	}
	return in.ctx.Err()
}

// decode decodes the batch's rows, those of one block together.
func (b *batch) decode(v *view) {
	b.decoding.Begin()
	for len(b.records) < len(b.rows) {
		b.records = append(b.records, make([]logs.Record, max(len(b.rows)-len(b.records), len(b.records)))...)
	}
	b.by = b.by[:0]
	for k := range b.rows {
		if b.rows[k].c != nil {
			b.by = append(b.by, k)
		}
	}
	slices.SortFunc(b.by, func(i, j int) int { // already so where they are of one block
		x, y := &b.rows[i], &b.rows[j]
		if x.c == y.c {
			return cmp.Compare(x.i, y.i)
		}
		return cmp.Or(cmp.Compare(x.key.Source, y.key.Source), cmp.Compare(x.key.Sequence, y.key.Sequence))
	})
	for from := 0; from < len(b.by); {
		c := b.rows[b.by[from]].c
		to := from
		b.list, b.at = b.list[:0], b.at[:0]
		for ; to < len(b.by) && b.rows[b.by[to]].c == c; to++ {
			b.list, b.at = append(b.list, &b.records[b.by[to]]), append(b.at, b.rows[b.by[to]].i)
		}
		of := b.by[from:to]
		b.decoding.Decode(c, b.at, b.list, func(k int, err error) {
			r := &b.rows[of[k]]
			r.unread = true
			v.unread.add(c.Stream().Name(), r.key, err)
		})
		for k, j := range of {
			b.rows[j].rec = b.list[k]
			b.list[k].Line = b.rows[j].line
		}
		from = to
	}
}
