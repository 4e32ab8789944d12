//go:build soak

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A million lines through every kind of rotation.
func TestSoakTailThroughRotations(t *testing.T) {
	onPath(t)
	for _, flags := range [][]string{nil, {"--poll"}} {
		t.Run(strings.Join(append(flags, "rotations"), " "), func(t *testing.T) { through(t, 1_000_000, 10, flags...) })
	}
}

// A thousand files at rest take little, and what comes in all of them at once is there within a second.
func TestSoakTailManyFiles(t *testing.T) {
	onPath(t)
	const files = 1000
	for _, flags := range [][]string{nil, {"--poll"}} {
		t.Run(strings.Join(append(flags, "files"), " "), func(t *testing.T) {
			folder := t.TempDir()
			fill := func(n int) {
				for i := range files {
					f, err := os.OpenFile(filepath.Join(folder, fmt.Sprintf("a%d.log", i)), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
					if err != nil {
						t.Fatal(err)
					}
					fmt.Fprintf(f, "2026-03-14T08:00:00Z INFO number %07d\n", n+i)
					f.Close()
				}
			}
			fill(0)
			began := time.Now()
			r := tailing(t, 2*files, append(flags, "-n", "all", folder)...)
			r.until("the beginning", func() bool { return r.got == files })
			opened := time.Since(began)
			before := spent(t, r.cmd.Process.Pid)
			<-time.After(20 * time.Second)
			rest := spent(t, r.cmd.Process.Pid) - before
			began = time.Now()
			fill(files)
			r.until("a line of each", func() bool { return r.got == 2*files })
			late := time.Since(began)
			peak := highWater(r.cmd.Process.Pid)
			t.Logf("%d files: opened in %s, at rest %.1f %% of a core, a line of each after %s, %s of memory", files, milliseconds(opened), float64(rest)/float64(20*time.Second)*100, milliseconds(late), megabytes(peak))
			if rest > time.Second || late > 3*time.Second || peak > 150e6 {
				t.Error("that is too much")
			}
		})
	}
}

// A file that grows by 200 MB a second is kept up with: all of it was printed soon after it ends.
func TestSoakTailFastWriter(t *testing.T) {
	onPath(t)
	const rate, seconds = 200e6, 10
	path := filepath.Join(t.TempDir(), "app.log")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var block bytes.Buffer
	for i := range 8000 {
		fmt.Fprintf(&block, `{"timestamp":"2026-03-14T08:00:%02d.%03dZ","level":"INFO","service":"shop","message":"order %d of many","user":"anna","duration_ms":%d}`+"\n", i/1000, i%1000, i, i%5000)
	}
	c := runOf(t, nil, "tail", "-o", "raw", "-n", "all", path)
	printed := &sink{}
	c.Stdout = printed
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	began, wrote, behind := time.Now(), int64(0), int64(0)
	for time.Since(began) < seconds*time.Second {
		if ahead := float64(wrote) - rate*time.Since(began).Seconds(); ahead > 0 {
			<-time.After(time.Duration(ahead / rate * float64(time.Second)))
		}
		n, err := f.Write(block.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		wrote += int64(n)
		behind = max(behind, wrote-printed.n.Load())
	}
	ended := time.Now()
	for printed.n.Load() < wrote && time.Since(ended) < time.Minute {
		<-time.After(10 * time.Millisecond)
	}
	late, took, peak := time.Since(ended), spent(t, c.Process.Pid), highWater(c.Process.Pid)
	c.Process.Signal(os.Interrupt)
	c.Wait()
	t.Logf("%s in %s, printed %s later, %s behind at most; %.1f s of processor time, %s of memory", megabytes(wrote), milliseconds(ended.Sub(began)), milliseconds(late), megabytes(behind), took.Seconds(), megabytes(peak))
	if printed.n.Load() != wrote || late > 3*time.Second || peak > mostMemory {
		t.Errorf("%d bytes of %d were printed", printed.n.Load(), wrote)
	}
}

// sink counts what is written to it.
type sink struct{ n atomic.Int64 }

func (s *sink) Write(p []byte) (int, error) {
	s.n.Add(int64(len(p)))
	return len(p), nil
}
