package session

import (
	"context"
	"slices"

	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// Arrivals are the records of a view that arrived since a mark.
type Arrivals struct {
	Above, Below summary.ByLevel // with keys less than the one that was asked for; from that on
	Oldest       Key             // the least key of those above; LastKey: there are none
	AtLeast      bool            // there may be more: of what had arrived before, more has been found since
	Unknown      []string        // Searchers that do not say what arrived there
}

// arrived is what a view has counted since one mark. It is the last that was asked for.
type arrived struct {
	turn    chan struct{} // holds one value while somebody counts, who has what follows
	since   *Mark
	streams map[*store.Stream]*arrivedStream
}

func newArrived() arrived { return arrived{turn: make(chan struct{}, 1)} }

// arrivedStream is what was counted of one stream.
type arrivedStream struct {
	state  *store.StreamState
	since  reached
	blocks []*arrivedBlock // those that hold anything that arrived
}

// arrivedBlock is what was counted of one block.
type arrivedBlock struct {
	b     *store.Block
	from  int // the first row that arrived
	rows  int // up to before this one they were counted
	total summary.ByLevel
	least Key // of those that were counted; LastKey: there are none

	key   Key // for which the next was counted
	above summary.ByLevel
}

// Arrived implements View.
func (v *view) Arrived(ctx context.Context, since *Mark, key Key) (Arrivals, error) {
	a := &v.arrived
	select {
	case a.turn <- struct{}{}:
		defer func() { <-a.turn }()
	case <-ctx.Done():
		return Arrivals{}, ctx.Err()
	}
	if a.since != since {
		a.since, a.streams = since, map[*store.Stream]*arrivedStream{}
	}
	out := Arrivals{Oldest: LastKey}
	var rd store.Reader
	for _, d := range v.look().strands {
		if d.starts[d.whole] <= since.streams[d.state.Stream].rows && d.state.Open == nil {
			continue
		}
		in, known := v.s.since(since, d.state.Stream)
		if !known {
			continue
		}
		for _, e := range a.stream(d, in) {
			if err := v.countArrived(ctx, e, in.open, key, &rd); err != nil {
				return Arrivals{}, err
			}
			e.addTo(&out, key)
		}
	}
	for _, m := range v.remotes {
		came, known, err := m.arrived(ctx, since.serials[m.r.place], key)
		switch {
		case err != nil:
			return Arrivals{}, err
		case !known:
			out.Unknown = append(out.Unknown, m.r.source.Name())
		default:
			out.Above.Add(&came.Above)
			out.Below.Add(&came.Below)
			out.Oldest = minKey(out.Oldest, came.Oldest)
			out.AtLeast = out.AtLeast || came.AtLeast
		}
	}
	return out, nil
}

// stream returns the blocks of a strand that hold what arrived since, with what was counted of them before.
func (a *arrived) stream(d *strand, since reached) []*arrivedBlock {
	s := a.streams[d.state.Stream]
	if s != nil && s.state == d.state && s.since.rows == since.rows && len(s.since.open) == len(since.open) {
		return s.blocks
	}
	known := map[uint64]*arrivedBlock{}
	if s != nil {
		for _, e := range s.blocks {
			known[e.b.ID] = e
		}
	}
	s = &arrivedStream{state: d.state, since: since}
	a.streams[d.state.Stream] = s
	add := func(b *store.Block, from int) {
		e := known[b.ID]
		if e == nil || e.from != from || e.rows > b.Summary.Rows {
			e = &arrivedBlock{from: from, rows: from, least: LastKey, key: FirstKey}
		}
		e.b = b
		s.blocks = append(s.blocks, e)
	}
	if d.state.Open != nil {
		add(d.state.Open, 0)
	}
	for i := d.whole - 1; i >= 0 && d.starts[i+1] > since.rows; i-- {
		add(d.blocks[i], int(max(0, since.rows-d.starts[i])))
	}
	return s.blocks
}

// countArrived counts the rows of e's block that were not counted yet, and those
// above the key where that is not known. without are offsets of records that had arrived before.
func (v *view) countArrived(ctx context.Context, e *arrivedBlock, without []int64, key Key, rd *store.Reader) error {
	again := e.straddles(key) && e.key != key
	if e.rows == e.b.Summary.Rows && !again {
		return nil
	}
	s, err := v.selectRows(ctx, e.b, rd)
	if err != nil {
		return err
	}
	if again {
		e.key, e.above = key, summary.ByLevel{}
	}
	if s.c != nil {
		from := e.rows
		if again {
			from = e.from
		}
		e.add(&s, from, without)
	}
	e.rows = e.b.Summary.Rows
	return nil
}

// add counts rows of a selection: from a row on those above e.key, and of these
// that were not counted yet all.
func (e *arrivedBlock) add(s *selection, from int, without []int64) {
	c := s.c
	for i := s.next(from); i < c.Len(); i = s.next(i + 1) {
		if len(without) > 0 && slices.Contains(without, c.Offset(i)) {
			continue
		}
		level, k := c.Severity(i).Level(), keyOf(c, i)
		if k.Compare(e.key) < 0 {
			e.above[level]++
		}
		if i >= e.rows {
			e.total[level]++
			e.least = minKey(e.least, k)
		}
	}
}

// straddles reports whether by its summary the block may have records on both sides of the key.
func (e *arrivedBlock) straddles(key Key) bool {
	place := e.b.Stream.Info().Place
	return firstKey(e.b).Compare(key) < 0 && key.Compare(Key{e.b.Summary.Last, place, 1<<63 - 1}) <= 0
}

// addTo adds what was counted of the block.
func (e *arrivedBlock) addTo(out *Arrivals, key Key) {
	if e.least.Compare(key) >= 0 {
		out.Below.Add(&e.total)
		return
	}
	above := e.total
	if e.straddles(key) {
		above = e.above
	}
	out.Above.Add(&above)
	for level, n := range e.total {
		out.Below[level] += n - above[level]
	}
	out.Oldest = minKey(out.Oldest, e.least)
}
