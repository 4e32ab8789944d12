package session

import (
	"fmt"
	"io"

	"github.com/lxlog/lx/store"
)

// WriteRaw implements View.
func (v *view) WriteRaw(at Key, w io.Writer) error {
	for _, d := range v.look().strands {
		if d.state.Stream.Info().Place != at.Source {
			continue
		}
		for _, b := range d.blocks {
			if at.Sequence < b.Summary.Offset || at.Time < b.Summary.First || at.Time > b.Summary.Last {
				continue
			}
			c, err := b.Columns()
			if err != nil {
				return err
			}
			if i := c.After(at.Sequence) - 1; i >= 0 && keyOf(c, i) == at {
				var rd store.Reader
				return rd.WriteRaw(c, i, w)
			}
		}
	}
	return fmt.Errorf("the record at byte %d is no longer kept", at.Sequence)
}
