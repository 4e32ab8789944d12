package unpack

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipMembers reads the members of gzip data. Unlike gzip.Reader it hands over
// the end of a member before it waits for the beginning of the next.
type gzipMembers struct {
	in *bufio.Reader
	z  *gzip.Reader // nil before the first member

	within bool // a member has begun and not ended
}

func (g *gzipMembers) Read(p []byte) (int, error) {
	for {
		if !g.within {
			if err := g.begin(); err != nil {
				return 0, err
			}
		}
		n, err := g.z.Read(p)
		if err == io.EOF {
			g.within, err = false, nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// begin reads a member's header; io.EOF where there is no further member.
func (g *gzipMembers) begin() error {
	if _, err := g.in.Peek(1); err != nil {
		return err
	}
	var err error
	if g.z == nil {
		g.z, err = gzip.NewReader(g.in)
	} else {
		err = g.z.Reset(g.in)
	}
	if err != nil {
		return err
	}
	g.z.Multistream(false)
	g.within = true
	return nil
}
