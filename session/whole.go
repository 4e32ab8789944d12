package session

import (
	"fmt"
	"io"

	"github.com/lxlog/lx/store"
)

// A RawWriter is a View that can write all bytes of a record, of which Raw holds
// the first alone where it is marked logs.Cut. Those of a Session are. Records
// that came as hits of a Searcher have no others than Raw.
type RawWriter interface {
	// WriteRaw writes the bytes of the record that stands at the key, as they
	// came. The error is w's, or says why they cannot be read.
	WriteRaw(at Key, w io.Writer) error
}

// WriteRaw implements RawWriter.
func (v *view) WriteRaw(at Key, w io.Writer) error {
	for _, st := range v.snapshot().Streams {
		if st.Stream.Info().Place != at.Source {
			continue
		}
		blocks := st.Blocks
		if st.Open != nil {
			blocks = append(blocks[:len(blocks):len(blocks)], st.Open)
		}
		for _, b := range blocks {
			if at.Sequence < b.Summary.Offset {
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
