package session

import (
	"sort"

	"github.com/lxlog/lx/store"
)

// A look is what a snapshot of the store holds, made ready to be searched. It does not change.
type look struct {
	*store.Snapshot
	strands []*strand // one a stream, in the snapshot's order
	blocks  int       // how many there are in all
}

// A strand is the blocks of one stream, with what says where in them records of a time may be. But for late it does not change.
type strand struct {
	state  *store.StreamState
	blocks []*store.Block // whole ones, the preview, the open one
	whole  int            // so many of them are whole
	most   []int64        // greatest order time up to and with a block
	least  []int64        // least order time from a block on
	late   *tally         // the stream's, of those who ask for health
	starts []int64        // how many records stand before a whole block, those that are gone included; and behind all of them
}

// look returns what the store holds now.
func (s *Session) look() *look {
	snap := s.store.Snapshot()
	s.lookMu.Lock()
	defer s.lookMu.Unlock()
	old := s.looked
	if old != nil && old.Version >= snap.Version {
		return old
	}
	l := &look{Snapshot: snap, strands: make([]*strand, len(snap.Streams))}
	var rest []*strand // of the older snapshot: streams never go and keep their order
	if old != nil {
		rest = old.strands
	}
	for i, st := range snap.Streams {
		var known *strand
		if len(rest) > 0 && rest[0].state.Stream == st.Stream {
			known, rest = rest[0], rest[1:]
		}
		if known == nil || known.state != st {
			was := known
			if known = newStrand(st); was != nil {
				known.late = was.late
			}
		}
		l.strands[i] = known
		l.blocks += len(known.blocks)
	}
	s.looked = l
	return l
}

// ids are those of all blocks.
func (l *look) ids() map[uint64]bool {
	out := make(map[uint64]bool, l.blocks)
	for _, st := range l.strands {
		for _, b := range st.blocks {
			out[b.ID] = true
		}
	}
	return out
}

func newStrand(st *store.StreamState) *strand {
	d := &strand{state: st, blocks: st.Blocks, whole: len(st.Blocks), late: &tally{}}
	d.blocks = append(d.blocks[:d.whole:d.whole], st.Preview...)
	if st.Open != nil {
		d.blocks = append(d.blocks, st.Open)
	}
	d.most, d.least = make([]int64, len(d.blocks)), make([]int64, len(d.blocks))
	for i, b := range d.blocks {
		d.most[i] = b.Summary.Last
		if i > 0 {
			d.most[i] = max(d.most[i], d.most[i-1])
		}
	}
	d.starts = make([]int64, d.whole+1)
	d.starts[0] = st.Lost.Records
	for i, b := range st.Blocks {
		d.starts[i+1] = d.starts[i] + int64(b.Summary.Rows)
	}
	for i := len(d.blocks) - 1; i >= 0; i-- {
		d.least[i] = d.blocks[i].Summary.First
		if i+1 < len(d.blocks) {
			d.least[i] = min(d.least[i], d.least[i+1])
		}
	}
	return d
}

// foreseen is how many records stand in previews.
func (l *look) foreseen() (n int) {
	for _, d := range l.strands {
		for _, b := range d.state.Preview {
			n += b.Summary.Rows
		}
	}
	return n
}

// isPreview reports whether block i is of the preview.
func (d *strand) isPreview(i int) bool {
	return i >= d.whole && d.blocks[i] != d.state.Open
}

// from is the first block that may hold a record of time t or later.
func (d *strand) from(t int64) int {
	return sort.Search(len(d.most), func(i int) bool { return d.most[i] >= t })
}

// to is the number of the first block from which on no record is of time t or earlier.
func (d *strand) to(t int64) int {
	return sort.Search(len(d.least), func(i int) bool { return d.least[i] > t })
}
