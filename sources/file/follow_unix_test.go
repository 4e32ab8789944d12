//go:build unix

package file

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// patience is how long a test waits for what is to come.
const patience = time.Minute

// A tailed is a source that runs into a recorder.
type tailed struct {
	*sourcetest.Recorder
	t     *testing.T
	path  string
	stop  context.CancelFunc
	ended chan error
}

// tail follows what the source brings until the test ends: then Run returns nil,
// has broken no rule and leaves no goroutine.
func tail(t *testing.T, path string, s sources.Source) *tailed {
	t.Helper()
	return tailInto(t, path, s, sourcetest.NewRecorder())
}

// tailInto is tail with the recorder that the source comes to write to.
func tailInto(t *testing.T, path string, s sources.Source, r *sourcetest.Recorder) *tailed {
	t.Helper()
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	f := &tailed{r, t, path, cancel, make(chan error, 1)}
	go func() { f.ended <- s.Run(ctx, r) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-f.ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Fatal("Run has not returned")
		}
		for _, rule := range f.Broken(true) {
			t.Error(rule)
		}
		for end := time.Now().Add(patience); runtime.NumGoroutine() > before; runtime.Gosched() {
			if time.Now().After(end) {
				all := make([]byte, 1<<16)
				t.Fatalf("goroutines are left:\n%s", all[:runtime.Stack(all, true)])
			}
		}
	})
	return f
}

// until waits for something to be so.
func (f *tailed) until(done func() bool, what func() string) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	if f.Until(ctx, done) != nil {
		f.t.Fatalf("after %s: %s", patience, what())
	}
}

// brings waits until all generations of the file together are the text.
func (f *tailed) brings(want string) {
	f.t.Helper()
	f.until(func() bool { return f.Bytes()[f.path] == want }, func() string {
		return fmt.Sprintf("%q, want %q; %+v", f.Bytes()[f.path], want, f.Events())
	})
}

// is waits for a state, in which it says what holds the words.
func (f *tailed) is(state sources.State, words string) {
	f.t.Helper()
	f.until(func() bool {
		h := f.Health()
		return len(h) > 0 && h[len(h)-1].State == state && strings.Contains(h[len(h)-1].Text, words)
	}, func() string { return fmt.Sprintf("health %+v", f.Health()) })
}

// happened waits for as many events and checks their kinds.
func (f *tailed) happened(want ...sources.EventKind) {
	f.t.Helper()
	f.until(func() bool { return len(f.Events()) >= len(want) }, func() string { return fmt.Sprintf("events %+v", f.Events()) })
	var got []sources.EventKind
	for _, e := range f.Events() {
		got = append(got, e.Kind)
		if e.Source != f.path || e.Time == 0 || e.Text == "" {
			f.t.Errorf("%+v", e)
		}
	}
	if !slices.Equal(got, want) {
		f.t.Errorf("events %v, want %v", f.Events(), want)
	}
}

// A script is a file that is written to while it is followed.
type script struct {
	*tailed
	f *os.File
}

func check(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func appending(t testing.TB, path string) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	check(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func (s *script) write(text string) {
	s.t.Helper()
	_, err := s.f.WriteString(text)
	check(s.t, err)
}

func (s *script) reopen() { s.f = appending(s.t, s.path) }

// long is more than is looked at again before a read.
var long = strings.Repeat("what was written before, of some length\n", 20)

var follows = []struct {
	name string
	run  func(s *script)
}{
	{"grows", func(s *script) {
		for i := range 5 {
			s.write(fmt.Sprintf("line %d\n", i))
		}
		s.brings("first\nline 0\nline 1\nline 2\nline 3\nline 4\n")
		s.write("part")
		s.brings("first\nline 0\nline 1\nline 2\nline 3\nline 4\npart")
		s.happened()
	}},
	{"renamed", func(s *script) {
		check(s.t, os.Rename(s.path, s.path+".1"))
		old := s.f
		s.reopen()
		s.write("new\n")
		s.brings("first\nnew\n")
		s.happened(sources.Rotated)
		_, err := old.WriteString("late\n") // by a process that has not opened the new one yet
		check(s.t, err)
		s.brings("first\nlate\nnew\n")
		s.write("newer\n")
		s.brings("first\nlate\nnew\nnewer\n")
	}},
	{"renamed, and made anew later", func(s *script) {
		check(s.t, os.Rename(s.path, s.path+".1"))
		s.write("on\n")
		s.brings("first\non\n")
		s.happened()
		s.reopen()
		s.write("new\n")
		s.brings("first\non\nnew\n")
		s.happened(sources.Rotated)
	}},
	{"truncated", func(s *script) {
		s.write(long)
		s.brings("first\n" + long)
		check(s.t, os.Truncate(s.path, 0))
		s.write("after\n")
		s.brings("first\n" + long + "after\n")
		s.happened(sources.Truncated)
	}},
	{"truncated under a writer that does not append", func(s *script) {
		s.write(long)
		s.brings("first\n" + long)
		f, err := os.OpenFile(s.path, os.O_WRONLY, 0)
		check(s.t, err)
		defer f.Close()
		check(s.t, os.Truncate(s.path, 0))
		_, err = f.WriteAt([]byte("behind a hole\n"), 3<<20)
		check(s.t, err)
		s.brings("first\n" + long + "behind a hole\n")
		_, err = f.WriteAt([]byte("more\n"), 3<<20+14)
		check(s.t, err)
		s.brings("first\n" + long + "behind a hole\nmore\n")
		s.happened(sources.Truncated)
	}},
	{"truncated and longer than before", func(s *script) {
		s.write(long)
		s.brings("first\n" + long)
		again := strings.Repeat("something else\n", 100)
		check(s.t, os.WriteFile(s.path, []byte(again), 0o600))
		s.brings("first\n" + long + again)
		s.happened(sources.Truncated)
	}},
	{"deleted and made anew", func(s *script) {
		check(s.t, os.Remove(s.path))
		s.write("on\n")
		s.brings("first\non\n")
		s.reopen()
		s.write("new\n")
		s.brings("first\non\nnew\n")
		s.happened(sources.Rotated)
	}},
	{"replaced", func(s *script) {
		check(s.t, os.WriteFile(s.path+".new", []byte("new\n"), 0o600), os.Rename(s.path+".new", s.path))
		s.brings("first\nnew\n")
		s.happened(sources.Rotated)
	}},
	{"a link that is switched, and back", func(s *script) {
		target := filepath.Join(s.t.TempDir(), "target")
		link := func(to string) {
			s.t.Helper()
			check(s.t, os.Symlink(to, s.path+".link"), os.Rename(s.path+".link", s.path))
		}
		check(s.t, os.Rename(s.path, s.path+".one"), os.WriteFile(target, []byte("second\n"), 0o600))
		link(target)
		s.brings("first\nsecond\n")
		_, err := s.f.WriteString("more\n")
		check(s.t, err)
		link(s.path + ".one")
		s.brings("first\nmore\nsecond\n")
		s.happened(sources.Rotated, sources.Rotated)
	}},
}

// Whatever is done to a followed file, each of its bytes comes once.
func TestFollow(t *testing.T) {
	for _, how := range []string{"notified", "polling"} {
		for _, c := range follows {
			t.Run(how+"/"+c.name, func(t *testing.T) {
				path := write(t, "app.log", "first\n")
				s := &script{tail(t, path, New(path, Options{Follow: true, Poll: how == "polling"})), appending(t, path)}
				s.brings("first\n")
				s.is(sources.Live, "")
				c.run(s)
			})
		}
	}
}

// What does not exist yet is waited for.
func TestFollowMissing(t *testing.T) {
	for _, poll := range []bool{false, true} {
		folder := filepath.Join(t.TempDir(), "later")
		path := filepath.Join(folder, "app.log")
		f := tail(t, path, New(path, Options{Follow: true, Poll: poll}))
		f.is(sources.Trouble, "no such file: it is waited for")
		live := false
		for _, h := range f.Health() {
			live = live || h.State == sources.Live
		}
		if !live {
			t.Error("it never had read all that there is, which is nothing")
		}
		check(t, os.Mkdir(folder, 0o700), os.WriteFile(path, []byte("one\n"), 0o600))
		f.brings("one\n")
		f.is(sources.Live, "")
		f.happened()
	}
}

// A file that cannot be followed is read to its end, and that is said.
func TestFollowToItsEnd(t *testing.T) {
	f := func(content, want, says string) {
		t.Helper()
		path := write(t, "app.log", content)
		f := tail(t, path, New(path, Options{Follow: true}))
		f.brings(want)
		f.is(sources.Ended, says)
	}
	f(gz(t, "one\ntwo\n"), "one\ntwo\n", "gzip data is read to the end of the file, and not followed")
	f("\xff\xfeh\x00i\x00\n\x00", "hi\n", "text in utf-16le is read to the end of the file, and not followed")
	folder := t.TempDir()
	if err := New(folder, Options{Follow: true}).Run(t.Context(), sourcetest.NewRecorder()); err == nil || err.Error() != folder+": is a folder" {
		t.Error(err)
	}
}
