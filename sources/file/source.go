// Package file reads log files: plain ones in place, by their descriptor, so that
// the store can read them again; compressed ones, text in other encodings, named
// pipes and devices as streams. [Sources] says which files a command line means.
package file

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/poll"
	"github.com/lxlog/lx/sources/file/unpack"
)

// A Source reads one file to its end, or follows it.
type Source struct {
	name    string
	open    func() (*os.File, error)
	borrows bool // open's file stays the caller's to close
	options Options
	common  *common
	notes   []sources.Event // to be told before it is read

	member   bool // it is one of those that fit a pattern, or are in a folder
	newcomer bool // and appeared while others were followed
}

// New returns the source that reads the file of that name, whatever it holds.
func New(name string, o Options) *Source {
	return &Source{name: name, options: o, common: newCommon(o, nil), open: func() (*os.File, error) {
		return os.OpenFile(name, poll.OpenFlags, 0)
	}}
}

// OnDescriptor returns the source that reads an open file from where it stands.
// The file stays the caller's to close, after the last use of the stream's Data
// where it is a regular file. name is what it is called: "-".
func OnDescriptor(name string, f *os.File, o Options) *Source {
	return &Source{name: name, options: o, common: newCommon(o, nil), borrows: true, open: func() (*os.File, error) { return f, nil }}
}

// Name is the path as the user gave it.
func (s *Source) Name() string { return s.name }

// Run reads the file. A plain one becomes a stream with Data, in which a byte
// order mark of UTF-8 is left standing; of any other the text is appended, in
// UTF-8 and without mark. Health.Read counts the bytes of that text.
func (s *Source) Run(ctx context.Context, to sources.Sink) error {
	r := &reading{Source: s, ctx: ctx, to: to, health: sources.Health{Source: s.name, Kind: "file"}}
	r.report(sources.Opening)
	for _, e := range s.notes {
		e.Time = r.now()
		to.Note(e)
	}
	err := r.read()
	if err == nil || ctx.Err() != nil {
		r.report(sources.Ended)
		return nil //nolint:nilerr // a source whose context ends has no fault
	}
	f := failed(s.name, err)
	r.remark(f.text)
	r.report(sources.Ended)
	return f
}

// A reading is one Run of a source.
type reading struct {
	*Source
	ctx    context.Context
	to     sources.Sink
	health sources.Health
}

func (r *reading) report(s sources.State) {
	r.health.State = s
	r.to.Report(r.health)
}

// remark adds to what the source's health says from now on.
func (r *reading) remark(text string) {
	if r.health.Text != "" {
		text = r.health.Text + "; " + text
	}
	r.health.Text = text
}

// now is nanoseconds since 1970.
func (r *reading) now() int64 {
	if r.options.Now != nil {
		return r.options.Now().UnixNano()
	}
	return time.Now().UnixNano()
}

var errFolder = errors.New("is a folder")

func (r *reading) read() error {
	if r.options.Follow {
		return r.follow()
	}
	end, err := r.common.share.begin(r.ctx)
	if err != nil {
		return err
	}
	end = sync.OnceFunc(end)
	defer end()
	f, err := r.open()
	if err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept && !r.borrows {
			_ = f.Close() // it was only read
		}
	}()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return errFolder
	}
	r.health.Kind = kind(info.Mode())
	named, err := r.options.named()
	if err != nil {
		return err
	}
	stream := sources.StreamInfo{Resource: &logs.Resource{Source: r.name}, ModTime: logs.NoTime}
	if info.Mode().IsRegular() {
		stream.ModTime = info.ModTime().UnixNano()
	} else {
		stream.Live = true
	}
	// The files of /proc are regular, have no size, and can be read only in order.
	if !info.Mode().IsRegular() || info.Size() == 0 || !atStart(f) {
		end() // others need not wait for what may be long in coming
		return r.wait(f, named, stream)
	}
	head, err := readHead(f)
	if err != nil {
		return err
	}
	e, mark := r.options.encoding(named, head)
	asIs := unpack.Detect(head) == unpack.None && !e.Changes() && int64(mark) < info.Size() // a mark alone is no record
	if asIs && r.common.share.keep() {
		kept = true
		stream.Data = descriptor{f, r.borrows}
		r.looks(telling(f, info.Size(), head))
		return r.inPlace(f, stream, info.Size())
	}
	return r.inOrder(f, named, stream)
}

// kind is Health.Kind of a file of that mode.
func kind(m os.FileMode) string {
	switch {
	case m&os.ModeNamedPipe != 0:
		return "pipe"
	case m&os.ModeSocket != 0:
		return "socket"
	case m&os.ModeDevice != 0:
		return "device"
	}
	return "file"
}

func atStart(f *os.File) bool {
	at, err := f.Seek(0, io.SeekCurrent)
	return err == nil && at == 0
}
