package session

import (
	"context"
	"errors"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// Follow implements Follower.
func (v *view) Follow(ctx context.Context, last int, f func(Key, *logs.Record) bool) error {
	fl := &follower{v: v, streams: map[*store.Stream]*followed{}}
	fl.f = func(k Key, r *logs.Record) bool {
		fl.enough = fl.enough || !f(k, r)
		return !fl.enough
	}
	snap := v.snapshot()
	err := fl.first(ctx, snap, last)
	for _, st := range snap.Streams {
		err = errors.Join(err, fl.of(st.Stream).skip(st))
	}
	for err == nil && !fl.enough {
		changed := v.s.Changed()
		ended := !slices.ContainsFunc(v.s.sources, func(r *running) bool { return !r.hasEnded() })
		if err = fl.news(ctx, v.snapshot()); err != nil || fl.enough {
			break
		}
		if ended {
			return errors.Join(v.unread.errors()...)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
	if ctx.Err() != nil {
		return nil //nolint:nilerr // following ends with its context, and not by a fault
	}
	return err
}

// A follower is one call of Follow.
type follower struct {
	v       *view
	f       func(Key, *logs.Record) bool
	enough  bool // f has returned false
	streams map[*store.Stream]*followed
}

// followed is how far a stream has been followed.
type followed struct {
	state  *store.StreamState // seen last
	offset int64              // of the last record that was whole then; -1: there was none
	reader store.Reader
}

func (fl *follower) of(st *store.Stream) *followed {
	fo := fl.streams[st]
	if fo == nil {
		fo = &followed{offset: -1}
		fl.streams[st] = fo
	}
	return fo
}

// skip goes behind the records that st holds.
func (fo *followed) skip(st *store.StreamState) error {
	fo.state = st
	n := len(st.Blocks)
	if n == 0 {
		return nil
	}
	c, err := st.Blocks[n-1].Columns()
	if err == nil {
		fo.offset = c.Offset(c.Len() - 1)
	}
	return err
}

// first gives the last records that are whole; all of them where last is negative.
func (fl *follower) first(ctx context.Context, snap *store.Snapshot, last int) error {
	if last < 0 {
		m := fl.v.merge(false)
		fl.v.addWhole(m, snap, FirstKey)
		return fl.v.stream(ctx, m, fl.f)
	}
	m := fl.v.merge(true)
	fl.v.addWhole(m, snap, LastKey)
	for _, r := range fl.v.remotes {
		_ = r.fetch(ctx, lastPosition, last, 0) // what it failed with stands in the source's health
		if ctx.Err() != nil {
			return ctx.Err()
		}
		down, _, _, _ := r.around(lastPosition)
		m.addHits(r, down)
	}
	rows, _, err := fl.v.take(ctx, m, last)
	for _, r := range slices.Backward(rows) {
		if !fl.f(r.Key, r.Record) {
			break
		}
	}
	return err
}

// news gives the records that have become whole since the last look, stream by stream.
func (fl *follower) news(ctx context.Context, snap *store.Snapshot) error {
	for _, st := range snap.Streams {
		fo := fl.of(st.Stream)
		if fo.state == st {
			continue
		}
		fo.state = st
		n := len(st.Blocks)
		for n > 0 && st.Blocks[n-1].Summary.Offset > fo.offset {
			n--
		}
		for _, b := range st.Blocks[max(n-1, 0):] {
			if err := fl.block(ctx, b, fo); err != nil || fl.enough {
				return err
			}
		}
	}
	return nil
}

// block gives the records of b that come after those that were given.
func (fl *follower) block(ctx context.Context, b *store.Block, fo *followed) error {
	c, err := b.Columns()
	if err != nil {
		fl.v.unread.add(b.Stream.Name(), firstKey(b), err)
		return nil
	}
	var rec logs.Record
	for i := c.After(fo.offset); i < c.Len(); i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		fo.offset = c.Offset(i)
		if !fl.v.takes(c, i) {
			continue
		}
		if err := fo.reader.Record(c, i, &rec); err != nil {
			fl.v.unread.add(b.Stream.Name(), keyOf(c, i), err)
			continue
		}
		if fl.v.query != nil && !fl.v.query.Match(&rec) {
			continue
		}
		if !fl.f(keyOf(c, i), &rec) {
			return nil
		}
	}
	return nil
}
