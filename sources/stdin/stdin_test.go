package stdin

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file"
)

// A sink hands what comes over a channel.
type sink struct {
	opened chan sources.StreamInfo
	came   chan string
}

func (s sink) Open(info sources.StreamInfo) sources.Stream { s.opened <- info; return s }
func (sink) Report(sources.Health)                         {}
func (sink) Note(sources.Event)                            {}
func (sink) Arrive(sources.News)                           {}
func (sink) Settle()                                       {}
func (sink) Lose(string)                                   {}
func (s sink) Close()                                      { close(s.came) }

func (s sink) Append(_ context.Context, c sources.Chunk) error { s.came <- string(c.Data); return nil }

func (s sink) Grow(_ context.Context, size int64) error {
	i := <-s.opened
	s.opened <- i
	b, err := io.ReadAll(io.NewSectionReader(i.Data, 0, size))
	s.came <- string(b)
	return err
}

// start runs the source of f until it ends or ctx does.
func start(ctx context.Context, f *os.File) (sink, chan error) {
	s := sink{make(chan sources.StreamInfo, 1), make(chan string, 10)}
	done := make(chan error, 1)
	go func() { done <- New(f, file.Options{}).Run(ctx, s) }()
	return s, done
}

func TestPipe(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, done := start(t.Context(), in)
	for _, text := range []string{"one\n", "two"} {
		io.WriteString(out, text)
		if got := <-s.came; got != text {
			t.Errorf("%q", got)
		}
	}
	if i := <-s.opened; !i.Live || i.Data != nil || i.Resource.Source != "-" {
		t.Errorf("%+v", i)
	}
	out.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestPipeEndsWithContext(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer out.Close()
	ctx, cancel := context.WithCancel(t.Context())
	s, done := start(ctx, in)
	io.WriteString(out, "one\n")
	<-s.came
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	io.WriteString(out, "later") // is still there for whoever reads next
	b := make([]byte, 10)
	if n, err := in.Read(b); string(b[:n]) != "later" || err != nil {
		t.Errorf("%q, %v", b[:n], err)
	}
}

func TestRedirectedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.log")
	if err := os.WriteFile(path, []byte("one\ntwo\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, done := start(t.Context(), in)
	if got := <-s.came; got != "one\ntwo\n" {
		t.Errorf("%q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if i := <-s.opened; i.Live || i.Data == nil || i.Resource.Source != "-" {
		t.Errorf("%+v", i)
	}
}
