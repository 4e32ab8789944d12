package session

import (
	"context"
	"sort"

	"github.com/lxlog/lx/store"
)

// AtLine finds the record that holds a physical line, counted from 1, of the stream
// that a record's key names as its Source. ok is false where the stream has no such
// line, or no longer, or its lines are not counted; last is then the number of the last line
// that is known, 0 for none. The error is ctx's, or says what could not be read.
func (s *Session) AtLine(ctx context.Context, stream, line int64) (key Key, last int64, ok bool, err error) {
	for _, d := range s.look().strands {
		if d.state.Stream.Info().Place != stream {
			continue
		}
		blocks := d.blocks[:d.whole:d.whole]
		if d.state.Open != nil {
			blocks = append(blocks, d.state.Open)
		}
		return atLine(ctx, blocks, line)
	}
	return Key{}, 0, false, ctx.Err()
}

// atLine looks for the line in blocks of one stream, in its order.
func atLine(ctx context.Context, blocks []*store.Block, line int64) (key Key, last int64, ok bool, err error) {
	var r store.Reader
	first := func(b *store.Block, i int) int64 {
		if err == nil {
			err = ctx.Err()
		}
		c, e := b.Columns()
		if err != nil || e != nil {
			if err == nil {
				err = e
			}
			return 0
		}
		return r.Line(c, i)
	}
	nth := sort.Search(len(blocks), func(n int) bool { return first(blocks[n], 0) > line }) - 1
	if nth < 0 || err != nil {
		return Key{}, 0, false, err
	}
	b := blocks[nth]
	i := sort.Search(b.Summary.Rows, func(i int) bool { return first(b, i) > line }) - 1
	if i < 0 || err != nil {
		return Key{}, 0, false, err
	}
	c, err := b.Columns()
	if err != nil {
		return Key{}, 0, false, err
	}
	at := r.Line(c, i)
	last = at + max(int64(c.Row(i).Lines), 1) - 1
	return keyOf(c, i), last, at > 0 && line <= last, nil
}
