package main

import (
	"bufio"
	"errors"

	"github.com/lxlog/lx/output"
)

// A printer is a buffer before standard output. On a terminal all that passes it is made harmless.
type printer struct {
	*bufio.Writer
	cleaner *output.Cleaner // nil where the bytes stay as they are
}

func (o *options) printer() *printer {
	if !o.terminal || o.output == "raw" {
		return &printer{Writer: bufio.NewWriterSize(o.out, 1<<16)}
	}
	c := output.NewCleaner(o.out)
	return &printer{bufio.NewWriterSize(c, 1<<16), c}
}

// Flush writes what is held back.
func (p *printer) Flush() error {
	err := p.Writer.Flush()
	if p.cleaner != nil {
		err = errors.Join(err, p.cleaner.Flush())
	}
	return err
}
