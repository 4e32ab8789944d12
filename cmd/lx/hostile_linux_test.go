package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/lxlog/lx/logs"
)

// maxMemory is what lx may have of memory to write to, in KiB, whatever it is given.
const maxMemory = 1 << 20

// runOf is a run of the program without a terminal, which ends it where it wants more than maxMemory.
func runOf(t *testing.T, stdin io.Reader, args ...string) *exec.Cmd {
	t.Helper()
	home := t.TempDir()
	run := fmt.Sprintf(`ulimit -d %d; exec lx "$@"`, maxMemory)
	if raced {
		run = `exec lx "$@"`
	}
	c := exec.Command("sh", slices.Concat([]string{"-c", run, "sh"}, args)...)
	c.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "TZ=UTC")
	c.Stdin = stdin
	c.Stderr = &bytes.Buffer{}
	return c
}

// printed runs c, which is to end with that status, and returns what it wrote.
func printed(t *testing.T, c *exec.Cmd, status int) []byte {
	t.Helper()
	var out bytes.Buffer
	c.Stdout = &out
	_ = c.Run()
	if got := c.ProcessState.ExitCode(); got != status {
		t.Errorf("%v: exit status %d, not %d: %s", c.Args, got, status, c.Stderr)
	}
	return out.Bytes()
}

// totals are the figures of stats -o json.
type totals struct {
	Records, Lines, Bytes, Unparsed int64
	Levels                          map[string]int64
	Exact                           bool
	Notes                           []string
}

func stats(t *testing.T, c *exec.Cmd, status int) (s totals) {
	t.Helper()
	if out := printed(t, c, status); json.Unmarshal(out, &s) != nil {
		t.Errorf("%v: no JSON: %.200q", c.Args, out)
	}
	return s
}

// A line of 64 MiB and more: the records beside it are as they are, it is marked
// where it was cut, and its bytes are all there.
func TestLongLine(t *testing.T) {
	t.Parallel()
	before := `{"ts":"2026-03-14T08:00:01Z","level":"info","msg":"before"}` + "\n"
	after := `{"ts":"2026-03-14T08:00:03Z","level":"error","msg":"after"}` + "\n"
	f := func(name, line string) {
		t.Helper()
		text := before + line + "\n" + after
		path := logFile(t, name, text)
		s := stats(t, runOf(t, nil, "stats", "-o", "json", path), exitDone)
		if s.Lines != 3 || s.Bytes != int64(len(text)) || s.Levels["INFO"] != 1 || s.Levels["ERROR"] != 1 {
			t.Errorf("%s: %+v", name, s)
		}
		if got := printed(t, runOf(t, nil, "query", "-o", "raw", "*", path), exitDone); string(got) != text {
			t.Errorf("%s: raw is %d bytes of %d", name, len(got), len(text))
		}
		if got := printed(t, runOf(t, strings.NewReader(text), "query", "-o", "raw", "*"), exitDone); string(got) != text {
			t.Errorf("%s through a pipe: raw is %d bytes of %d", name, len(got), len(text))
		}
		if got := printed(t, runOf(t, nil, "query", "*", path), exitDone); len(got) < len(text) || !bytes.HasSuffix(got, []byte(after)) {
			t.Errorf("%s: text is %d bytes of %d", name, len(got), len(text))
		}
		var bodies []string
		for row := range bytes.Lines(printed(t, runOf(t, nil, "query", "-o", "json", "*", path), exitDone)) {
			var r struct {
				Body string
				Line int
				Cut  bool
			}
			if err := json.Unmarshal(row, &r); err != nil {
				t.Fatal(err)
			}
			if len(r.Body) < 100 {
				bodies = append(bodies, fmt.Sprint(r.Line, " ", r.Body))
			} else if !r.Cut || len(r.Body) > logs.MaxDecode || r.Line != 2 {
				t.Errorf("%s: a long record of %d bytes at line %d, cut: %t", name, len(r.Body), r.Line, r.Cut)
			}
		}
		if n := len(bodies); n < 2 || bodies[0] != "1 before" || bodies[n-1] != "3 after" {
			t.Errorf("%s: beside it stand %q", name, bodies)
		}
	}
	f("json.log", `{"ts":"2026-03-14T08:00:02Z","level":"warn","msg":"`+strings.Repeat("x", 64<<20/slower)+`"}`)
	f("plain.log", strings.Repeat("word ", 14<<20/slower))
	f("short.log", strings.Repeat("word ", 1<<18))
}

// endless writes what repeats into lx until it was taken, then interrupts lx while more comes.
func endless(t *testing.T, piece []byte, size int, sig os.Signal, args ...string) []byte {
	t.Helper()
	in, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := runOf(t, in, args...)
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	for n := 0; n < size; n += len(piece) {
		if _, err := feed.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	more := make(chan struct{})
	go func() {
		defer close(more)
		for err == nil { // until lx has ended
			_, err = feed.Write(piece)
		}
		feed.Close()
	}()
	if err := c.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	<-more
	if got := c.ProcessState.ExitCode(); got != exitInterrupted {
		t.Errorf("%v: exit status %d: %s", args, got, c.Stderr)
	}
	return out.Bytes()
}

// Interrupted in input without end, lx says what it has, and that this is not all.
func TestInterruptEndlessInput(t *testing.T) {
	t.Parallel()
	yes, zeros := bytes.Repeat([]byte("y\n"), 32<<10), make([]byte, 64<<10)
	f := func(piece []byte, size int, sig os.Signal) {
		t.Helper()
		var s totals
		out := endless(t, piece, size, sig, "stats", "-o", "json")
		if err := json.Unmarshal(out, &s); err != nil || s.Bytes == 0 || s.Records == 0 || s.Exact || len(s.Notes) == 0 {
			t.Errorf("%.300s: %v", out, err)
		}
	}
	few := 2 << 20 / min(slower, 4)
	f(yes, few, os.Interrupt)
	f(yes, few, syscall.SIGTERM)
	f(zeros, 200<<20/slower, os.Interrupt)
	out := endless(t, yes, few, os.Interrupt, "query", "-o", "json", "*")
	n := 0
	for row := range bytes.Lines(out) {
		if !json.Valid(row) {
			t.Fatalf("%.100q is no JSON", row)
		}
		n++
	}
	if n == 0 || out[len(out)-1] != '\n' {
		t.Errorf("%d rows, the last ends with %q", n, out[max(0, len(out)-10):])
	}
}

// A little that becomes much is read with as little memory as any line that long.
func TestBomb(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "bomb.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	const size = 300 << 20 / slower
	for block := make([]byte, 1<<20); ; {
		if n, err := z.Write(block); n < len(block) {
			t.Fatal(err)
		}
		if at, _ := file.Seek(0, io.SeekCurrent); at > size/1100 {
			break
		}
	}
	if z.Close() != nil || file.Close() != nil {
		t.Fatal("not written")
	}
	if s := stats(t, runOf(t, nil, "stats", "-o", "json", path), exitDone); s.Bytes < size/2 || !s.Exact {
		t.Errorf("%+v", s)
	}
}

// Every command gives JSON, and every record a row, for lines that are nearly JSON.
func TestOddJSON(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 100_000)
	var keys strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&keys, `"k%d":%d,`, i, i)
	}
	text := strings.Join([]string{
		deep,
		`{"level":"error","a":` + deep + strings.ReplaceAll(deep, "[", "]") + `}`,
		strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
		`{"level":"error",` + keys.String() + `"last":1}`,
		`{"level":"error","n":1e999999,"m":-1e-999999,"ts":1e999999}`,
		`{"level":"error","msg":"\ud800 \udc00 \ud83d\ude00 \u0000","\ud800":1,"":2,"a.b":{"c":1},"a":{"b.c":2}}`,
		"{\"level\":\"error\",\"msg\":\"\xff\xc3( \x00\"}",
		`{"level":"error","msg":"` + strings.Repeat(`\`, 99_999) + `"}`,
		`{"level":"error","msg":"\`,
		`{"level":"error"}}`,
		`{"level":"info","msg":"the last"}`,
	}, "\n") + "\n"
	path := logFile(t, "odd.log", text)
	s := stats(t, runOf(t, nil, "stats", "-o", "json", path), exitDone)
	if s.Lines != int64(strings.Count(text, "\n")) || s.Bytes != int64(len(text)) || s.Levels["INFO"] != 1 {
		t.Errorf("%+v", s)
	}
	for _, args := range [][]string{{"query", "-o", "json", "*"}, {"explain", "-o", "json"}, {"fields", "-o", "json"}} {
		out := printed(t, runOf(t, nil, append(args, path)...), exitDone)
		if args[0] == "fields" {
			if !json.Valid(out) {
				t.Errorf("fields: no JSON: %.200q", out)
			}
			continue
		}
		rows := int64(0)
		for row := range bytes.Lines(out) {
			if rows++; !json.Valid(row) {
				t.Errorf("%s: no JSON: %.200q", args[0], row)
			}
		}
		if rows != s.Records {
			t.Errorf("%s: %d rows of %d records", args[0], rows, s.Records)
		}
	}
	if got := printed(t, runOf(t, nil, "query", "-o", "raw", "*", path), exitDone); string(got) != text {
		t.Errorf("raw is %d bytes of %d", len(got), len(text))
	}
}

// More files than may be open at once are read all the same.
func TestMoreFilesThanMayBeOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	const files = 400
	for i := range files {
		text := fmt.Sprintf("2026-03-14 08:%02d:%02d INFO file %d\n", i/60, i%60, i)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.log", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := runOf(t, nil, "query", "-o", "raw", "*", folder)
	c.Args[2] = "ulimit -n 64; " + c.Args[2]
	rows := 0
	for row := range bytes.Lines(printed(t, c, exitDone)) {
		if !bytes.HasSuffix(row, fmt.Appendf(nil, " file %d\n", rows)) {
			t.Fatalf("row %d is %q", rows, row)
		}
		rows++
	}
	if rows != files {
		t.Errorf("%d rows of %d", rows, files)
	}
}
