package session

import (
	"context"
	"math"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// Which records of a stream a merge has: those that are whole always.
type parts uint8

const (
	withOpen    parts = 1 << iota // those that may still grow
	withPreview                   // those behind a part that is not indexed yet
)

// A strandFeed has no rows: its turn comes when one of its blocks may have the
// next row, and then that block joins the merge. Where the times of a stream's
// blocks do not overlap one block of it is looked into at a time.
type strandFeed struct {
	v     *view
	m     *merge
	d     *strand
	start Key
	place int64 // Key.Source of the stream
	parts parts
	at    int // the next block
	bound Key // no record of it and those behind stands before
}

// mergeLocal returns one of what a look holds: backward what stands before start, else what stands from it on.
func (v *view) mergeLocal(ctx context.Context, l *look, start Key, backward bool, p parts) *merge {
	m := &merge{backward: backward, readers: map[*store.Stream]*store.Reader{}}
	m.ahead = newAhead(ctx, v, m)
	m.failed = func(f feed, err error) { v.unread.add(f.source(), f.key(), err) }
	f := &v.filter
	if f.From != logs.NoTime && !backward {
		start = maxKey(start, Key{f.From, math.MinInt64, math.MinInt64})
	}
	if f.To != logs.NoTime && backward {
		start = minKey(start, Key{f.To, math.MinInt64, math.MinInt64})
	}
	feeds := make([]strandFeed, len(l.strands))
	for i, d := range l.strands {
		s := &feeds[i]
		*s = strandFeed{v: v, m: m, d: d, start: start, place: d.state.Stream.Info().Place, parts: p, at: d.from(start.Time)}
		if backward {
			s.at = d.to(start.Time) - 1
		}
		if s.inside() {
			m.feeds = append(m.feeds, s)
		}
	}
	m.init()
	return m
}

// inside reports whether there is a next block, or may be one within the view's range.
func (s *strandFeed) inside() bool {
	f := &s.v.filter
	if s.m.backward {
		if s.at < 0 || f.From != logs.NoTime && s.d.most[s.at] < f.From {
			return false
		}
		s.bound = minKey(s.start, Key{s.d.most[s.at], s.place, math.MaxInt64})
		return true
	}
	if s.at == len(s.d.blocks) || f.To != logs.NoTime && s.d.least[s.at] >= f.To {
		return false
	}
	s.bound = maxKey(s.start, Key{s.d.least[s.at], s.place, math.MinInt64})
	return true
}

func (s *strandFeed) ready() bool { return false }

func (s *strandFeed) key() Key { return s.bound }

func (s *strandFeed) advance(context.Context) (bool, error) {
	for n := len(s.m.joining); s.inside() && len(s.m.joining) == n; {
		s.each(func(f *blockFeed) { s.m.joining = append(s.m.joining, f) })
	}
	return s.inside(), nil
}

// each calls f for the next block, if the view may select records of it on the side of the start that is asked for.
func (s *strandFeed) each(f func(*blockFeed)) {
	i := s.at
	if s.m.backward {
		s.at--
	} else {
		s.at++
	}
	b := s.d.blocks[i]
	if s.parts.leaveOut(s.d, i) || s.v.selectsNone(b) {
		return
	}
	first, last := Key{b.Summary.First, s.place, b.Summary.Offset}, Key{b.Summary.Last, s.place, math.MaxInt64}
	switch {
	case s.m.backward && first.Compare(s.start) < 0:
		f(&blockFeed{m: s.m, in: s, nth: i, b: b, start: s.start, current: minKey(last, s.start)})
	case !s.m.backward && last.Compare(s.start) >= 0:
		f(&blockFeed{m: s.m, in: s, nth: i, b: b, start: s.start, current: maxKey(first, s.start)})
	}
}

// leaveOut reports whether block i of a strand holds other records than these.
func (p parts) leaveOut(d *strand, i int) bool {
	return p&withPreview == 0 && d.isPreview(i) || p&withOpen == 0 && d.blocks[i] == d.state.Open
}

func (s *strandFeed) read(*logs.Record) (*logs.Record, error) { panic("BUG: a strand has no rows") }

func (s *strandFeed) row(bool) batchRow { panic("BUG: a strand has no rows") }

func (s *strandFeed) id() ID { panic("BUG: a strand has no rows") }

func (s *strandFeed) source() string { return s.d.state.Stream.Name() }

// A blockFeed gives the hits of one block: those from a key on, or backwards those before it.
type blockFeed struct {
	m       *merge
	in      *strandFeed // that it was found in, as its nth block
	nth     int
	b       *store.Block
	start   Key
	current Key // of the current row; before it is open, one that no hit stands before in the merge's order

	hits
	partly bool // hits are known from lo up to before hi alone
	lo, hi int
	open   bool
	at     int           // place of the current row
	lines  *store.Reader // counts lines; nil before the first is
	lates  *lates        // nil before one is asked for
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

func (f *blockFeed) ready() bool { return f.open }

func (f *blockFeed) key() Key { return f.current }

func (f *blockFeed) advance(ctx context.Context) (bool, error) {
	switch {
	case !f.open:
		if err := f.look(ctx); err != nil {
			return false, err
		}
	case f.m.backward:
		f.at = f.previous(f.at - 1)
	default:
		f.at = f.next(f.at + 1)
	}
	for f.partly && (f.at < 0 || f.at >= f.n) {
		if err := f.widen(ctx); err != nil {
			return false, err
		}
	}
	if f.at < 0 || f.at >= f.n {
		return false, nil
	}
	i := f.hits.row(f.at)
	f.current = Key{f.c.Order(i), f.current.Source, f.c.Offset(i)}
	return true, nil
}

// firstRows is how many rows beside the start are asked about first where few are wanted: most blocks have as many hits there.
const firstRows = 256

// lookNearby begins with the rows beside the start, where few are wanted and it
// costs much to say which rows of the block the view selects; false: it does not.
func (f *blockFeed) lookNearby() bool {
	v, b := f.in.v, f.b
	if !f.m.few || !b.Summary.Sorted || b.Summary.Rows <= 2*firstRows || f.m.ahead.tasks != nil || v.isJudged(b) {
		return false
	}
	c, err := b.Columns()
	if err != nil {
		return false
	}
	f.hits = hits{c: c, n: c.Len()}
	at := f.from(f.start)
	if f.partly, f.lo, f.hi = true, at, at; f.m.backward {
		f.at = -1
	} else {
		f.at = f.n
	}
	f.open, f.current.Source = true, b.Stream.Info().Place
	return true
}

// widen asks about more rows behind those that were, and goes to the first hit among them; at last about all.
func (f *blockFeed) widen(ctx context.Context) error {
	more := max(firstRows, 7*(f.hi-f.lo))
	lo, hi := f.lo, f.hi
	if f.m.backward {
		f.lo = max(0, f.lo-more)
	} else {
		f.hi = min(f.n, f.hi+more)
	}
	if more > 8*firstRows || f.lo == lo && f.hi == hi {
		h, err := f.m.ahead.hits(ctx, f.b, true)
		if err != nil {
			return err
		}
		if f.hits, f.partly = h, false; f.c == nil {
			f.at = -1
			return nil
		}
	} else {
		s, err := f.in.v.selectWithin(ctx, f.b, &f.m.ahead.reader, f.lo, f.hi)
		if err != nil {
			return err
		}
		if f.rows = s.rows; s.c == nil {
			f.rows = query.NewBits(f.n)
		}
	}
	if f.m.backward {
		f.at = f.previous(lo - 1)
	} else {
		f.at = f.next(hi)
	}
	return nil
}

// look goes to the first hit.
func (f *blockFeed) look(ctx context.Context) (err error) {
	if f.lookNearby() {
		return nil
	}
	within := f.b.Summary.First <= f.start.Time && f.start.Time <= f.b.Summary.Last
	if f.hits, err = f.m.ahead.hits(ctx, f.b, within); err != nil {
		return err
	}
	f.open, f.current.Source = true, f.b.Stream.Info().Place
	if f.c == nil {
		return nil
	}
	if f.at = f.from(f.start); f.m.backward {
		f.at = f.previous(f.at - 1)
	} else {
		f.at = f.next(f.at)
	}
	return nil
}

func (f *blockFeed) read(scratch *logs.Record) (*logs.Record, error) {
	return scratch, f.m.reader(f.b.Stream).Record(f.c, f.hits.row(f.at), scratch)
}

func (f *blockFeed) row(line bool) batchRow {
	r := batchRow{key: f.key(), c: f.c, i: f.hits.row(f.at)}
	if line {
		if f.lines == nil {
			f.lines = &store.Reader{}
		}
		r.line = f.lines.Line(r.c, r.i)
	}
	return r
}

func (f *blockFeed) id() ID {
	info := f.b.Stream.Info()
	return ID{Source: f.b.Stream.Name(), Place: info.Place, Generation: info.Generation, Offset: f.c.Offset(f.hits.row(f.at))}
}

func (f *blockFeed) source() string { return f.b.Stream.Name() }
