//go:build bench || soak

package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/summary"
)

// The least of a terminal that anybody uses; all but six rows of it show records.
const (
	screenWidth, screenHeight = 80, 24
	screenRecords             = screenHeight - 6
)

// screen adds what is looked at on a terminal: from the start, or from a key, to the frame.
func (b *bench) screen() {
	var seen screenTimes
	b.add(work{isLx: true, what: "first full screen, cold index", goal: goal{time: 100 * time.Millisecond}, run: func(t *testing.T) measured {
		return b.look(t, t.TempDir()).first
	}})
	b.add(work{isLx: true, what: "first full screen, cached index", goal: goal{time: 100 * time.Millisecond}, run: func(t *testing.T) measured {
		seen = b.look(t, b.homes[current])
		return seen.first
	}})
	b.add(work{isLx: true, what: "key: jump to the end", goal: goal{time: 50 * time.Millisecond}, run: func(*testing.T) measured { return seen.end }})
	b.add(work{isLx: true, what: "keys: search from the start to the end", goal: goal{time: 600 * time.Millisecond}, run: func(*testing.T) measured { return seen.found }})
	b.add(work{isLx: true, what: "keys: filter by a word, rows", goal: goal{time: 600 * time.Millisecond}, run: func(*testing.T) measured { return seen.rows }})
	b.add(work{isLx: true, what: "keys: filter by a word, counted", run: func(*testing.T) measured { return seen.counted }})
}

// screenTimes is how long lx took to show what was asked for.
type screenTimes struct{ first, end, found, rows, counted measured }

// look opens the corpus on a terminal, goes to both ends, and filters by a word.
func (b *bench) look(t *testing.T, home string) (seen screenTimes) {
	c := &b.file
	begun := time.Now()
	s := inTerminalAt(t, home, screenWidth, screenHeight, nil, c.path)
	s.within = time.Hour // however large
	wait := func(pattern string) measured {
		s.shows(pattern)
		return measured{took: time.Since(begun), peak: highWater(s.cmd.Process.Pid)}
	}
	press := func(keys string) {
		begun = time.Now()
		s.press(keys)
	}
	seen.first = wait(fmt.Sprintf(`(?m)(^[> ]\d\d:\d\d:\d\d\.\d{3} .*\n){%d}`, screenRecords))
	wait(summary.Thousands(int64(c.truth.Records)) + ` ·`) // the index is there
	press("g")
	wait(c.truth.First.Format(`15:04:05\.000`))
	press("G")
	seen.end = wait(c.truth.Last.Format(`15:04:05\.000`))
	press("g")
	wait(c.truth.First.Format(`15:04:05\.000`))
	press("/" + c.lastSpan(t) + "\r")
	seen.found = wait(c.truth.Last.Format(`15:04:05\.000`))
	press("&declined\r")
	seen.rows = wait(fmt.Sprintf(`(?m)(^.*payment declined.*\n){%d}`, screenRecords))
	seen.counted = wait(summary.Thousands(int64(c.truth.Templates[declined])) + ` of `)
	s.press("q")
	if status, _ := s.ends(); status != exitDone {
		t.Errorf("the screen ends with status %d", status)
	}
	return seen
}

// lastSpan is the span id of the corpus' last record, which no other has.
func (c *corpusFile) lastSpan(t *testing.T) string {
	f, err := os.Open(c.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	end := make([]byte, 4096)
	if _, err := f.ReadAt(end, c.size-int64(len(end))); err != nil {
		t.Fatal(err)
	}
	_, id, ok := strings.Cut(string(end[bytes.LastIndex(end, []byte(`"span_id":"`)):]), `:"`)
	id, _, _ = strings.Cut(id, `"`)
	if !ok || id == "" {
		t.Fatalf("no span in %q", end)
	}
	return id
}
