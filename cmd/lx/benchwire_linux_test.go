//go:build bench || soak

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// wireListens is for how long what a screen writes and takes is looked at.
const wireListens = 5 * time.Second

// A wireRow is what a screen costs in one situation. What was not measured is 0.
type wireRow struct {
	program, what string
	width, height int
	keys          []time.Duration // from each key to its frame
	bytes         int64           // a second
	cpu           float64         // of one core
	memory        int64           // bytes, at most
	goal          string
	held          bool
}

// wire measures the screen beside lnav, where that is installed, and prints a table:
// at rest over a corpus, and while records arrive.
func wire(t *testing.T, c corpusFile) {
	programs := map[string]string{current: "", "lnav": ""}
	for name := range programs {
		path, err := exec.LookPath(name)
		if err != nil {
			fmt.Printf("%s is not installed: left out\n", name)
		}
		programs[name] = path
	}
	lines := someLines(t, c.path, 200_000)
	var rows []wireRow
	defer func() { printWire(rows) }()
	for _, name := range []string{current, "lnav"} {
		if programs[name] == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Setenv("LX", programs[name])
			onPath(t) // whatever it is, it is started as lx
			rows = append(rows, atRest(t, name, c))
			for _, size := range [][2]int{{screenWidth, screenHeight}, {160, 45}} {
				for _, rate := range []int{1000, 50_000} {
					rows = append(rows, arriving(t, name, lines, rate, size[0], size[1]))
				}
			}
		})
	}
}

// atRest measures a screen over a corpus that does not change.
func atRest(t *testing.T, program string, c corpusFile) wireRow {
	s := inTerminal(t, screenWidth, screenHeight, nil, c.path)
	s.shows(c.truth.Last.Format(`15:04:05`))
	s.quiet(3 * time.Second) // all has been counted
	r := s.listen(wireRow{program: program, what: "at rest", width: screenWidth, height: screenHeight})
	s.press("k")
	s.quiet(100 * time.Millisecond)
	for i := range 200 {
		if took := s.answer("kj"[i%2 : i%2+1]); took > 0 {
			r.keys = append(r.keys, took)
		}
	}
	r.goal = "0 B/s, p99 12 ms, 2 % CPU, 150 MB"
	r.held = r.bytes == 0 && centile(r.keys, 99) <= 12*time.Millisecond && r.cpu < 0.02 && r.memory < 150e6
	return r
}

// arriving measures a screen that follows a file into which so many records a second are written.
func arriving(t *testing.T, program string, lines [][]byte, rate, width, height int) wireRow {
	path := filepath.Join(t.TempDir(), "app.log")
	stop := writeInto(t, path, lines, rate)
	defer stop()
	args := []string{path}
	if program == current {
		args = []string{"tail", path}
	}
	s := inTerminal(t, width, height, nil, args...)
	s.shows(`"?(INFO|DEBUG)"?`)
	s.within = time.Second // a letter that is not seen by then counts as that
	<-time.After(2 * time.Second)
	r := s.listen(wireRow{program: program, what: fmt.Sprintf("following %d records/s", rate), width: width, height: height})
	s.press(map[string]string{current: "&", "lnav": "/"}[program])
	<-time.After(300 * time.Millisecond)
	for _, letter := range "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρστυφχψω" { // no record has them
		r.keys = append(r.keys, s.typed(string(letter)))
		<-time.After(50 * time.Millisecond)
		s.press("\x7f")
		<-time.After(50 * time.Millisecond)
	}
	r.goal = "p99 25 ms"
	r.held = centile(r.keys, 99) <= 25*time.Millisecond
	if width == screenWidth {
		r.goal, r.held = "20 kB/s, "+r.goal, r.held && r.bytes <= 20_000
	}
	return r
}

// writeInto writes so many records a second, with the time of writing, into a new file until it is stopped.
func writeInto(t *testing.T, path string, lines [][]byte, rate int) (stop func()) {
	const step = 40 * time.Millisecond
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	end, ended, b, at := make(chan struct{}), make(chan struct{}), []byte(nil), 0
	write := func() {
		b = b[:0]
		for range int(float64(rate) * step.Seconds()) {
			b = append(time.Now().UTC().AppendFormat(append(b, stampedFrom...), "2006-01-02T15:04:05.000Z"), lines[at%len(lines)]...)
			at++
		}
		_, err = f.Write(b)
	}
	write()
	go func() {
		defer close(ended)
		tick := time.NewTicker(step)
		defer tick.Stop()
		for err == nil {
			select {
			case <-end:
				return
			case <-tick.C:
				write()
			}
		}
	}()
	return func() {
		close(end)
		<-ended
		if f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// stampedFrom is how a line of the corpus begins, before its time.
const stampedFrom = `{"timestamp":"`

// someLines are the first of a corpus of JSON from behind their times.
func someLines(t *testing.T, path string, n int) (lines [][]byte) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); len(lines) < n && s.Scan(); {
		line, ok := bytes.CutPrefix(s.Bytes(), []byte(stampedFrom))
		end := bytes.IndexByte(line, '"')
		if !ok || end < 0 {
			t.Fatalf("%s: %.60q", path, line)
		}
		lines = append(lines, append(bytes.Clone(line[end:]), '\n'))
	}
	return lines
}

// listen counts what the program writes and takes while nobody does anything.
func (s *terminal) listen(r wireRow) wireRow {
	pid := s.cmd.Process.Pid
	wrote, cpu := s.written(), spent(s.t, pid)
	<-time.After(wireListens)
	r.bytes = int64(float64(s.written()-wrote) / wireListens.Seconds())
	r.cpu = (spent(s.t, pid) - cpu).Seconds() / wireListens.Seconds()
	r.memory = highWater(pid)
	return r
}

// written is how many bytes the program has written.
func (s *terminal) written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wrote.Len()
}

// quiet waits until nothing was written for so long, at most ten times as long, as some
// programs show a clock; when the last was.
func (s *terminal) quiet(long time.Duration) (last time.Time) {
	for enough := time.After(10 * long); ; {
		s.mu.Lock()
		more := s.more
		s.mu.Unlock()
		select {
		case <-more:
			last = time.Now()
		case <-time.After(long):
			return last
		case <-enough:
			return last
		}
	}
}

// answer is how long the last byte of the answer to a key takes; 0: nothing came.
func (s *terminal) answer(key string) time.Duration {
	begun := time.Now()
	s.press(key)
	if last := s.quiet(40 * time.Millisecond); !last.IsZero() {
		return last.Sub(begun)
	}
	return 0
}

// typed is how long a text that is typed takes to be written; s.within where it is not.
func (s *terminal) typed(text string) time.Duration {
	from, begun := s.written(), time.Now()
	s.press(text)
	for late := time.After(s.within); ; {
		s.mu.Lock()
		seen, more := bytes.Contains(s.wrote.Bytes()[from:], []byte(text)), s.more
		s.mu.Unlock()
		if seen {
			return time.Since(begun)
		}
		select {
		case <-more:
		case <-late:
			return s.within
		}
	}
}

// centile is the value that so many hundredths are not above.
func centile(of []time.Duration, n int) time.Duration {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	return sorted[(len(sorted)-1)*n/100]
}

func printWire(rows []wireRow) {
	fmt.Println("\nThe screen")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.DiscardEmptyColumns)
	fmt.Fprintln(w, "\tsize\tkB/s\tCPU\tmemory\tkey p50\tkey p99\tgoal\t\t")
	for _, r := range rows {
		goal, held := "", ""
		if r.program == current {
			goal, held = r.goal, map[bool]string{true: "held", false: "short"}[r.held]
		}
		fmt.Fprintf(w, "%s\t%dx%d\t%.1f\t%.1f %%\t%s\t%s\t%s\t%s\t%s\t\n", padded(strings.TrimSpace(r.program+", "+r.what)), r.width, r.height, float64(r.bytes)/1e3,
			100*r.cpu, megabytes(r.memory), milliseconds(centile(r.keys, 50)), milliseconds(centile(r.keys, 99)), goal, held)
	}
	w.Flush()
}
