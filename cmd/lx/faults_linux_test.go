package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// lxAt is a run of the program with its configuration, cache and temporary files in home.
func lxAt(home string, args ...string) *exec.Cmd {
	c := exec.Command("lx", args...)
	c.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "TMPDIR="+home, "TZ=UTC")
	c.Stderr = &bytes.Buffer{}
	return c
}

// limited has the program write files of so many KiB at most.
func limited(c *exec.Cmd, kib int) *exec.Cmd {
	c.Args = slices.Concat([]string{"sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$@"`, kib*2), "sh"}, c.Args)
	shell, err := exec.LookPath("sh")
	if err != nil {
		panic(err)
	}
	c.Path = shell
	return c
}

// small mounts a disk of so many KiB; "" where that is not allowed.
func small(t *testing.T, kib int) string {
	t.Helper()
	at := t.TempDir()
	err := unix.Mount("tmpfs", at, "tmpfs", 0, fmt.Sprintf("size=%dk", kib))
	if errors.Is(err, unix.EPERM) {
		t.Log("no disk may be mounted here: only files that may not grow are tried")
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(at, 0); err != nil {
			t.Error(err)
		}
	})
	return at
}

// Where an index cannot be kept the answers are the same.
func TestFullDiskForTheCache(t *testing.T) {
	t.Parallel()
	path := oldLog(t)
	f := func(what string, c *exec.Cmd, want string) {
		t.Helper()
		if got := string(printed(t, c, exitDone)); got != want {
			t.Errorf("%s: %s", what, differing(got, want))
		}
	}
	args := []string{"stats", "-o", "json", path}
	want := string(printed(t, lxAt(t.TempDir(), args...), exitDone))
	for _, kib := range []int{0, 64} {
		home := t.TempDir()
		f("files that may not grow", limited(lxAt(home, args...), kib), want)
		f("behind it", lxAt(home, args...), want)
	}
	if home := small(t, 64); home != "" {
		f("a full disk", lxAt(home, args...), want)
		f("a full disk, again", lxAt(home, args...), want)
	}
}

var letGo = regexp.MustCompile(`([\d,]+) records, from \S+ to \S+, were let go`)

// letGoIn is how many records were let go, as a message says.
func letGoIn(t *testing.T, said string) int64 {
	t.Helper()
	found := letGo.FindStringSubmatch(said)
	if found == nil {
		t.Errorf("it is not said what was let go: %s", said)
		return 0
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(found[1], ",", ""), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// wholeLines is a text a few lines at a time, as many as a pipe takes at once or not at all: a
// writer that pauses does not leave a part of a line, which would count as a record after a while.
type wholeLines struct{ rest string }

func (w *wholeLines) Read(p []byte) (int, error) {
	const atOnce = 4096 // PIPE_BUF
	n := min(len(w.rest), atOnce, len(p))
	n = strings.LastIndexByte(w.rest[:n], '\n') + 1
	if n == 0 {
		return 0, io.EOF
	}
	copy(p, w.rest[:n])
	w.rest = w.rest[n:]
	return n, nil
}

// Where what a pipe brings cannot be kept, what was let go is said and the rest is right.
func TestFullDiskForTheSpill(t *testing.T) {
	t.Parallel()
	text := longLog(600_000)
	f := func(what string, c *exec.Cmd) {
		t.Helper()
		c.Stdin = &wholeLines{text}
		s := stats(t, c, exitSource)
		lost := letGoIn(t, c.Stderr.(*bytes.Buffer).String())
		if s.Exact || s.Records == 0 || lost == 0 || s.Records+lost != int64(strings.Count(text, "\n")) {
			t.Errorf("%s: %d records, exact: %t, and %d let go: %s", what, s.Records, s.Exact, lost, c.Stderr)
		}
	}
	args := []string{"stats", "-o", "json", "--memory", "64MB"}
	f("files that may not grow", limited(lxAt(t.TempDir(), args...), 64))
	if home := small(t, 2<<10); home != "" {
		f("a full disk", lxAt(home, args...))
	}
}

// An end at any moment, while the cache is written too, leaves nothing that gives a wrong answer.
func TestKilledWhileTheCacheIsWritten(t *testing.T) {
	t.Parallel()
	path, home := oldLog(t), t.TempDir()
	args := []string{"stats", "-o", "json", path}
	begun := time.Now()
	want := printed(t, lxAt(t.TempDir(), args...), exitDone)
	whole := time.Since(begun)
	times := max(30/slower, 5)
	for i := range times {
		c := lxAt(home, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Ends at moments spread over the run, the most of them near its end, where the cache is written.
		kill := time.AfterFunc(whole*time.Duration(i+times)/time.Duration(2*times), func() { _ = c.Process.Signal(syscall.SIGKILL) })
		_ = c.Wait()
		kill.Stop()
		if i%5 == 4 {
			if got := printed(t, lxAt(home, args...), exitDone); !bytes.Equal(got, want) {
				t.Errorf("after an end: %s", differing(string(got), string(want)))
			}
			if err := os.RemoveAll(filepath.Join(home, "lx")); err != nil && i < times-1 {
				t.Fatal(err)
			}
		}
	}
}

// Programs that index the same file at once, and read what the others keep, all give the same answer.
func TestProgramsShareTheCache(t *testing.T) {
	t.Parallel()
	path, home := oldLog(t), t.TempDir()
	args := []string{"stats", "-o", "json", path}
	want := printed(t, lxAt(t.TempDir(), args...), exitDone)
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			for range 3 {
				if got := printed(t, lxAt(home, args...), exitDone); !bytes.Equal(got, want) {
					t.Errorf("one of many: %s", differing(string(got), string(want)))
				}
			}
		})
	}
	running.Wait()
}

// A file that is taken away while its records are printed is printed to its end;
// one that is cut is printed as far as it had been read, and the rest is missed.
func TestFileThatVanishesDuringAQuery(t *testing.T) {
	t.Parallel()
	f := func(what string, vanish func(path string) error, check func(c *exec.Cmd, got, text string)) {
		t.Helper()
		path := oldLog(t)
		text := longLog(oldRecords)
		c := lxAt(t.TempDir(), "query", "-o", "raw", "*", path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 1000) // lx waits for the reader of the rest
		if _, err := io.ReadFull(out, first); err != nil {
			t.Fatal(err)
		}
		if err := vanish(path); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.Wait()
		check(c, string(first)+string(rest), text)
	}
	f("removed", os.Remove, func(c *exec.Cmd, got, text string) {
		if got != text || c.ProcessState.ExitCode() != exitDone {
			t.Errorf("removed: %d bytes of %d, exit status %d: %s", len(got), len(text), c.ProcessState.ExitCode(), c.Stderr)
		}
	})
	f("truncated", func(path string) error { return os.Truncate(path, 0) }, func(c *exec.Cmd, got, text string) {
		said := c.Stderr.(*bytes.Buffer).String()
		if !isPart(got, text) || !strings.HasSuffix(got, "\n") || c.ProcessState.ExitCode() != exitSource || !strings.Contains(said, "shop.log") {
			t.Errorf("truncated: %d bytes of %d, exit status %d: %s", len(got), len(text), c.ProcessState.ExitCode(), said)
		}
	})
}

// isPart reports whether the lines of got stand in text, in that order.
func isPart(got, text string) bool {
	rest, stop := iter.Pull(strings.Lines(text))
	defer stop()
	for line := range strings.Lines(got) {
		for {
			next, ok := rest()
			if !ok {
				return false
			}
			if next == line {
				break
			}
		}
	}
	return true
}

// While a file grows, is rotated and truncated, the figures of each answer agree with one another.
func TestStatsOfAFileThatChanges(t *testing.T) {
	t.Parallel()
	path, home := logFile(t, "shop.log", longLog(20_000)), t.TempDir()
	more := longLog(500)
	done := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			if err := changed(path, more, i); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range max(20/slower, 4) {
		c := lxAt(home, "stats", "-o", "json", path)
		out, err := c.Output()
		var got figures
		if bad := json.Unmarshal(out, &got); bad != nil || err != nil && c.ProcessState.ExitCode() != exitSource {
			t.Fatalf("%v, %v: %s", bad, err, out)
		}
		levels, services, minutes := 0, 0, 0
		for _, n := range got.Levels {
			levels += n
		}
		for _, n := range got.Services {
			services += n
		}
		for _, m := range got.PerMinute {
			minutes += m.Total
		}
		if n := got.Records; levels != n || services != n || minutes > n || got.Lines < n {
			t.Errorf("%d records, by level %d, by service %d, by minute %d, %d lines", n, levels, services, minutes, got.Lines)
		}
	}
	close(done)
	writing.Wait()
}

// changed does one thing to a log that programs do to theirs.
func changed(path, more string, i int) error {
	switch i % 50 {
	case 20:
		_ = os.Rename(path, path+".1")
		return os.WriteFile(path, []byte(more), 0o600)
	case 40:
		return os.Truncate(path, 0)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(more)
	return err
}
