//go:build bench || soak

package main

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// measured is what a run of a program took and gave.
type measured struct {
	took   time.Duration
	cpu    time.Duration // of all cores together
	peak   int64         // bytes of memory, at most
	status int
	out    []byte // its output, as far as it was kept
	bytes  int64  // of the output that came through a pipe
	lines  int64
	sum    uint32 // CRC-32C of them
	err    string // standard error
}

// onPath builds lx, or takes the one that LX names, and puts it on the path as "lx".
func onPath(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	at := filepath.Join(folder, "lx")
	if ready := os.Getenv("LX"); ready != "" {
		whole, err := filepath.Abs(ready)
		if err == nil {
			err = os.Symlink(whole, at)
		}
		if err != nil {
			t.Fatal(err)
		}
	} else {
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", at, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// homed is the environment of a program whose configuration and cache are in home.
func homed(home string) []string {
	return append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_STATE_HOME="+home, "TZ=UTC", "LC_ALL=C")
}

// Where the output of a program goes.
type target int

const (
	kept    target = iota // into measured.out
	piped                 // through a pipe, counted and summed
	nowhere               // to /dev/null
)

// measure runs a command to its end.
func measure(t *testing.T, c *exec.Cmd, to target) measured {
	t.Helper()
	var out, said bytes.Buffer
	var through counted
	switch to {
	case kept:
		c.Stdout = &out
	case piped:
		c.Stdout = &through
	case nowhere:
	}
	c.Stderr = &said
	begun := time.Now()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	peak := watch(c.Process.Pid)
	_ = c.Wait()
	m := measured{took: time.Since(begun), status: c.ProcessState.ExitCode(), out: out.Bytes(), err: said.String(), bytes: through.bytes, lines: through.lines, sum: through.sum}
	m.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	m.peak = max(<-peak, resident(c.ProcessState))
	return m
}

// resident is the most memory of an ended program. The kernel's figure counts
// that of its parent too, from before the program was started: it tells nothing where it is less.
func resident(s *os.ProcessState) int64 {
	peak := s.SysUsage().(*syscall.Rusage).Maxrss << 10
	if peak <= highWater(os.Getpid()) {
		return 0
	}
	return peak
}

// watch looks at the memory of a running program, and gives the most when it has ended.
func watch(pid int) <-chan int64 {
	peak := make(chan int64, 1)
	go func() {
		most := int64(0)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for range tick.C {
			now := highWater(pid)
			if now == 0 {
				break
			}
			most = max(most, now)
		}
		peak <- most
	}()
	return peak
}

// highWater is the most memory that a program has had so far; 0: it has ended.
func highWater(pid int) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, text, _ = bytes.Cut(text, []byte("VmHWM:"))
	line, _, _ := bytes.Cut(text, []byte("\n"))
	kib, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(string(line), "kB")), 10, 64)
	return kib << 10
}

// spent is the processor time that a process has had.
func spent(t *testing.T, pid int) time.Duration {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // ticks of a hundredth of a second
}

// counted sums what is written to it.
type counted struct {
	bytes, lines int64
	sum          uint32
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (c *counted) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	c.lines += int64(bytes.Count(p, []byte("\n")))
	c.sum = crc32.Update(c.sum, castagnoli, p)
	return len(p), nil
}

var _ io.Writer = (*counted)(nil)

// sizeOf is the bytes of all files below a folder.
func sizeOf(t *testing.T, folder string) (size int64) {
	t.Helper()
	err := filepath.Walk(folder, func(_ string, i os.FileInfo, err error) error {
		if err == nil && i.Mode().IsRegular() {
			size += i.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// bytesIn reads "1GB", "20MB" or a number of bytes.
func bytesIn(t *testing.T, text string) int64 {
	t.Helper()
	number, unit := strings.TrimRight(text, "GMKB"), int64(1)
	switch text[len(number):] {
	case "GB", "G":
		unit = 1e9
	case "MB", "M":
		unit = 1e6
	case "KB", "K":
		unit = 1e3
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		t.Fatalf("%q is no size: %v", text, err)
	}
	return n * unit
}
