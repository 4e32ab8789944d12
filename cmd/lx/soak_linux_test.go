//go:build soak

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// mostMemory is what lx may take, however much there is to read.
const mostMemory = 512e6

// soakFile is a corpus of LX_SOAK_SIZE (10GB) times part, which goes with the test.
func soakFile(t *testing.T, part float64) corpusFile {
	t.Helper()
	size := bytesIn(t, cmp.Or(os.Getenv("LX_SOAK_SIZE"), "10GB"))
	return bytesOf(t, t.TempDir(), "json", int64(float64(size)*part))
}

// A file many times as large as memory allows is counted, asked and looked at.
func TestSoakLargeFile(t *testing.T) {
	onPath(t)
	b := newBench(t, soakFile(t, 1))
	b.whole()
	level := b.errors(`"level":"ERROR"`)
	b.json(level)
	defer b.print("JSON")
	b.run(1)
	b.room()
	for _, r := range b.rows {
		if r.isLx && r.best.peak > mostMemory {
			t.Errorf("%s: %s of memory", r.what, megabytes(r.best.peak))
		}
	}
}

// Of a pipe that brings five times what may be kept, what was let go is said, and the rest answers.
func TestSoakPipe(t *testing.T) {
	onPath(t)
	c := soakFile(t, 0.5)
	f := func(args ...string) (m measured, lost int) {
		t.Helper()
		file, err := os.Open(c.path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		home := t.TempDir()
		run := exec.Command("lx", append(args, "--spill", fmt.Sprint(c.size/5), "-")...)
		run.Env = append(homed(home), "TMPDIR="+home)
		run.Stdin = struct{ io.Reader }{file} // a pipe, not the file
		m = measure(t, run, kept)
		fmt.Printf("%.1f GB through a pipe, lx %s: %s, %s, %s", float64(c.size)/1e9, strings.Join(args, " "), milliseconds(m.took), megabytes(m.peak), m.err)
		if m.peak > mostMemory {
			t.Errorf("%q: %s of memory", args, megabytes(m.peak))
		}
		if m.status != exitSource {
			t.Errorf("%q: exit status %d, not %d", args, m.status, exitSource)
		}
		return m, int(letGoIn(t, m.err))
	}
	m, lost := f("stats", "-o", "json")
	var got figures
	if err := json.Unmarshal(m.out, &got); err != nil || got.Exact || got.Records+lost != c.truth.Records || int64(got.Bytes) < c.size/10 {
		t.Errorf("%d records, %d bytes, exact: %t, and %d let go, of %d: %v", got.Records, got.Bytes, got.Exact, lost, c.truth.Records, err)
	}
	m, lost = f("query", "-o", "count", "declined")
	if want := linesWith(t, c.path, "declined", lost); strings.TrimSpace(string(m.out)) != fmt.Sprint(want) {
		t.Errorf("counted %s; behind what was let go are %d", m.out, want)
	}
}

// linesWith counts lines with a text, leaving out so many at the head of the file.
func linesWith(t *testing.T, path, text string, skip int) (n int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
		if skip--; skip < 0 && bytes.Contains(s.Bytes(), []byte(text)) {
			n++
		}
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	return n
}
