package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
)

// A Stream is one run of records: one generation of a file, one connection, one
// tag. Append, Grow, Settle and Close are called by one goroutine at a time.
type Stream struct {
	store *Store
	info  Info

	// Of the goroutine that appends.
	ix      logs.Indexer
	state   []byte // between two folds
	facts   logs.Facts
	rows    logs.Rows
	tail    []byte    // the last line, which has no end yet
	folded  int64     // offset of what was not folded yet: there tail begins
	sums    sums      // of what was read of Info.Data
	began   time.Time // when the first of it was read
	lines   lineSum
	severed int64 // offset at which a line was cut in two records, or closed without its end; 0: none was
	placing placing
	dating  dating
	sighted bool // dates have been settled once
	framed  bool // the transport says where records end: there are no lines
	closed  bool

	formats formats

	mu       sync.Mutex // guards what follows
	held     held       // the records that are whole
	shown    held       // what of them readers see, together with open
	preview  *preview   // nil: there is none
	open     *Block     // the records that may still grow; nil: there are none
	version  uint64     // grows with each change of shown
	seen     *StreamState
	seenAt   uint64 // version of seen
	marks    []mark
	lineEnds int64 // before folded
	loss     Loss
	floor    int64 // records that begin before are lost
	why      string
	bytes    int64
	ended    bool
}

// Info is what the stream was opened with.
func (st *Stream) Info() *Info { return &st.info }

// Name of the stream's source.
func (st *Stream) Name() string { return st.info.Resource.Source }

// Bytes is how many bytes of the stream have been read so far.
func (st *Stream) Bytes() int64 {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.bytes
}

var errClosed = errors.New("the stream is closed")

// Append adds bytes that arrived at the time given. data is the caller's again
// when it returns. ends says where each record ends in data, for a transport that
// frames them; nil: lines decide. What follows the last end begins the next record.
func (st *Stream) Append(ctx context.Context, data []byte, ends []int, arrived int64) error {
	if st.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if st.info.Data == nil {
		st.store.keep.add(st, data)
	}
	folded, within := st.folded, len(st.tail) > 0
	st.placing.came(st.end(), arrived)
	if ends != nil {
		st.feedFrames(data, ends)
	} else {
		st.feed(data)
	}
	if within && st.folded == folded {
		st.placing.uncome() // no record begins in these bytes
	}
	st.grown(int64(len(data)))
	return nil
}

// Settle says that nothing came for so long that the open records count as whole, an unended last line too.
func (st *Stream) Settle() {
	if st.closed || len(st.tail) == 0 && st.open == nil && !st.dating.undated {
		return
	}
	st.finish(true)
	st.grown(0)
}

// Close ends the stream: what is open in it is whole.
func (st *Stream) Close() {
	if st.closed {
		return
	}
	st.finish(false)
	if st.info.Data == nil {
		st.store.keep.settle()
	}
	st.closed = true
	st.facts, st.tail, st.rows.List = nil, nil, nil
	st.mu.Lock()
	st.ended = true
	st.held.seal()
	st.mu.Unlock()
	st.grown(0)
}

// Lose says that what came before can be read no more: a file was truncated. Its records are let go, and counted.
func (st *Stream) Lose(why string) {
	st.lose(st.end(), why)
	st.grown(0)
}

// finish closes what is open and settles the dates.
func (st *Stream) finish(continued bool) {
	line := st.tail
	st.tail = nil
	switch {
	case len(line) == 0:
	case st.framed:
		st.frame(line)
	default:
		st.index(line)
	}
	st.state = st.ix.Close(st.state, &st.rows, continued)
	st.take()
	if len(line) > 0 && !st.framed {
		st.severed = st.folded
	}
	st.date()
}

// grown tells readers that bytes have come, or what was there has changed.
func (st *Stream) grown(bytes int64) {
	open := st.opened()
	st.mu.Lock()
	st.bytes += bytes
	if !st.preview.within(st.end()) {
		st.shown, st.open = st.held, open
	}
	st.version++
	st.mu.Unlock()
	st.store.changed()
}

// opened returns the records that may still grow as a block; nil where there are none.
func (st *Stream) opened() *Block {
	n := len(st.rows.List)
	if !st.closed {
		st.ix.Open(st.state, &st.rows)
	}
	open := st.rows.List[n:]
	st.goOn(open)
	st.rows.List = st.rows.List[:n]
	least := st.folded
	if len(open) == 0 {
		st.placing.forget(least)
		return nil
	}
	undated := st.guess(open)
	g := st.grow(len(open))
	p, lines := st.placing, st.lines
	for i := range open {
		least = min(least, open[i].Offset)
		g.columns.uneven = g.columns.uneven || lines.uneven(&open[i], st.severed)
		lines.add(&open[i])
		g.add(&open[i], p.place(&open[i]), timeOf(undated, open, i))
	}
	st.placing.forget(least)
	return g.block()
}

// snapshot returns what readers see of the stream.
func (st *Stream) snapshot() *StreamState {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.seen != nil && st.seenAt == st.version {
		return st.seen
	}
	s := &StreamState{Stream: st, Blocks: st.shown.list(), Open: st.open, Preview: st.preview.list(), Bytes: st.bytes, Ended: st.ended, Lost: st.loss}
	st.seen, st.seenAt = s, st.version
	return s
}
