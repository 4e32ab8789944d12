package session

import (
	"context"
	"errors"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// Follow implements View.
func (v *view) Follow(ctx context.Context, last int, f func(Key, *logs.Record) bool) error {
	fl := &follower{v: v, pipe: newPipe(v), remotes: v.followedRemotes(last)}
	fl.f = func(k Key, r *logs.Record) bool {
		fl.enough = fl.enough || !f(k, r)
		return !fl.enough
	}
	leave := v.s.followers.join(fl)
	defer leave()
	err := fl.first(ctx, last)
	for err == nil && !fl.enough {
		changed := v.s.Changed()
		ended := !slices.ContainsFunc(v.s.sources, func(r *running) bool { return !r.hasEnded() })
		snap := v.s.store.Snapshot()
		if err = fl.news(ctx, snap); err != nil || fl.enough {
			break
		}
		v.s.followers.handed(fl, snap.Version)
		again := fl.hear(ctx)
		if fl.enough {
			break
		}
		if ended {
			return errors.Join(v.Unread()...)
		}
		select {
		case <-changed:
		case <-again:
		case <-ctx.Done():
			return nil
		}
	}
	if ctx.Err() != nil {
		return nil // following ends with its context, and not by a fault
	}
	return err
}

// A follower is one call of Follow.
type follower struct {
	v       *view
	pipe    *pipe
	f       func(Key, *logs.Record) bool
	enough  bool // f has returned false
	rd      store.Reader
	streams []*followed // in the order of snapshots
	remotes []*followedRemote
}

// followed is how far a stream has been followed.
type followed struct {
	state  *store.StreamState // seen last
	offset int64              // of the last record that was whole then; -1: there was none
	seen   int64              // records that were whole by then; -1: not known
}

// first gives the last records that are whole; all of them where last is negative.
// It waits until the files that there are have been indexed, or their newest ends
// hold enough.
func (fl *follower) first(ctx context.Context, last int) error {
	v, tried := fl.v, 0
	for {
		changed := v.s.Changed()
		late := v.s.late()
		l := v.look()
		if !late.any(l) && fl.answering() {
			return fl.begin(ctx, l, last)
		}
		if n := l.foreseen(); n != tried && last >= 0 {
			tried = n
			fl.listen()
			if rows, err := v.lastRows(ctx, l, last, withPreview); err != nil || len(rows) == last && late.knows(l, rows) {
				return errors.Join(err, fl.give(l, rows))
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// begin gives the last records of files that have been indexed.
func (fl *follower) begin(ctx context.Context, l *look, last int) error {
	fl.listen()
	if last >= 0 {
		rows, err := fl.v.lastRows(ctx, l, last, 0)
		return errors.Join(err, fl.give(l, rows))
	}
	_ = fl.v.each(ctx, l, 0, func(k Key, r *logs.Record) bool { // what could not be read is told in the end
		fl.saw(k)
		return fl.f(k, r)
	})
	return errors.Join(ctx.Err(), fl.give(l, nil))
}

// lastRows returns the last records of a look and of the Searchers, newest first.
func (v *view) lastRows(ctx context.Context, l *look, last int, p parts) ([]Row, error) {
	if last == 0 {
		return nil, nil
	}
	m := v.mergeLocal(ctx, l, LastKey, true, p)
	defer m.close()
	for _, r := range v.remotes {
		_ = r.fetch(ctx, lastPosition, last, 0) // what it failed with stands in the source's health
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		down, _, _, _ := r.around(lastPosition)
		m.addHits(r, down)
	}
	rows, _, err := v.take(ctx, m, last)
	return rows, err
}

// give gives rows, oldest first, and goes behind all that l holds.
func (fl *follower) give(l *look, rows []Row) error {
	for _, r := range slices.Backward(rows) {
		fl.saw(r.Key)
		if !fl.f(r.Key, r.Record) {
			break
		}
	}
	for _, d := range l.strands {
		fo := &followed{state: d.state, offset: -1}
		fl.streams = append(fl.streams, fo)
		last := d.state.Blocks
		if p := d.state.Preview; len(p) > 0 {
			last = p
		}
		if n := len(last); n > 0 {
			c, err := last[n-1].Columns()
			if err != nil {
				return err
			}
			fo.offset = c.Offset(c.Len() - 1)
		}
		fo.count()
	}
	return nil
}

// count finds out how many records of the stream are behind, once that is known.
func (fo *followed) count() {
	if fo.seen = -1; len(fo.state.Preview) == 0 {
		fo.seen = fo.state.Lost.Records
		for _, b := range fo.state.Blocks {
			fo.seen += int64(b.Summary.Rows)
		}
	}
}

// news gives the records that have become whole since the last look, stream by stream.
func (fl *follower) news(ctx context.Context, snap *store.Snapshot) error {
	var changed []*followed
	for i, st := range snap.Streams {
		if i == len(fl.streams) || fl.streams[i].state.Stream != st.Stream {
			fl.streams = slices.Insert(fl.streams, i, &followed{state: &store.StreamState{Stream: st.Stream}, offset: -1})
		}
		if fo := fl.streams[i]; fo.state != st {
			fo.state = st
			changed = append(changed, fo)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return fl.pipe.run(ctx, func(ctx context.Context, in *filler) error {
		for _, fo := range changed {
			if err := fl.stream(ctx, fo, in); err != nil {
				return err
			}
		}
		return nil
	}, fl.f)
}

// stream gives the records of one stream that have become whole.
func (fl *follower) stream(ctx context.Context, fo *followed, in *filler) error {
	st := fo.state
	if fo.seen < 0 {
		fo.count()
	}
	n := len(st.Blocks)
	for n > 0 && st.Blocks[n-1].Summary.Offset > fo.offset {
		n--
	}
	if gone := st.Lost.Records - fo.seen; n == 0 && fo.seen >= 0 && gone > 0 { // all that was seen is gone, and more
		fo.seen += gone
		fl.v.unread.lose(st.Stream.Name(), gone, st.Lost.Why)
	}
	for _, b := range st.Blocks[max(n-1, 0):] {
		if err := fl.block(ctx, b, fo, in); err != nil {
			return err
		}
	}
	return nil
}

// block gives the records of b that come after those that were given.
func (fl *follower) block(ctx context.Context, b *store.Block, fo *followed, in *filler) error {
	v := fl.v
	q, none := v.asks(b.Stream)
	c, err := b.Columns()
	if err != nil {
		v.unread.add(b.Stream.Name(), firstKey(b), err)
		return nil
	}
	n := c.Len()
	from := c.After(fo.offset)
	if from == n {
		return nil
	}
	fo.offset = c.Offset(n - 1)
	if fo.seen >= 0 {
		fo.seen += int64(n - from)
	}
	rows := v.masked(b, c)
	fresh := query.NewBits(n)
	fresh.Fill(from, n)
	if rows != nil {
		fresh.And(rows)
	}
	if none {
		return nil
	}
	if q != nil {
		found := query.NewBits(n)
		err := fl.rd.Match(ctx, c, q, fresh, found, func(i int, err error) { v.unread.add(b.Stream.Name(), keyOf(c, i), err) })
		if err != nil {
			return err
		}
		fresh = found
	}
	return in.addAll(c, fresh, &fl.rd)
}
