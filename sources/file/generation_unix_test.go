//go:build unix

package file

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// What was read while the file was truncated belongs to the old contents as far as the new ones do not hold it.
func TestStill(t *testing.T) {
	const before, fresh = "what was read before\n", "one\ntwo\nthree\n"
	f := func(now, want string) {
		t.Helper()
		path := write(t, "app.log", before+fresh)
		file, err := os.Open(path)
		check(t, err)
		defer file.Close()
		g := &generation{file: newHandle(file, false, func() {}), at: int64(len(before)), mark: []byte(before)}
		check(t, os.WriteFile(path, []byte(now), 0o600))
		if got := fresh[:g.still([]byte(fresh))]; got != want {
			t.Errorf("when the file holds %q, %q was of the old contents, want %q", now, got, want)
		}
	}
	f(before+fresh, fresh)
	f(before+fresh+"more\n", fresh)
	f("", fresh)                                           // they had gone when the truncation came
	f("short\n", fresh)                                    //
	f("what is there now...\none\ntwo\nthree\nfour\n", "") // all of it was read from the new contents
	f("what is there now...\nONE\ntwo\nthree\nfour\n", "one")
	f("what is there now...\nsomething else is here\n", fresh)
}

// A hole before the first byte is passed over, however large; few NULs are not.
func TestFollowHoles(t *testing.T) {
	f := func(nuls int64, want string) {
		t.Helper()
		path := write(t, "app.log", "")
		file := appending(t, path)
		check(t, file.Truncate(nuls))
		_, err := file.WriteString("behind\n")
		check(t, err)
		s := tail(t, path, New(path, Options{Follow: true}))
		s.brings(want)
		_, err = file.WriteString("more\n")
		check(t, err)
		s.brings(want + "more\n")
	}
	f(10, strings.Repeat("\x00", 10)+"behind\n")
	f(leastHole, "behind\n")
	f(readLen, "behind\n")
	f(3*readLen+77, "behind\n")
	f(50<<30, "behind\n") // bytes that nobody wrote are not read
}

// Bytes that were written as NULs are read, and passed over all the same.
func TestFollowWrittenNULs(t *testing.T) {
	path := write(t, "app.log", strings.Repeat("\x00", turnLen+readLen)+"behind\n")
	tail(t, path, New(path, Options{Follow: true})).brings("behind\n")
}

// The newest bytes outlive a truncation; those before them are gone, and reading them says so.
func TestContents(t *testing.T) {
	path := write(t, "app.log", strings.Repeat("0123456789", 100))
	file, err := os.Open(path)
	check(t, err)
	c := &contents{file: newHandle(file, false, func() {}), recent: &recent{limit: 400}}
	other := &contents{file: c.file.use(), recent: c.recent}
	all, err := os.ReadFile(path)
	check(t, err)
	f := func(from, to int, want string) {
		t.Helper()
		b := make([]byte, to-from)
		n, err := c.ReadAt(b, int64(from))
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%d to %d: %v", from, to, err)
			}
			return
		}
		if err != nil || n != len(b) || !bytes.Equal(b, all[from:to]) {
			t.Errorf("%d to %d: %q, %v", from, to, b[:n], err)
		}
	}
	for at := 700; at < 1000; at += 30 {
		check(t, c.hand(all[at:at+30], int64(at), func() error { return nil }))
		f(at-5, at+30, "")
	}
	f(0, 1000, "")
	f(650, 950, "")
	check(t, other.hand(all[:100], 0, func() error { return nil })) // takes room from c
	f(0, 1000, "")
	check(t, os.Truncate(path, 0))
	c.lose("app.log was truncated")
	f(910, 1000, "")
	f(0, 1000, "app.log was truncated")
	f(600, 650, "app.log was truncated")
	check(t, c.hand(all[:50], 0, func() error { f(0, 50, ""); return nil }))
	if _, err := c.Identity(); err == nil {
		t.Error("what is gone has an identity")
	}
	check(t, c.Close(), other.Close())
	if c.Close() == nil {
		t.Error("closed twice")
	}
	if _, err := file.Stat(); err == nil {
		t.Error("the file is still open, though nobody uses it")
	}
}

// A file that was left is gone on with where it was left, and one that is another by then from its beginning.
func TestFollowComesBack(t *testing.T) {
	for _, changed := range []bool{false, true} {
		folder := t.TempDir()
		at := func(name string) string { return filepath.Join(folder, name) }
		link := func(to string) {
			t.Helper()
			check(t, os.Symlink(to, at("new")), os.Rename(at("new"), at("app.log")))
		}
		check(t, os.WriteFile(at("a"), []byte("a1\na2\n"), 0o600), os.WriteFile(at("b"), []byte("b1\n"), 0o600))
		link("a")
		src := New(at("app.log"), Options{Follow: true})
		src.common.quiet = 10 * time.Millisecond
		s := tail(t, at("app.log"), src)
		s.brings("a1\na2\n")
		link("b")
		s.brings("a1\na2\nb1\n")
		s.until(func() bool {
			src.common.known.mu.Lock()
			defer src.common.known.mu.Unlock()
			for _, a := range src.common.known.files {
				if a.at == 6 {
					return true
				}
			}
			src.common.wakes.all()
			return false
		}, func() string { return "the first file was not left" })
		want := "a1\na2\nb1\na3\n"
		if changed {
			want = "a1\na2\nb1\nA1\nA2\na3\n"
			check(t, os.WriteFile(at("a"), []byte("A1\nA2\n"), 0o600))
		}
		appending(t, at("a")).WriteString("a3\n")
		link("a")
		s.brings(want)
	}
}

// The open record is whole once nothing came for a while: at once where it was written long ago.
func TestFollowSettles(t *testing.T) {
	path := write(t, "app.log", "one\n")
	old := time.Now().Add(-time.Hour)
	check(t, os.Chtimes(path, old, old))
	r := sourcetest.NewRecorder()
	s := &settled{Recorder: r}
	src := New(path, Options{Follow: true})
	f := tailInto(t, path, into{src, s}, r)
	f.is(sources.Live, "")
	if n := s.times(); n != 1 {
		t.Errorf("what was written long ago was settled %d times when all had been read", n)
	}
	began := time.Now()
	file := appending(t, path)
	file.WriteString("two\n")
	f.until(func() bool { return s.times() == 2 }, func() string { return "a line was not settled" })
	if d := time.Since(began); d < quietLine {
		t.Errorf("a line was settled after %s", d)
	}
	began = time.Now()
	file.WriteString("three")
	f.until(func() bool { return s.times() == 3 }, func() string { return "a part of a line was not settled" })
	if d := time.Since(began); d < quietPart {
		t.Errorf("a part of a line was settled after %s", d)
	}
}

// into has a source write to another sink.
type into struct {
	sources.Source
	to sources.Sink
}

func (i into) Run(ctx context.Context, _ sources.Sink) error { return i.Source.Run(ctx, i.to) }

// settled counts how often streams are settled.
type settled struct {
	*sourcetest.Recorder
	n atomic.Int32
}

func (s *settled) times() int { return int(s.n.Load()) }

func (s *settled) Open(info sources.StreamInfo) sources.Stream {
	return settledStream{s.Recorder.Open(info), s}
}

type settledStream struct {
	sources.Stream
	s *settled
}

func (s settledStream) Settle() {
	s.s.n.Add(1)
	s.Stream.Settle()
}

// cutting is a sink whose streams find the file cut the first time that they read it.
type cutting struct {
	sources.Sink
	cut func()
}

func (c *cutting) Open(info sources.StreamInfo) sources.Stream {
	return &cuttingStream{c.Sink.Open(info), c}
}

type cuttingStream struct {
	sources.Stream
	c *cutting
}

func (s *cuttingStream) Grow(ctx context.Context, size int64) error {
	if cut := s.c.cut; cut != nil {
		s.c.cut = nil
		cut()
	}
	return s.Stream.Grow(ctx, size)
}

// A file that is truncated while it is read says so; one that is followed goes on with what it holds then.
func TestTruncatedWhileRead(t *testing.T) {
	const text = "what was there before\n"
	path := write(t, "app.log", text)
	r := sourcetest.NewRecorder()
	err := New(path, Options{}).Run(t.Context(), &cutting{r, func() { check(t, os.Truncate(path, 5)) }})
	if err == nil || err.Error() != path+": was truncated while it was read: from 22 bytes to 5" {
		t.Error(err)
	}

	f := func(want string, cut func(path string)) {
		t.Helper()
		text := strings.Repeat(text, 2*readLen/len(text))
		path := write(t, "app.log", text)
		r := sourcetest.NewRecorder()
		s := tailInto(t, path, into{New(path, Options{Follow: true}), &cutting{r, func() { cut(path) }}}, r)
		s.until(func() bool { return strings.HasSuffix(r.Bytes()[path], want) && len(r.Events()) == 1 }, func() string {
			return fmt.Sprintf("%d bytes that end with %.300q; %v", len(r.Bytes()[path]), r.Bytes()[path], r.Events())
		})
		s.happened(sources.Truncated)
	}
	f("after\n", func(path string) { check(t, os.WriteFile(path, []byte("after\n"), 0o600)) })
	longer := strings.Repeat("after\n", readLen)
	f(longer, func(path string) { check(t, os.WriteFile(path, []byte(longer), 0o600)) })
}

// Where the system tells of no changes any more, that is said once and files are looked at.
func TestFollowWithoutNotice(t *testing.T) {
	path := write(t, "app.log", "one\n")
	src := New(path, Options{Follow: true})
	s := tail(t, path, src)
	s.brings("one\n")
	src.common.wakes.cannot(syscall.ENOSPC)
	check(t, os.Rename(path, path+".1"), os.WriteFile(path, []byte("two\n"), 0o600))
	s.brings("one\ntwo\n")
	s.is(sources.Live, "the system gives no notice of changes (no space left on device): files are looked at every 250ms")
	if text := src.common.wakes.complaint(); text != "" {
		t.Errorf("it is said again: %s", text)
	}
}

// More files than may be open wait, and say so, until others are done.
func TestFollowTooMany(t *testing.T) {
	c := newCommon(Options{}, newShare(4)) // two stay open, one more may be read
	var list []sources.Source
	for i := range 4 {
		path := write(t, fmt.Sprintf("%d.log", i), "one\n")
		s := New(path, Options{Follow: true})
		s.common = c
		list = append(list, s)
	}
	f := tail(t, "all", all{"all", list})
	f.until(func() bool { return len(f.Bytes()) == 3 }, func() string { return fmt.Sprint(f.Bytes()) })
	f.until(func() bool {
		return slices.ContainsFunc(f.Health(), func(h sources.Health) bool {
			return h.State == sources.Trouble && strings.HasPrefix(h.Text, "too many files are open")
		})
	}, func() string { return fmt.Sprint(f.Health()) })
}
