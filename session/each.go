package session

import (
	"context"
	"errors"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// Each implements View.
func (v *view) Each(ctx context.Context, f func(Key, *logs.Record) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return v.each(ctx, v.look(), withOpen, f)
}

// each calls f for all records of a look, and of the Searchers.
func (v *view) each(ctx context.Context, l *look, p parts, f func(Key, *logs.Record) bool) error {
	var failed []error
	err := newPipe(v).run(ctx, func(ctx context.Context, in *filler) error {
		m := v.mergeLocal(ctx, l, FirstKey, false, p)
		defer m.close()
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
		m.ahead.begin()
		for at, err := m.next(ctx, nil); at != nil || err != nil; at, err = m.next(ctx, at) {
			if err == nil {
				err = in.add(at.row(!v.bare))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, f)
	if err != nil {
		return err
	}
	return errors.Join(append(failed, v.unread.errors()...)...)
}

// InOrder implements View.
func (v *view) InOrder(ctx context.Context, f func(Key, *logs.Record) bool) error {
	err := newPipe(v).run(ctx, func(ctx context.Context, in *filler) error {
		var rd store.Reader
		for _, b := range v.chosen(v.look(), withOpen) {
			s, err := v.selectRows(ctx, b, &rd)
			if err == nil && s.c != nil {
				err = in.addAll(s.c, s.rows, &rd)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, f)
	if err != nil {
		return err
	}
	return errors.Join(v.Unread()...)
}

// Undecoded implements View.
func (v *view) Undecoded() View {
	return &view{s: v.s, filter: v.filter, query: v.query, key: v.key, bare: true, remotes: v.remotes, unread: v.unread, counts: map[uint64]int{}, totals: newTotals(), arrived: newArrived()}
}
