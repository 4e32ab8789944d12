//go:build unix

package poll

import (
	"context"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// OpenFlags open a file for reading without waiting for a named pipe's writer,
// and without making a terminal the process's own.
const OpenFlags = os.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY

// A Reader reads a descriptor whose bytes may be long in coming. It leaves the
// descriptor's flags alone: those of standard input are shared with other
// processes. It waits in poll(2), which knows no terminals on macOS: there such a
// reading ends with the context only once a line has come.
type Reader struct {
	ctx   context.Context
	conn  syscall.RawConn
	idle  Idle
	ended *os.File // readable once the context has ended
	close func()
}

// NewReader reads f until ctx ends. Close it; that leaves f open.
func NewReader(ctx context.Context, f *os.File, idle Idle) (*Reader, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	ended, end, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { _ = end.Close(); close(done) })
	return &Reader{ctx, conn, idle, ended, func() {
		if stop() {
			_ = end.Close()
		} else {
			<-done
		}
		_ = ended.Close()
	}}, nil
}

// Close frees what the Reader took. It is called once.
func (r *Reader) Close() { r.close() }

// Read returns what is there as soon as anything is. Its error is io.EOF at the
// end (of a named pipe: once the last of its writers has closed it), the
// context's once that has ended.
func (r *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	fault := r.conn.Control(func(fd uintptr) { n, err = r.read(int(fd), p) })
	if fault != nil {
		err = fault
	}
	return n, err
}

func (r *Reader) read(fd int, p []byte) (int, error) {
	timeout := -1
	if r.idle.After != nil {
		if d := r.idle.After(); d > 0 {
			timeout = int(max(d.Milliseconds(), 1))
		}
	}
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}, {Fd: int32(r.ended.Fd()), Events: unix.POLLIN}}
	for {
		ready, err := unix.Poll(fds, timeout)
		switch {
		case r.ctx.Err() != nil:
			return 0, r.ctx.Err()
		case err == unix.EINTR || err == unix.EAGAIN:
			continue
		case err != nil:
			return 0, os.NewSyscallError("poll", err)
		case ready == 0:
			timeout = -1
			r.idle.Do()
			continue
		case fds[0].Revents == 0:
			continue
		}
		n, err := unix.Read(fd, p)
		switch {
		case err == unix.EINTR || err == unix.EAGAIN:
			continue
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		}
		return n, nil
	}
}
