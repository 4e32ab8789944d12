//go:build unix

package file

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// all is the sources of one command line as one.
type all struct {
	name string
	list []sources.Source
}

func (a all) Name() string { return a.name }

func (a all) Run(ctx context.Context, to sources.Sink) error {
	errs := make(chan error)
	for _, s := range a.list {
		go func() { errs <- s.Run(ctx, to) }()
	}
	var err error
	for range a.list {
		if e := <-errs; e != nil {
			err = e
		}
	}
	return err
}

// watched follows what an argument means, in the current folder.
func watched(t *testing.T, arg string, poll bool) *tailed {
	t.Helper()
	list, errs := Sources([]string{arg}, Options{Follow: true, Poll: poll})
	check(t, errs...)
	for _, s := range list {
		switch s := s.(type) {
		case *Source:
			s.common.quiet = 100 * time.Millisecond
		case *newcomers:
			s.common.quiet = 100 * time.Millisecond
		}
	}
	return tail(t, arg, all{arg, list})
}

// has waits until the files' bytes are these, and no other file's came.
func (f *tailed) has(want map[string]string) {
	f.t.Helper()
	f.until(func() bool { return fmt.Sprint(f.Bytes()) == fmt.Sprint(want) }, func() string {
		return fmt.Sprintf("%q, want %q; %+v", f.Bytes(), want, f.Events())
	})
}

func (f *tailed) notes(words string) {
	f.t.Helper()
	f.until(func() bool { return f.says(words) }, func() string { return fmt.Sprintf("events %+v", f.Events()) })
}

// says reports whether an event holds the words.
func (f *tailed) says(words string) bool {
	return slices.ContainsFunc(f.Events(), func(e sources.Event) bool { return strings.Contains(e.Source+": "+e.Text, words) })
}

// Files that appear are read from their beginning; what is there under another name is not read again.
func TestNewcomers(t *testing.T) {
	for _, poll := range []bool{false, true} {
		for _, arg := range []string{"logs/app*", "logs", "l*/app*"} {
			t.Run(fmt.Sprintf("%s, poll %t", strings.ReplaceAll(arg, "/", "|"), poll), func(t *testing.T) {
				tree(t, map[string]string{"logs/app.log": "first\n", "logs/app.dat": "\x00\x01\x02\x03"})
				f := watched(t, arg, poll)
				first := map[string]string{"logs/app.log": "first\n"}
				if arg != "logs" {
					first["logs/app.dat"] = "\x00\x01\x02\x03"
				}
				f.has(first)
				check(t, os.WriteFile("logs/app-2.log", []byte("second\n"), 0o600))
				first["logs/app-2.log"] = "second\n"
				f.has(first)
				// Rotated as logrotate does, twice, and compressed.
				check(t, os.Rename("logs/app.log", "logs/app.log.1"), os.WriteFile("logs/app.log", []byte("new\n"), 0o600))
				first["logs/app.log"] += "new\n"
				f.has(first)
				check(t, os.WriteFile("logs/app.log.2.gz", []byte(gz(t, "first\n")), 0o600))
				f.notes("logs/app.log.2.gz: not read: gzip data")
				check(t, os.Rename("logs/app.log.1", "logs/app.log.3"), os.Rename("logs/app.log", "logs/app.log.1"),
					os.WriteFile("logs/app.log", []byte("newer\n"), 0o600), os.WriteFile("logs/app-3.log", []byte("third\n"), 0o600))
				first["logs/app.log"] += "newer\n"
				first["logs/app-3.log"] = "third\n"
				f.has(first)
			})
		}
	}
}

// What copytruncate leaves beside a log is not read again.
func TestNewcomerThatIsACopy(t *testing.T) {
	for _, size := range []int{50, headKept + 5000} {
		text := strings.Repeat("2026-11-21 08:00:00 a line\n", size/27+1)
		tree(t, map[string]string{"app.log": text})
		f := watched(t, "app.log*", false)
		f.has(map[string]string{"app.log": text})
		check(t, os.WriteFile("app.log.1", []byte(text), 0o600), os.Truncate("app.log", 0), os.WriteFile("app.log", []byte("new\n"), 0o600))
		f.notes("app.log.1: not read: it begins as app.log does")
		f.has(map[string]string{"app.log": text + "new\n"})
	}
}

// handing calls copied once, while the first bytes that come are handed on.
type handing struct {
	sources.Sink
	once   *atomic.Bool
	copied func()
}

type handingStream struct {
	sources.Stream
	h handing
}

func (h handing) Open(info sources.StreamInfo) sources.Stream {
	return handingStream{h.Sink.Open(info), h}
}

func (s handingStream) Grow(ctx context.Context, size int64) error {
	if s.h.once.CompareAndSwap(false, true) {
		s.h.copied()
	}
	return s.Stream.Grow(ctx, size)
}

// A copy that is made while a file is read for the first time, however long that takes, is not read again.
func TestNewcomerThatIsACopyOfWhatIsBeingRead(t *testing.T) {
	for _, size := range []int{50, 3 * readLen} {
		text := strings.Repeat("2026-11-21 08:00:00 a line\n", size/27+1)
		tree(t, map[string]string{"app.log": text})
		list, errs := Sources([]string{"app.log*"}, Options{Follow: true})
		check(t, errs...)
		r, says := sourcetest.NewRecorder(), "app.log.1: not read: it begins as app.log does"
		var f *tailed
		ready := make(chan struct{})
		h := handing{r, new(atomic.Bool), func() {
			<-ready
			if err := os.WriteFile("app.log.1", []byte(text), 0o600); err != nil {
				t.Error(err)
			}
			_ = r.Until(t.Context(), func() bool { return f.says(says) || r.Bytes()["app.log.1"] != "" })
		}}
		f = tailInto(t, "app.log*", into{all{"app.log*", list}, h}, r)
		close(ready)
		f.notes(says)
		f.has(map[string]string{"app.log": text})
	}
}

// A file of a folder that is deleted is left, and followed again once it is back.
func TestNewcomerThatComesBack(t *testing.T) {
	tree(t, map[string]string{"logs/a.log": "first\n"})
	f := watched(t, "logs", false)
	f.has(map[string]string{"logs/a.log": "first\n"})
	check(t, os.Remove("logs/a.log"))
	f.until(func() bool {
		for _, h := range f.Health() {
			if h.Source == "logs/a.log" && h.State == sources.Ended {
				return true
			}
		}
		return false
	}, func() string { return "it is still followed" })
	check(t, os.WriteFile("logs/a.log", []byte("second\n"), 0o600))
	f.has(map[string]string{"logs/a.log": "first\nsecond\n"})
}

// An argument in which there is nothing yet is waited for; one that can mean nothing is refused.
func TestFollowNothingYet(t *testing.T) {
	tree(t, map[string]string{"logs/": "", "none": "x\n"})
	f := watched(t, "logs/*.log", false)
	check(t, os.WriteFile(filepath.Join("logs", "a.log"), []byte("one\n"), 0o600))
	f.has(map[string]string{"logs/a.log": "one\n"})
	if _, errs := Sources([]string{"a[", "none", "later.log"}, Options{Follow: true}); len(errs) != 1 || !strings.Contains(errs[0].Error(), "not a valid pattern") {
		t.Error(errs)
	}
}

// A file that is named twice is read once, also by the name of a link.
func TestFollowTheSameFile(t *testing.T) {
	tree(t, map[string]string{"a.log": "first\n"})
	check(t, os.Symlink("a.log", "b.log"))
	list, errs := Sources([]string{"a.log", "b.log"}, Options{Follow: true})
	check(t, errs...)
	f := tail(t, "both", all{"both", list[:1]})
	f.has(map[string]string{"a.log": "first\n"})
	g := tail(t, "b.log", list[1])
	g.notes("b.log: not read: the same file as a.log, which is followed")
	if len(g.Bytes()) > 0 {
		t.Errorf("%q", g.Bytes())
	}
}

// A source that follows conforms.
func TestConformFollowing(t *testing.T) {
	for _, poll := range []bool{false, true} {
		o := Options{Follow: true, Poll: poll}
		sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
			path := write(t, "app.log", "one\n")
			feed := func() { appending(t, path).WriteString("two\n") }
			return sourcetest.Case{Source: New(path, o), Want: map[string]string{path: "one\ntwo\n"}, Feed: feed}
		}, func(t *testing.T) sources.Source { return New(t.TempDir(), o) })
		sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
			folder := t.TempDir()
			list, _ := Sources([]string{folder}, o)
			path := filepath.Join(folder, "app.log")
			feed := func() { check(t, os.WriteFile(path, []byte("one\n"), 0o600)) }
			return sourcetest.Case{Source: list[0], Want: map[string]string{path: "one\n"}, Feed: feed}
		}, nil)
	}
}
