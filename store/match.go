package store

import (
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// Match adds to found the records of c that are in asked and for which q holds.
// failed is called for those that could not be read, which are not found. The error is ctx's.
func (r *Reader) Match(ctx context.Context, c *Columns, q *query.Query, asked, found query.Bits, failed func(i int, err error)) error {
	var rec logs.Record
	for i := range asked.Rows() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		switch err := r.Decode(c, i, &rec); {
		case err != nil:
			failed(i, err)
		case q.Match(&rec):
			found.Set(i)
		}
	}
	return nil
}
