package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A running is lx tail until the test ends, with the numbers of the lines that it has printed.
type running struct {
	t    *testing.T
	cmd  *exec.Cmd
	read chan struct{} // closed once its output has been read

	mu      sync.Mutex
	changed chan struct{}
	lines   int
	numbers []uint8 // how often each line came
	got     int     // how many came at least once
	last    string
}

// tailing starts lx tail with -o jsonl, to print n numbered lines.
func tailing(t *testing.T, n int, args ...string) *running {
	t.Helper()
	r := &running{t: t, cmd: runOf(t, nil, append([]string{"tail", "-o", "jsonl"}, args...)...), read: make(chan struct{}), changed: make(chan struct{}), numbers: make([]uint8, n)}
	out, err := r.cmd.StdoutPipe()
	if err == nil {
		err = r.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() { defer close(r.read); r.count(out) }()
	t.Cleanup(func() { r.interrupt() })
	return r
}

// interrupt ends it, and returns what it said.
func (r *running) interrupt() string {
	if r.cmd.ProcessState == nil {
		r.cmd.Process.Signal(syscall.SIGCONT)
		r.cmd.Process.Signal(os.Interrupt)
		<-r.read
		if r.cmd.Wait(); r.cmd.ProcessState.ExitCode() != exitInterrupted {
			r.t.Errorf("interrupted, lx tail ends with %v", r.cmd.ProcessState)
		}
		if r.t.Failed() {
			r.t.Logf("%s", r.cmd.Stderr)
		}
	}
	return r.cmd.Stderr.(*bytes.Buffer).String()
}

func (r *running) count(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		n := -1
		if _, after, ok := bytes.Cut(lines.Bytes(), []byte("number ")); ok {
			fmt.Sscanf(string(after[:7]), "%d", &n)
		}
		r.mu.Lock()
		r.lines++
		r.last = lines.Text()
		if n >= 0 && n < len(r.numbers) {
			if r.numbers[n]++; r.numbers[n] == 1 {
				r.got++
			}
		}
		close(r.changed)
		r.changed = make(chan struct{})
		r.mu.Unlock()
	}
}

// until waits for what was printed to be so.
func (r *running) until(what string, done func() bool) {
	r.t.Helper()
	late := time.After(time.Minute)
	for {
		r.mu.Lock()
		ok, changed := done(), r.changed
		r.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-late:
			r.interrupt()
			r.t.Fatalf("%s: %d of %d lines were printed, the last is %s", what, r.got, len(r.numbers), r.last)
		}
	}
}

// through follows a file that a writer of another process rotates in every way, so many rounds.
func through(t *testing.T, lines, rounds int, flags ...string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "app.log")
	r := tailing(t, lines, append(flags, path)...)
	w := exec.Command("lx-writer", path, fmt.Sprint(lines), fmt.Sprint(rounds))
	answer, err := w.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	asks, err := w.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Wait()
	defer answer.Close()
	for in := bufio.NewScanner(asks); in.Scan(); fmt.Fprintln(answer, "ok") {
		var what string
		var n int
		fmt.Sscan(in.Text(), &what, &n)
		switch what {
		case "all":
			r.until(in.Text(), func() bool { return r.got >= n })
		case "line":
			r.until(in.Text(), func() bool { return r.numbers[n] > 0 })
		case "stop":
			r.cmd.Process.Signal(syscall.SIGSTOP)
		case "go":
			r.cmd.Process.Signal(syscall.SIGCONT)
		default:
			t.Fatal(in.Text())
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	doubled := 0
	for _, n := range r.numbers {
		doubled += max(0, int(n)-1)
	}
	if r.got != lines || doubled > 0 {
		t.Errorf("%d of %d lines were printed, %d twice", r.got, lines, doubled)
	}
	t.Logf("%d lines through %d rotations in %.1f s", r.got, 3*rounds+3, time.Since(began).Seconds())
}

// No line is lost and none printed twice, whatever is done to the file.
func TestTailThroughRotations(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{nil, {"--poll"}} {
		t.Run(strings.Join(append(flags, "rotations"), " "), func(t *testing.T) { through(t, 40_000/slower, 2, flags...) })
	}
}

// What is piped in is printed as it comes, all of it, and its end is the end.
func TestTailPipe(t *testing.T) {
	t.Parallel()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := runOf(t, in, "tail", "-n", "1")
	printed, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	lines := bufio.NewScanner(printed)
	for _, text := range []string{"one\n", "two\nthree\n"} {
		io.WriteString(out, text)
		for line := range strings.Lines(text) {
			if !lines.Scan() || lines.Text()+"\n" != line {
				t.Fatalf("%q, want %q: %s", lines.Text(), line, c.Stderr)
			}
		}
	}
	out.Close()
	if lines.Scan() {
		t.Errorf("%q follows", lines.Text())
	}
	if err := c.Wait(); err != nil {
		t.Errorf("%v: %s", err, c.Stderr)
	}
}

// What was read is printed, also where nobody took it before the file was truncated.
func TestTailIntoSlowReader(t *testing.T) {
	t.Parallel()
	path := logFile(t, "app.log", "")
	c := runOf(t, nil, "tail", "-o", "raw", path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	defer c.Process.Signal(os.Interrupt)
	defer time.AfterFunc(time.Minute, func() { c.Process.Kill() }).Stop()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	begin, first, second := "it runs\n", shopLog(20_000), "the next contents\n"
	io.WriteString(f, begin)
	if _, err := io.ReadFull(out, make([]byte, len(begin))); err != nil {
		t.Fatal(err)
	}
	read := func() (n int) { // bytes that the program has read in all
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/io", c.Process.Pid))
		fmt.Sscanf(string(text), "rchar: %d", &n)
		return n
	}
	before := read()
	io.WriteString(f, first)
	late := time.After(time.Minute)
	for was := 0; was < before+len(first) || was != read(); {
		was = read()
		select {
		case <-time.After(300 * time.Millisecond):
		case <-late:
			t.Fatalf("%d bytes were read of %d", read()-before, len(first))
		}
	}
	os.Truncate(path, 0)
	io.WriteString(f, second)
	got := make([]byte, len(first)+len(second))
	if n, err := io.ReadFull(out, got); err != nil || string(got) != first+second {
		t.Errorf("%d bytes of %d, %v", n, len(got), err)
	}
}

// Whoever has seen enough ends it, quietly.
func TestTailIntoHead(t *testing.T) {
	t.Parallel()
	path := logFile(t, "shop.log", shopLog(20_000))
	c := runOf(t, nil, "tail", "-n", "all", path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(out).ReadString('\n')
	out.Close()
	c.Wait()
	if status := c.ProcessState.Sys().(syscall.WaitStatus); c.Stderr.(*bytes.Buffer).Len() > 0 || status.Signal() != syscall.SIGPIPE && status.ExitStatus() != exitDone {
		t.Errorf("%v: %s", c.ProcessState, c.Stderr)
	}
}

// The last records come first, by time over all sources, each with its source; what is missing is waited for and said.
func TestTailFirst(t *testing.T) {
	t.Parallel()
	at := func(minute, n int) string { return fmt.Sprintf("2026-03-14T08:%02d:00Z INFO number %07d\n", minute, n) }
	a, b := logFile(t, "a.log", at(1, 1)+at(5, 2)+"\tmore of it\n"), logFile(t, "b.log", at(2, 3)+at(4, 4))
	later := filepath.Join(t.TempDir(), "later.log")
	f := func(want string, args ...string) {
		t.Helper()
		c := runOf(t, nil, append([]string{"tail"}, args...)...)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		defer time.AfterFunc(time.Minute, func() { c.Process.Kill() }).Stop()
		got := make([]byte, len(want))
		if _, err := io.ReadFull(out, got); err != nil || string(got) != want {
			t.Errorf("%s: %q, want %q (%v)", args, got, want, err)
		}
		c.Process.Signal(syscall.SIGTERM)
		if rest, _ := io.ReadAll(out); len(rest) > 0 {
			t.Errorf("%s: %q follows", args, rest)
		}
		c.Wait()
		if code := c.ProcessState.ExitCode(); code != exitInterrupted {
			t.Errorf("%s: status %d", args, code)
		}
		if slices.Contains(args, later) != strings.Contains(c.Stderr.(*bytes.Buffer).String(), later+": no such file: it is waited for") {
			t.Errorf("%s: %s", args, c.Stderr)
		}
	}
	f(b+": "+at(4, 4)+a+": "+at(5, 2)+a+": \tmore of it\n", "-n", "2", a, b)
	f(at(1, 1)+at(5, 2)+"\tmore of it\n", a)
	f(at(1, 1)+at(5, 2)+"\tmore of it\n", "-n", "all", "-o", "raw", a, later)
	f(at(4, 4), "--since", "2026-03-14T08:03:00Z", b)
	f(at(1, 1), "-q", "0000001", a)
}

// A folder is followed with what appears in it, and what happens to a file is said.
func TestTailFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	r := tailing(t, 4, folder)
	put := func(name string, n int) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), fmt.Appendf(nil, "2026-03-14T08:00:00Z INFO number %07d\n", n), 0o600); err != nil {
			t.Fatal(err)
		}
		r.until(name, func() bool { return r.numbers[n] == 1 })
	}
	put("a.log", 0)
	put("b.log", 1)
	if err := os.Rename(filepath.Join(folder, "a.log"), filepath.Join(folder, "a.log.1")); err != nil {
		t.Fatal(err)
	}
	put("a.log", 2)
	put("c.log", 3)
	if text := r.interrupt(); !strings.Contains(text, "a.log: was rotated") {
		t.Errorf("it says %q", text)
	}
	if r.lines != 4 || r.got != 4 {
		t.Errorf("%d lines, %d of them different", r.lines, r.got)
	}
}
