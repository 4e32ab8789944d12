package output

import (
	"bytes"
	"io"

	"github.com/lxlog/lx/logs"
)

// A rawWriter writes records as they came, byte for byte: a line end of its own
// stands only between two records of which the first has none and the second
// does not go on in the same line.
type rawWriter struct {
	w       io.Writer
	unended bool   // the last byte was no line end
	source  string // of the last record
}

func (f *rawWriter) record(r *logs.Record, whole func(io.Writer) error) error {
	if f.unended && (r.Marks&logs.Continued == 0 || r.Source() != f.source) {
		if _, err := f.w.Write([]byte{'\n'}); err != nil {
			return err
		}
	}
	f.source = r.Source()
	if whole != nil {
		return whole(f)
	}
	_, err := f.Write(r.Raw)
	return err
}

func (f *rawWriter) Write(p []byte) (int, error) {
	if len(p) > 0 {
		f.unended = p[len(p)-1] != '\n'
	}
	return f.w.Write(p)
}

// A linesWriter writes the bytes of one record as AppendText does, a piece at a time.
type linesWriter struct {
	w        io.Writer
	prefix   string
	within   bool // a line has begun and not ended
	returned bool // and its last byte was a carriage return, which is not written yet
}

func (l *linesWriter) Write(p []byte) (int, error) {
	b := make([]byte, 0, len(p)+len(l.prefix))
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		if !l.within {
			b = append(b, l.prefix...)
		}
		if l.returned && len(line) > 0 {
			b = append(b, '\r')
		}
		if len(line) > 0 {
			l.returned = line[len(line)-1] == '\r'
			line = bytes.TrimSuffix(line, []byte{'\r'})
		}
		b = append(b, line...)
		l.within = !ended
		if ended {
			b, l.returned = append(b, '\n'), false
		}
		rest = after
	}
	_, err := l.w.Write(b)
	return len(p), err
}

// end ends the last line.
func (l *linesWriter) end() error {
	if !l.within {
		return nil
	}
	_, err := l.w.Write([]byte{'\n'})
	return err
}
