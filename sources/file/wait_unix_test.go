//go:build unix

package file

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// A live run is that of a source whose bytes the test writes one after the other.
type liveRun struct {
	*recorder
	came chan string // what each Append brought
	done chan error
}

func live(ctx context.Context, s sources.Source) *liveRun {
	l := &liveRun{recorder: &recorder{}, came: make(chan string, 100), done: make(chan error, 1)}
	l.chunk = func(s *recorded) {
		l.came <- string(s.text)
		s.text = nil
	}
	go func() { l.done <- s.Run(ctx, l.recorder) }()
	return l
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

// What is written is handed on before the writer goes on.
func TestRunPipe(t *testing.T) {
	in, out := pipe(t)
	l := live(t.Context(), OnDescriptor("-", in, Options{}))
	for _, text := range []string{"o", "ne\n", "\x00\xff\r\n", "two"} {
		io.WriteString(out, text)
		if got := <-l.came; got != text {
			t.Fatalf("%q for %q", got, text)
		}
	}
	out.Close()
	if err := <-l.done; err != nil {
		t.Error(err)
	}
	st := l.streams[0]
	if !st.closed || !st.Live || st.ModTime != logs.NoTime || st.Resource.Source != "-" || st.Data != nil {
		t.Errorf("%+v", st)
	}
	states := map[sources.State]bool{}
	for _, h := range l.health {
		states[h.State] = true
	}
	if !states[sources.Live] || states[sources.CatchingUp] || l.last().State != sources.Ended || l.last().Read != 11 {
		t.Errorf("%+v", l.health)
	}
	if _, err := in.Stat(); err != nil {
		t.Errorf("the caller's descriptor: %v", err)
	}
}

// The first bytes are waited for only as long as they leave open what they begin.
func TestRunPipeDetects(t *testing.T) {
	f := func(want string, writes ...string) {
		t.Helper()
		in, out := pipe(t)
		l := live(t.Context(), OnDescriptor("-", in, Options{}))
		for _, w := range writes {
			io.WriteString(out, w)
		}
		got := ""
		for len(got) < len(want) {
			got += <-l.came // before the writer is done
		}
		out.Close()
		if err := <-l.done; err != nil || got != want {
			t.Errorf("%q: %q, %v", writes, got, err)
		}
	}
	f("2", "2")
	f("hi\n", "\xef", "\xbb", "\xbfhi\n")
	f("hi", "\xff", "\xfe", "h", "\x00", "i", "\x00")
	f("BZh9!", "BZ", "h9", "!")
	packed := gz(t, strings.Repeat("one and the same line\n", 100))
	f(strings.Repeat("one and the same line\n", 100), packed[:1], packed[1:2], packed[2:20], packed[20:])
}

func TestRunPipeEmpty(t *testing.T) {
	in, out := pipe(t)
	out.Close()
	st, err := run(t, OnDescriptor("-", in, Options{}))
	if err != nil || len(st.text) != 0 {
		t.Errorf("%q, %v", st.text, err)
	}
}

func TestRunPipeEndsWithContext(t *testing.T) {
	f := func(texts ...string) {
		t.Helper()
		in, out := pipe(t)
		ctx, cancel := context.WithCancel(t.Context())
		l := live(ctx, OnDescriptor("-", in, Options{}))
		for _, text := range texts {
			io.WriteString(out, text)
			<-l.came
		}
		cancel()
		if err := <-l.done; err != nil {
			t.Error(err)
		}
		if len(l.streams) > 0 && !l.streams[0].closed {
			t.Error("the stream was left open")
		}
	}
	f()
	f("one\n")
	f("one\n", "tw")
}

// Once nothing came for a while the open record counts as whole: once after each time that something did.
func TestRunPipeSettles(t *testing.T) {
	in, out := pipe(t)
	l := live(t.Context(), OnDescriptor("-", in, Options{}))
	for _, text := range []string{"a line\n", "a part of one"} {
		io.WriteString(out, text)
		<-l.came
		<-l.streams[0].settled
	}
	out.Close()
	if err := <-l.done; err != nil || len(l.streams[0].settled) != 0 {
		t.Errorf("%v, settled %d times more", err, len(l.streams[0].settled))
	}
}

func TestPause(t *testing.T) {
	p := &pause{st: &recorded{recorder: &recorder{}, settled: make(chan struct{}, 1)}}
	f := func(want time.Duration) {
		t.Helper()
		if got := p.after(); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	f(0) // nothing came yet
	p.took('x')
	f(time.Second)
	p.took('\n')
	f(300 * time.Millisecond)
	p.settle()
	f(0)
}

// A redirected file is read as a named one; what of it was read before is not read again.
func TestRunRedirected(t *testing.T) {
	in, err := os.Open(write(t, "app.log", "one\ntwo\n"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	st, err := run(t, OnDescriptor("-", in, Options{}))
	if err != nil || string(st.text) != "one\ntwo\n" || st.Data == nil || st.Live {
		t.Errorf("%q, %v, %+v", st.text, err, st.StreamInfo)
	}
	if err := st.Data.(io.Closer).Close(); err != nil {
		t.Error(err)
	}
	if _, err := in.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	st, err = run(t, OnDescriptor("-", in, Options{}))
	if err != nil || string(st.text) != "two\n" || st.Data != nil || st.Live || st.ModTime == logs.NoTime {
		t.Errorf("%q, %v, %+v", st.text, err, st.StreamInfo)
	}
}

func TestRunNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	l := live(t.Context(), New(path, Options{}))
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(out, "one\n")
	if got := <-l.came; got != "one\n" {
		t.Errorf("%q", got)
	}
	out.Close()
	if err := <-l.done; err != nil || !l.streams[0].Live || l.streams[0].Resource.Source != path || l.last().Kind != "pipe" {
		t.Errorf("%v, %+v, %+v", err, l.streams[0].StreamInfo, l.last())
	}
}

func TestRunDeviceEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := &recorder{}
	r.chunk = func(s *recorded) {
		s.discard, s.text = true, nil
		if s.appends == 5 {
			cancel()
		}
	}
	if err := New("/dev/zero", Options{}).Run(ctx, r); err != nil || r.streams[0].appends != 5 {
		t.Errorf("%d chunks, %v", r.streams[0].appends, err)
	}
}
