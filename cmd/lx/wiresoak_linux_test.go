//go:build soak

package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// A file that grows by 5,000 records a second for LX_SOAK minutes (10) is followed on the
// screen: memory stays as it is from the first fifth on, and half a core is enough.
func TestSoakScreen(t *testing.T) {
	onPath(t)
	minutes, err := strconv.ParseFloat(cmp.Or(os.Getenv("LX_SOAK"), "10"), 64)
	if err != nil {
		t.Fatal(err)
	}
	const rate, parts = 5000, 10
	lines := someLines(t, bytesOf(t, t.TempDir(), "json", 60e6).path, 200_000)
	path := filepath.Join(t.TempDir(), "app.log")
	stop := writeInto(t, path, lines, rate)
	defer stop()
	s := inTerminal(t, screenWidth, screenHeight, nil, "tail", path)
	s.shows(`INFO|DEBUG`)
	pid, early, late := s.cmd.Process.Pid, int64(0), int64(0)
	for i := range parts {
		cpu, wrote, began := spent(t, pid), s.written(), time.Now()
		<-time.After(time.Duration(minutes * float64(time.Minute) / parts))
		took := time.Since(began).Seconds()
		share := (spent(t, pid) - cpu).Seconds() / took
		late = highWater(pid)
		if i < parts/5 {
			early = late
		}
		t.Logf("%s of memory, %.1f %% of a core, %.1f kB/s", megabytes(late), 100*share, float64(s.written()-wrote)/took/1e3)
		if share > 0.5 {
			t.Error("that is more than half a core")
		}
	}
	if late > mostMemory || float64(late) > 1.05*float64(early)+20e6 {
		t.Errorf("memory has grown from %s to %s", megabytes(early), megabytes(late))
	}
}
