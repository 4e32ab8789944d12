//go:build unix

package poll

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// reader reads f until the test's end or cancel.
func reader(t *testing.T, f *os.File, idle Idle) (*Reader, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := NewReader(ctx, f, idle)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); r.Close() })
	return r, cancel
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadGivesWhatIsThere(t *testing.T) {
	in, out := pipe(t)
	r, _ := reader(t, in, Idle{})
	buf := make([]byte, 100)
	for _, text := range []string{"one\n", "tw", "o\n"} {
		out.WriteString(text)
		if n, err := r.Read(buf); string(buf[:n]) != text || err != nil {
			t.Fatalf("%q, %v", buf[:n], err)
		}
	}
	out.Close()
	if n, err := r.Read(buf); n != 0 || err != io.EOF {
		t.Fatalf("at the end: %d, %v", n, err)
	}
}

// A reading that waits ends with its context, and takes nothing that comes later.
func TestReadEndsWithContext(t *testing.T) {
	in, out := pipe(t)
	waits := make(chan struct{})
	r, cancel := reader(t, in, Idle{After: func() time.Duration { close(waits); return 0 }})
	done := make(chan error)
	go func() {
		_, err := r.Read(make([]byte, 100))
		done <- err
	}()
	<-waits
	cancel()
	if err := <-done; err != context.Canceled {
		t.Fatal(err)
	}
	out.WriteString("later")
	if n, err := in.Read(make([]byte, 100)); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestReadEndsAtOnceAfterContext(t *testing.T) {
	in, out := pipe(t)
	r, cancel := reader(t, in, Idle{})
	out.WriteString("there")
	cancel()
	if n, err := r.Read(make([]byte, 100)); n != 0 || err != context.Canceled {
		t.Fatal(n, err)
	}
}

// A named pipe without a writer is waited for; it ends with the last one.
func TestReadNamedPipe(t *testing.T) {
	path := fifo(t)
	in, err := os.OpenFile(path, OpenFlags, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	waits := make(chan struct{}, 10)
	r, _ := reader(t, in, Idle{After: func() time.Duration { waits <- struct{}{}; return 0 }})
	got := make(chan []byte)
	go func() {
		b, err := io.ReadAll(r)
		if err != nil {
			t.Error(err)
		}
		got <- b
	}()
	<-waits
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	out.WriteString("one\n")
	out.WriteString("two\n")
	out.Close()
	if b := <-got; string(b) != "one\ntwo\n" {
		t.Errorf("%q", b)
	}
}

func TestReadNamedPipeEndsWithContext(t *testing.T) {
	in, err := os.OpenFile(fifo(t), OpenFlags, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	waits := make(chan struct{})
	r, cancel := reader(t, in, Idle{After: func() time.Duration { close(waits); return 0 }})
	done := make(chan error)
	go func() {
		_, err := r.Read(make([]byte, 1))
		done <- err
	}()
	<-waits
	cancel()
	if err := <-done; err != context.Canceled {
		t.Fatal(err)
	}
}

func TestReadDevice(t *testing.T) {
	in, err := os.OpenFile("/dev/zero", OpenFlags, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r, cancel := reader(t, in, Idle{})
	buf := bytes.Repeat([]byte{1}, 1000)
	if n, err := r.Read(buf); n == 0 || err != nil || buf[0] != 0 {
		t.Fatal(n, err)
	}
	cancel()
	if _, err := r.Read(buf); err != context.Canceled {
		t.Fatal(err)
	}
}

// Idle is told once that nothing came, and the reading goes on.
func TestReadIdle(t *testing.T) {
	in, out := pipe(t)
	times := 0
	r, _ := reader(t, in, Idle{
		After: func() time.Duration { return time.Millisecond },
		Do:    func() { times++; out.WriteString("at last") },
	})
	buf := make([]byte, 100)
	if n, err := r.Read(buf); string(buf[:n]) != "at last" || err != nil || times != 1 {
		t.Errorf("%q, %v, idle %d times", buf[:n], err, times)
	}
}
