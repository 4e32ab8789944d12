package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// cooked reports whether a terminal takes lines, as a shell leaves it.
func cooked(t *testing.T, f *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&(unix.ICANON|unix.ECHO) == unix.ICANON|unix.ECHO
}

// until waits for a condition that nothing announces.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("in vain: %s", what)
		}
	}
}

// all is what was written so far.
func (s *terminal) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wrote.String()
}

// faulty is a screen that panics where it is told to.
type faulty struct{ where string }

func (f faulty) panics(where string) {
	if f.where == where {
		panic("the panic of " + where + " \x1b[2J")
	}
}

func (f faulty) Init() tea.Cmd {
	f.panics("Init")
	return func() tea.Msg { return 1 }
}

func (f faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if msg != 1 {
		return f, nil
	}
	f.panics("Update")
	command := func() tea.Msg { f.panics("a command"); return nil }
	ofBatch := func() tea.Msg { f.panics("a command of a batch"); return nil }
	return f, tea.Batch(tea.Batch(ofBatch, ofBatch), command)
}

func (f faulty) View() tea.View {
	f.panics("View")
	v := tea.NewView("screen")
	v.AltScreen = true
	return v
}

// After a panic the terminal is as before, and what it was stands on its own screen.
func TestScreenPanics(t *testing.T) {
	t.Parallel()
	f := func(where string) {
		t.Helper()
		master, slave := openTerminal(t)
		defer master.Close()
		read := make(chan string)
		go func() {
			b, _ := io.ReadAll(master) // ends with EIO once the other side is closed
			read <- string(b)
		}()
		p := &program{in: slave, out: slave, err: slave, terminal: true, now: time.Now}
		err := p.show(t.Context(), faulty{where}, slave)
		var s *status
		if !errors.As(err, &s) || s.code != exitFault {
			t.Errorf("%s: %v", where, err)
		}
		if !cooked(t, slave) {
			t.Errorf("%s: the terminal stays in raw mode", where)
		}
		slave.Close()
		wrote := <-read
		left := strings.LastIndex(wrote, leaveAlternate)
		if left < strings.LastIndex(wrote, enterAlternate) || strings.LastIndex(wrote, "\x1b[?25h") < strings.LastIndex(wrote, "\x1b[?25l") {
			t.Errorf("%s: the screen is not left: %q", where, wrote)
		}
		told := wrote[max(left, 0):]
		if !strings.Contains(told, "lx: a fault of lx itself: the panic of "+where+` \x1b[2J`) || !strings.Contains(told, "faulty.panics") || strings.Count(wrote, "the panic of") != 1 {
			t.Errorf("%s: not told as it should be: %q", where, wrote)
		}
	}
	f("Init")
	f("Update")
	f("View")
	f("a command")
	f("a command of a batch")
}

// The terminal hangs up: lx ends soon, whether it is told by a signal or finds the terminal gone.
func TestScreenHangUp(t *testing.T) {
	t.Parallel()
	f := func(statuses string, c *exec.Cmd) {
		t.Helper()
		c.Env = terminalEnv(t.TempDir())
		s := onTerminal(t, 80, 24, c)
		s.shows(`order 999 declined`)
		pid := s.cmd.Process.Pid
		s.press("k") // the answer ends a reading of the terminal, without which it does not close
		s.master.Close()
		ended := make(chan struct{})
		go func() { _ = s.cmd.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(patience):
			t.Fatalf("%v: %d goes on without a terminal", c.Args, pid)
		}
		if got := fmt.Sprint(s.cmd.ProcessState.ExitCode()); !regexp.MustCompile(statuses).MatchString(got) {
			t.Errorf("%v: exit status %s", c.Args, got)
		}
	}
	path := logFile(t, "shop.log", shopLog(1000))
	f(`^130$`, exec.Command("lx", path))
	f(`^130$`, exec.Command("sh", "-c", `trap "" HUP; exec lx "$0"`, path)) // as nohup has it
}

// SIGTERM and SIGINT from outside, while records come: the terminal is given back.
func TestScreenSignals(t *testing.T) {
	t.Parallel()
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP) // what nohup has this process ignore, lx would ignore too
	defer signal.Stop(heard)
	for _, sig := range []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		s, out := exploringPipe(t)
		go func() {
			for {
				if _, err := io.WriteString(out, shopLog(100)); err != nil {
					return
				}
			}
		}()
		s.shows(`order 99 declined`)
		_ = s.cmd.Process.Signal(sig)
		status, wrote := s.ends()
		if status != exitInterrupted || strings.LastIndex(wrote, leaveAlternate) < strings.LastIndex(wrote, enterAlternate) || !cooked(t, s.master) {
			t.Errorf("%v: exit status %d: %q", sig, status, wrote[max(0, len(wrote)-200):])
		}
		out.Close()
	}
}

// stopped reports whether a process is stopped.
func stopped(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	i := bytes.LastIndexByte(stat, ')')
	return err == nil && len(stat) > i+2 && stat[i+2] == 'T'
}

// Stopped, the terminal is as a shell needs it; continued, the screen is there again.
func TestScreenStops(t *testing.T) {
	t.Parallel()
	path := logFile(t, "shop.log", shopLog(1000))
	c := exec.Command("lx-job", path, path+".pid")
	c.Env = terminalEnv(t.TempDir())
	s := onTerminal(t, 80, 24, c)
	s.shows(`order 999 declined`)
	var pid int
	until(t, "the process's id", func() bool {
		b, _ := os.ReadFile(path + ".pid")
		_, err := fmt.Sscanf(string(b), "%d\n", &pid)
		return err == nil && bytes.HasSuffix(b, []byte("\n"))
	})
	stop := func(how func()) {
		t.Helper()
		how()
		until(t, "a stop", func() bool { return stopped(pid) })
		until(t, "the terminal as it was before", func() bool {
			wrote := s.all()
			return cooked(t, s.master) && strings.LastIndex(wrote, leaveAlternate) > strings.LastIndex(wrote, enterAlternate) &&
				strings.LastIndex(wrote, "\x1b[?25h") > strings.LastIndex(wrote, "\x1b[?25l")
		})
		s.mu.Lock()
		s.screen = newGrid(80, 24) // a shell writes
		s.mu.Unlock()
		if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		s.shows(`(?s)order 990 accepted.*order 999 declined`)
		until(t, "raw mode", func() bool { return !cooked(t, s.master) })
	}
	stop(func() { s.press("\x1a") })
	stop(func() { _ = syscall.Kill(pid, syscall.SIGTSTP) })
	stop(func() { s.press("\x1a") })

	_ = syscall.Kill(pid, syscall.SIGSTOP) // gives no warning; the shell sets the terminal as it likes it
	until(t, "a stop", func() bool { return stopped(pid) })
	state, err := unix.IoctlGetTermios(int(s.master.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.screen = newGrid(80, 24)
	s.mu.Unlock()
	state.Lflag |= unix.ICANON | unix.ECHO
	if err := unix.IoctlSetTermios(int(s.master.Fd()), unix.TCSETS, state); err != nil {
		t.Fatal(err)
	}
	_ = syscall.Kill(pid, syscall.SIGCONT)
	s.shows(`(?s)order 990 accepted.*order 999 declined`)
	until(t, "raw mode", func() bool { return !cooked(t, s.master) })
	s.leaves("q")
}

// Where nobody can continue lx, Ctrl-z and SIGTSTP stop nothing, and it is not stuck.
func TestScreenStopsInVain(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(1000)))
	s.shows(`order 999 declined`)
	f := func(stop func()) {
		t.Helper()
		entered := strings.Count(s.all(), enterAlternate)
		stop()
		until(t, "the screen again", func() bool { return strings.Count(s.all(), enterAlternate) > entered && !cooked(t, s.master) })
		s.press("&\x15declined\r")
		s.shows(`100 of 1,000`)
		s.press("&\x15accepted\r")
		s.shows(`900 of 1,000`)
	}
	f(func() { s.press("\x1a") })
	f(func() { s.press("\x1a") })
	f(func() { _ = s.cmd.Process.Signal(syscall.SIGTSTP) })
	s.leaves("q")
}

// Terminals that can less, or say nothing of what they can, show the screen all the same.
func TestScreenOddTerminals(t *testing.T) {
	t.Parallel()
	path := logFile(t, "shop.log", shopLog(1000))
	f := func(width, height int, shows string, env ...string) {
		t.Helper()
		c := exec.Command("lx", path)
		c.Env = terminalEnv(t.TempDir(), env...)
		s := onTerminal(t, width, height, c)
		s.shows(shows)
		s.press("k")
		s.leaves("q")
	}
	for _, term := range []string{"linux", "vt100", "vt220", "xterm", "screen", "tmux-256color", "xterm-kitty", "no-such-terminal", ""} {
		f(80, 24, `(?s)order 990 accepted.*order 999 declined`, "TERM="+term)
	}
	f(80, 24, `order 999 declined`, "TERM=vt100", "TERMINFO=/nonexistent", "LC_ALL=C", "LANG=C")
	f(20, 5, `(?m)^.*999`)
	f(500, 200, `(?s)order 850 accepted.*order 999 declined`)
	f(1, 1, `.`)
	f(1, 24, `.`)
	f(80, 1, `.`)
}

// A terminal that shows lines alone gets lines.
func TestDumbTerminal(t *testing.T) {
	t.Parallel()
	c := exec.Command("lx", logFile(t, "shop.log", shopLog(10)))
	c.Env = terminalEnv(t.TempDir(), "TERM=dumb")
	s := onTerminal(t, 80, 24, c)
	status, wrote := s.ends()
	if status != 0 || strings.Count(wrote, "\n") != 10 || strings.Contains(wrote, "\x1b") {
		t.Errorf("exit status %d: %q", status, wrote)
	}
}
