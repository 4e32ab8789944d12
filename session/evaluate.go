package session

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// A view implements View. It remembers which records of each block match, so
// that only new ones cost anything, and what Searchers answered.
type view struct {
	s       *Session
	filter  sources.Filter
	query   *query.Query // nil: everything
	remotes []*remote
	unread  unread

	mu     sync.Mutex
	blocks map[uint64]*blockHits
	seen   uint64 // version of the snapshot whose blocks are remembered

	totals totals
}

// View returns the records that the filter selects. The error says what is wrong with the filter.
func (s *Session) View(f sources.Filter) (View, error) {
	if f.From != logs.NoTime && f.To != logs.NoTime && f.From > f.To {
		return nil, errors.New("the time range ends before it begins")
	}
	if _, all := f.Query.(*query.Everything); all {
		f.Query = nil
	}
	f.Now = s.o.Now()
	v := &view{s: s, filter: f, blocks: map[uint64]*blockHits{}}
	if f.Query != nil {
		env := s.o.Env
		env.Now = f.Now
		v.query = query.Compile(f.Query, env)
	}
	for _, r := range s.sources {
		if r.searcher != nil {
			v.remotes = append(v.remotes, &remote{v: v, r: r, place: streamPlace(r.place, 0), turn: make(chan struct{}, 1), counting: make(chan struct{}, 1)})
		}
	}
	return v, nil
}

// Filter implements View.
func (v *view) Filter() sources.Filter { return v.filter }

// snapshot returns what the store holds now, and forgets blocks that are no more.
func (v *view) snapshot() *store.Snapshot {
	snap := v.s.store.Snapshot()
	v.mu.Lock()
	defer v.mu.Unlock()
	if snap.Version <= v.seen || len(v.blocks) == 0 {
		return snap
	}
	v.seen = snap.Version
	there := make(map[uint64]bool, len(v.blocks))
	for _, st := range snap.Streams {
		for _, b := range st.Blocks {
			there[b.ID] = true
		}
		if st.Open != nil {
			there[st.Open.ID] = true
		}
	}
	for id := range v.blocks {
		if !there[id] {
			delete(v.blocks, id)
		}
	}
	return snap
}

// merge returns one without feeds yet.
func (v *view) merge(backward bool) *merge {
	m := &merge{backward: backward, readers: map[*store.Stream]*store.Reader{}}
	m.failed = func(f feed, err error) { v.unread.add(f.source(), f.key(), err) }
	return m
}

// mergeLocal returns one of all that a snapshot holds: backward what stands before start, else what stands from it on.
func (v *view) mergeLocal(snap *store.Snapshot, start Key, backward bool) *merge {
	m := v.merge(backward)
	v.addWhole(m, snap, start)
	v.addOpen(m, snap, start)
	return m
}

// notes says what is missing from what the view finds.
func (v *view) notes(snap *store.Snapshot) (out []string) {
	for _, err := range append(snap.Lost(), v.unread.errors()...) {
		out = append(out, err.Error())
	}
	for _, m := range v.remotes {
		for _, n := range m.remarks() {
			out = append(out, m.r.source.Name()+": "+n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Each implements View.
func (v *view) Each(ctx context.Context, f func(Key, *logs.Record) bool) error {
	m := v.mergeLocal(v.snapshot(), FirstKey, false)
	return v.stream(ctx, m, f)
}

// stream calls f for all rows of m and of the Searchers, upwards.
func (v *view) stream(ctx context.Context, m *merge, f func(Key, *logs.Record) bool) error {
	var failed []error
	blocks := m.failed
	m.failed = func(f feed, err error) {
		if _, remote := f.(*streamFeed); remote {
			failed = append(failed, err)
		} else {
			blocks(f, err)
		}
	}
	for _, r := range v.remotes {
		m.add(&streamFeed{m: r, start: firstPosition})
	}
	scratch := &logs.Record{}
	for at, err := m.next(ctx, nil); at != nil || err != nil; at, err = m.next(ctx, at) {
		if err != nil {
			return err
		}
		rec, err := at.read(scratch)
		if err != nil {
			v.unread.add(at.source(), at.key(), err)
			continue
		}
		if !f(at.key(), rec) {
			return nil
		}
	}
	return errors.Join(append(failed, v.unread.errors()...)...)
}
