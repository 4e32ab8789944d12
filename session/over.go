package session

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/store"
)

// chosen returns the blocks of a look that the view may select records of, by stream and position.
func (v *view) chosen(l *look, p parts) (out []*store.Block) {
	for _, d := range l.strands {
		for i, b := range d.blocks {
			if !p.leaveOut(d, i) && !v.selectsNone(b) {
				out = append(out, b)
			}
		}
	}
	return out
}

// over has work done on blocks, or parts of them, on all cores: each calls made, and what that
// returns for those that nobody else has taken. It ends with the first error, which it returns.
func over[T any](ctx context.Context, blocks []T, made func() func(context.Context, T) error) error {
	n := min(store.Cores(), len(blocks))
	if n < 2 {
		f := made()
		for _, b := range blocks {
			if err := f(ctx, b); err != nil {
				return err
			}
		}
		return ctx.Err()
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range n {
		f := made()
		workers.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(blocks) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := f(ctx, blocks[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}
