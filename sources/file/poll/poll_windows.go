package poll

import (
	"context"
	"io"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// OpenFlags open a file for reading.
const OpenFlags = os.O_RDONLY

// every is how often an empty pipe is looked at: Windows has nothing that waits
// for an anonymous pipe and for an event.
const every = 15 * time.Millisecond

var peekNamedPipe = windows.NewLazySystemDLL("kernel32.dll").NewProc("PeekNamedPipe")

// A Reader reads a descriptor whose bytes may be long in coming. Of a console,
// the reading ends with the context only once a line has come.
type Reader struct {
	ctx  context.Context
	f    *os.File
	idle Idle
	pipe bool
}

// NewReader reads f until ctx ends. Close it; that leaves f open.
func NewReader(ctx context.Context, f *os.File, idle Idle) (*Reader, error) {
	kind, err := windows.GetFileType(windows.Handle(f.Fd()))
	if err != nil {
		return nil, err
	}
	return &Reader{ctx, f, idle, kind == windows.FILE_TYPE_PIPE}, nil
}

// Close frees what the Reader took.
func (r *Reader) Close() {}

// Read returns what is there as soon as anything is. Its error is io.EOF at the
// end, the context's once that has ended.
func (r *Reader) Read(p []byte) (int, error) {
	if r.pipe {
		if err := r.wait(); err != nil {
			return 0, err
		}
	} else if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.f.Read(p)
}

// wait returns once the pipe has bytes.
func (r *Reader) wait() error {
	var patience time.Duration
	if r.idle.After != nil {
		patience = r.idle.After()
	}
	began := time.Now()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		var there uint32
		ok, _, err := peekNamedPipe.Call(r.f.Fd(), 0, 0, 0, uintptr(unsafe.Pointer(&there)), 0)
		switch {
		case ok == 0 && err == windows.ERROR_BROKEN_PIPE:
			return io.EOF
		case ok == 0:
			return os.NewSyscallError("PeekNamedPipe", err)
		case there > 0:
			return nil
		}
		if patience > 0 && time.Since(began) >= patience {
			patience = 0
			r.idle.Do()
		}
		select {
		case <-r.ctx.Done():
			return r.ctx.Err()
		case <-tick.C:
		}
	}
}
