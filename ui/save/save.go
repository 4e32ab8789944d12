// Package save writes what a view selects into a file, whole or not at all.
package save

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
)

// A Summary says what has been saved.
type Summary struct {
	Path    string // absolute, where the file is
	Records int64
	Bytes   int64
	Cut     int64 // records longer than what is decoded, of which JSONL and CSV hold the beginning alone
	Unread  error // names what could not be read, and so is not in the file; nil where all could
}

// Save writes all records of the view, in order, to a file of that name, in which
// ~/ is the user's home. A file that is there stays and the error is an Exists,
// unless overwrite; it is replaced when the new one is whole. The new one has the mode
// that any program's files have (0666 less the umask), since it is made to be handed
// on; one that is replaced gives it its own mode. Until it is whole it has another
// name beside that, which ends in .part. When writing fails or ctx ends nothing is left.
//
// progress, unless nil, is told now and then how much has been written.
func Save(ctx context.Context, v session.View, path string, k output.Kind, overwrite bool, progress func(records, bytes int64)) (Summary, error) {
	t, err := newTarget(path, overwrite)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Path: t.path}
	err = t.fill(func(w io.Writer) error { return s.write(ctx, v, w, k, progress) })
	if err != nil {
		if ctx.Err() != nil {
			return Summary{}, ctx.Err()
		}
		return Summary{}, fmt.Errorf("saving to %s: %w; nothing is left there", output.Clean(t.path, false), err)
	}
	return s, nil
}

const progressEvery = 1 << 12 // records

// write writes the records. What could not be read is no error of it.
func (s *Summary) write(ctx context.Context, v session.View, to io.Writer, k output.Kind, progress func(records, bytes int64)) error {
	counted := &counter{w: to}
	buffer := bufio.NewWriterSize(counted, 1<<16)
	w, err := output.NewWriter(buffer, k, false)
	if err != nil {
		return err
	}
	records := v
	if !k.Decoded() {
		records = v.Undecoded()
	}
	told := func() {
		s.Bytes = counted.n + int64(buffer.Buffered())
		if progress != nil {
			progress(s.Records, s.Bytes)
		}
	}
	s.Unread = records.Each(ctx, func(at session.Key, r *logs.Record) bool {
		var whole func(io.Writer) error
		if r.Marks&logs.Cut != 0 {
			whole = func(w io.Writer) error { return v.WriteRaw(at, w) }
			if k.Decoded() {
				s.Cut++
			}
		}
		if err = w.Write(r, whole); err != nil {
			return false
		}
		if s.Records++; s.Records%progressEvery == 0 {
			told()
		}
		return ctx.Err() == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = buffer.Flush()
	}
	told()
	return err
}

// A counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
