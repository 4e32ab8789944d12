package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// logFile writes a log of that name into a folder of its own.
func logFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shopLog is n records; every tenth is an error.
func shopLog(n int) string {
	var b strings.Builder
	for i := range n {
		level, text := "info", "accepted"
		if i%10 == 9 {
			level, text = "error", "declined"
		}
		fmt.Fprintf(&b, `{"ts":"2026-03-14T08:%02d:%02dZ","level":"%s","service":"orders","msg":"order %d %s","shop":"north"}`+"\n", i/60%60, i%60, level, i, text)
	}
	return b.String()
}

const (
	enterAlternate = "\x1b[?1049h"
	leaveAlternate = "\x1b[?1049l"
)

// leaves presses keys that quit, and checks that the terminal is as before.
func (s *terminal) leaves(keys string) {
	s.t.Helper()
	before, err := unix.IoctlGetTermios(int(s.master.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	if before.Lflag&unix.ICANON != 0 {
		s.t.Error("the terminal is not in raw mode while the screen is open")
	}
	s.press(keys)
	status, wrote := s.ends()
	if status != 0 {
		s.t.Errorf("exit status %d:\n%s", status, wrote[max(0, len(wrote)-500):])
	}
	if in, out := strings.LastIndex(wrote, enterAlternate), strings.LastIndex(wrote, leaveAlternate); in < 0 || out < in {
		s.t.Errorf("the alternate screen was entered at %d and left at %d", in, out)
	}
	if on, off := strings.LastIndex(wrote, "\x1b[?25h"), strings.LastIndex(wrote, "\x1b[?25l"); on < off {
		s.t.Error("the cursor stays hidden")
	}
	after, err := unix.IoctlGetTermios(int(s.master.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	if after.Lflag&(unix.ICANON|unix.ECHO) != unix.ICANON|unix.ECHO {
		s.t.Error("the terminal stays in raw mode")
	}
}

// From a file on the screen to its errors, one of them in detail, and out again.
func TestExploreFile(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(1000)))
	s.shows(`order 999 declined`)
	s.press("&")
	s.shows(`Enter apply`)
	s.press("level:(")
	s.press("\r")
	s.shows(`expected a value`)
	s.press("\x15declined\r")
	s.shows(`(?s)order 979 declined.*order 989 declined.*order 999 declined`)
	s.shows(`100 of 1,000`)
	s.press("\r")
	s.shows(`shop\s.*north`)
	s.press("\x1b")
	s.shows(`(?s)order 989 declined.*order 999 declined`)
	s.leaves("q")
}

// exploringPipe runs lx on a pipe that has brought 30 records, and goes on.
func exploringPipe(t *testing.T) (s *terminal, out *os.File) {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	s = inTerminal(t, 80, 24, in)
	in.Close()
	fmt.Fprint(out, shopLog(30))
	s.shows(`order 29 declined`)
	return s, out
}

// What is piped in is shown while it comes, and the keys come from the terminal.
func TestExplorePipe(t *testing.T) {
	t.Parallel()
	s, out := exploringPipe(t)
	fmt.Fprint(out, `{"ts":"2026-03-14T09:00:00Z","level":"warn","msg":"one more"}`+"\n")
	s.shows(`one more`)
	s.press("&more\r")
	s.shows(`1 of 31`)
	out.Close()
	s.press("q")
	s.shows(`31 records kept nowhere else`)
	s.leaves("q")
}

// However the window is drawn, the screen is whole in the end.
func TestExploreResizeStorm(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(1000)))
	s.shows(`order 999 declined`)
	for i := range 200 {
		s.resize(1+i*37%200, 1+i*13%60)
	}
	s.resize(1, 1)
	s.resize(100, 30)
	s.shows(`(?s)order 990 accepted.*order 999 declined`)
	s.leaves("q")
}

// A missing file is told once the screen is left, and by the exit status.
func TestExploreMissingFile(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(10)), "missing.log")
	s.shows(`order 9 declined`)
	s.press("q")
	status, wrote := s.ends()
	if status != exitSource || !strings.Contains(wrote[strings.LastIndex(wrote, leaveAlternate):], "missing.log: no such file") {
		t.Errorf("exit status %d:\n%q", status, wrote[max(0, len(wrote)-300):])
	}
}

// Records on a terminal without the screen pass the sanitiser, too.
func TestQueryOnTerminal(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, "query", "*", logFile(t, "evil.log", "2026-03-14 08:00:00 INFO \x1b]0;title\x07\x1b[2Jvisible\n"))
	if status, wrote := s.ends(); status != 0 || !strings.Contains(wrote, "visible") || strings.Contains(wrote, "\x1b]0;") || strings.Contains(wrote, "\x1b[2J") {
		t.Errorf("exit status %d: %q", status, wrote)
	}
}

// Ended from outside, the terminal is given back as it was.
func TestExploreTerminated(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(1000)))
	s.shows(`order 999 declined`)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	status, wrote := s.ends()
	if status != exitInterrupted || strings.LastIndex(wrote, leaveAlternate) < strings.LastIndex(wrote, enterAlternate) {
		t.Errorf("exit status %d: %q", status, wrote[max(0, len(wrote)-200):])
	}
}

// Ctrl-c twice quits, also while a pipe is being read.
func TestExploreInterrupted(t *testing.T) {
	t.Parallel()
	s, _ := exploringPipe(t)
	s.press("\x03")
	s.shows(`Ctrl-c again quits`)
	s.press("\x03\x03") // twice within two seconds, however late the first was shown
	status, wrote := s.ends()
	if after := wrote[strings.LastIndex(wrote, leaveAlternate):]; status != exitDone || !strings.Contains(after, "the command before the pipe still runs") {
		t.Errorf("exit status %d: %q", status, after)
	}
}

// The screen needs a terminal to write to: into a pipe go plain lines.
func TestExploreIntoPipe(t *testing.T) {
	t.Parallel()
	path := logFile(t, "shop.log", shopLog(3))
	if out := printed(t, runOf(t, nil, path), exitDone); string(out) != shopLog(3) {
		t.Errorf("%q", out)
	}
}
