package charset

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/transform"
)

// A Reader rewrites text as UTF-8. It belongs to one goroutine.
type Reader struct {
	r        io.Reader
	decoder  transform.Transformer
	in       []byte // what was read and not rewritten is in[from:to]
	from, to int
	err      error // of r

	// Replaced counts the characters that were not valid in the encoding, or
	// were U+FFFD in it already, and came out as U+FFFD.
	Replaced int64
}

// NewReader reads text in the encoding from r. The encoding must be one that Changes.
func NewReader(r io.Reader, e Encoding) *Reader {
	return &Reader{r: r, decoder: e.table.NewDecoder().Transformer, in: make([]byte, 64<<10)}
}

// Read returns what one Read of the reader below gave, as far as it is whole
// characters. p should have room for 64 bytes at least. The error is that of the
// reader below, after all that stood before it.
func (c *Reader) Read(p []byte) (int, error) {
	for {
		if c.to > c.from || c.err == io.EOF {
			n, used, err := c.decoder.Transform(p, c.in[c.from:c.to], c.err == io.EOF)
			c.from += used
			c.Replaced += int64(bytes.Count(p[:n], []byte("\uFFFD")))
			switch {
			case n > 0:
				return n, nil
			case errors.Is(err, transform.ErrShortDst):
				return 0, io.ErrShortBuffer
			case err != nil && !errors.Is(err, transform.ErrShortSrc):
				return 0, err
			}
		}
		if c.err != nil {
			return 0, c.err
		}
		c.to = copy(c.in, c.in[c.from:c.to])
		c.from = 0
		n, err := c.r.Read(c.in[c.to:])
		c.to += n
		c.err = err
	}
}
