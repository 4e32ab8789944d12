package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"
)

// patience is how long a terminal is usually given to show what a test waits for.
const patience = time.Minute

// A terminal runs lx on a pseudo-terminal and keeps what it wrote.
type terminal struct {
	t      *testing.T
	master *os.File
	cmd    *exec.Cmd
	within time.Duration // how long it is given to show what is waited for
	ended  chan struct{} // closed when the program has ended and all it wrote was read

	mu     sync.Mutex
	wrote  bytes.Buffer // all bytes
	screen *grid
	more   chan struct{} // closed at the next bytes
}

// inTerminal starts lx on a terminal of that size. stdin is what it reads there; nil is the terminal.
func inTerminal(t *testing.T, width, height int, stdin *os.File, args ...string) *terminal {
	t.Helper()
	return inTerminalAt(t, t.TempDir(), width, height, stdin, args...)
}

// inTerminalAt is inTerminal with lx's configuration and cache in home.
func inTerminalAt(t *testing.T, home string, width, height int, stdin *os.File, args ...string) *terminal {
	t.Helper()
	c := exec.Command("lx", args...)
	c.Env = terminalEnv(home)
	if stdin != nil {
		c.Stdin = stdin
	}
	return onTerminal(t, width, height, c)
}

// terminalEnv is the environment of a program on a terminal, with lx's configuration and cache in home.
func terminalEnv(home string, more ...string) []string {
	env := append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_STATE_HOME="+home, "TZ=UTC", "LC_ALL=C.UTF-8",
		"TERM=xterm-256color", "NO_COLOR=", "COLORFGBG=")
	return append(env, more...)
}

// openTerminal opens a pseudo-terminal: the side of the emulator, and that of the program.
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// onTerminal starts a program on a terminal of that size, which is its standard input if it has none.
func onTerminal(t *testing.T, width, height int, c *exec.Cmd) *terminal {
	t.Helper()
	master, slave := openTerminal(t)
	defer slave.Close()
	s := &terminal{t: t, master: master, within: patience, ended: make(chan struct{}), more: make(chan struct{})}
	s.resize(width, height)
	s.cmd = c
	c.Stdout, c.Stderr = slave, slave
	if c.Stdin == nil {
		c.Stdin = slave
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
		_ = s.cmd.Wait()
		master.Close()
	})
	return s
}

func (s *terminal) read() {
	defer close(s.ended)
	b := make([]byte, 64<<10)
	for {
		n, err := s.master.Read(b) // fails with EIO once the program has ended
		s.mu.Lock()
		s.wrote.Write(b[:n])
		s.screen.write(b[:n])
		close(s.more)
		s.more = make(chan struct{})
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *terminal) resize(width, height int) {
	s.t.Helper()
	if err := unix.IoctlSetWinsize(int(s.master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(height), Col: uint16(width)}); err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	s.screen = newGrid(width, height)
	s.mu.Unlock()
	if s.cmd != nil {
		_ = s.cmd.Process.Signal(syscall.SIGWINCH)
	}
}

func (s *terminal) press(keys string) {
	s.t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// shows waits until the screen matches the pattern and returns it.
func (s *terminal) shows(pattern string) string {
	s.t.Helper()
	want := regexp.MustCompile(pattern)
	late := time.After(s.within)
	for {
		s.mu.Lock()
		shown, more := s.screen.String(), s.more
		s.mu.Unlock()
		if want.MatchString(shown) {
			return shown
		}
		select {
		case <-more:
		case <-s.ended:
			s.t.Fatalf("the program ended and the screen does not show %s:\n%s", pattern, shown)
		case <-late:
			s.t.Fatalf("the screen does not show %s:\n%s", pattern, shown)
		}
	}
}

// ends waits until the program has ended and returns its exit status and all that it wrote.
func (s *terminal) ends() (status int, wrote string) {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(s.within):
		s.goesOn()
	}
	_ = s.cmd.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cmd.ProcessState.ExitCode(), s.wrote.String()
}

// goesOn fails the test of a program that should have ended, with where its goroutines are.
func (s *terminal) goesOn() {
	s.t.Helper()
	s.mu.Lock()
	shown, before := s.screen.String(), s.wrote.Len()
	s.mu.Unlock()
	_ = s.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case <-s.ended:
	case <-time.After(s.within):
	}
	s.t.Fatalf("the program goes on:\n%s\n%s", shown, s.all()[before:])
}

// A grid is the cells of a terminal: as much of one as is needed to see what a program drew.
type grid struct {
	cells    [][]string
	row, col int
	top, end int // the rows that scroll: from top, before end
	last     string
	parser   *ansi.Parser
}

func newGrid(width, height int) *grid {
	g := &grid{cells: make([][]string, height), end: height, parser: ansi.NewParser()}
	for i := range g.cells {
		g.cells[i] = make([]string, width)
	}
	g.parser.SetHandler(ansi.Handler{
		Print:   func(r rune) { g.print(string(r)) },
		Execute: g.control,
		HandleCsi: func(c ansi.Cmd, p ansi.Params) {
			if c.Intermediate() == 0 {
				g.csi(c.Prefix(), c.Final(), p)
			}
		},
		HandleEsc: func(c ansi.Cmd) {
			if c.Final() == 'M' {
				g.up()
			}
		},
	})
	return g
}

func (g *grid) write(b []byte) {
	for _, c := range b {
		g.parser.Advance(c)
	}
}

// String is the screen, a line a row, without blanks at the ends.
func (g *grid) String() string {
	var b strings.Builder
	for _, row := range g.cells {
		line := ""
		for _, c := range row {
			switch c {
			case "":
				c = " "
			case second:
				c = ""
			}
			line += c
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func (g *grid) print(text string) {
	width := ansi.StringWidthWc(text)
	if width == 0 && g.col > 0 { // a mark on the letter before
		i := g.col - 1
		for i > 0 && g.cells[g.row][i] == second {
			i--
		}
		g.cells[g.row][i] += text
		return
	}
	if g.col+width > len(g.cells[0]) {
		g.col = 0
		g.down()
	}
	g.cells[g.row][g.col], g.last = text, text
	for i := 1; i < width; i++ {
		g.cells[g.row][g.col+i] = second
	}
	g.col += max(width, 1)
}

// second is the second cell of a wide character.
const second = "\x00"

func (g *grid) control(c byte) {
	switch c {
	case '\r':
		g.col = 0
	case '\n':
		g.down()
	case '\b':
		g.col = max(g.col-1, 0)
	case '\t':
		g.col = min((g.col/8+1)*8, len(g.cells[0])-1)
	}
}

func (g *grid) down() {
	if g.row == g.end-1 {
		g.scroll(g.top, 1)
	} else {
		g.row = min(g.row+1, len(g.cells)-1)
	}
}

func (g *grid) up() {
	if g.row == g.top {
		g.scroll(g.top, -1)
	} else {
		g.row = max(g.row-1, 0)
	}
}

// scroll moves the rows from one on up by n, or down.
func (g *grid) scroll(from, n int) {
	for ; n > 0; n-- {
		copy(g.cells[from:g.end], g.cells[from+1:g.end])
		g.cells[g.end-1] = make([]string, len(g.cells[0]))
	}
	for ; n < 0; n++ {
		copy(g.cells[from+1:g.end], g.cells[from:g.end-1])
		g.cells[from] = make([]string, len(g.cells[0]))
	}
}

func (g *grid) csi(prefix, final byte, p ansi.Params) {
	n, _, _ := p.Param(0, 1)
	n = max(n, 1)
	mode, _, _ := p.Param(0, 0)
	width, height := len(g.cells[0]), len(g.cells)
	g.col = min(g.col, width-1)
	row := g.cells[g.row]
	switch {
	case prefix == '?' && final == 'h' && mode == 1049:
		g.erase(2)
		g.row, g.col, g.top, g.end = 0, 0, 0, height
	case prefix != 0:
	case final == 'A':
		g.row = max(g.row-n, 0)
	case final == 'B':
		g.row = min(g.row+n, height-1)
	case final == 'C':
		g.col = min(g.col+n, width-1)
	case final == 'D':
		g.col = max(g.col-n, 0)
	case final == 'G' || final == '`':
		g.col = min(n, width) - 1
	case final == 'd':
		g.row = min(n, height) - 1
	case final == 'H' || final == 'f':
		col, _, _ := p.Param(1, 1)
		g.row, g.col = min(n, height)-1, min(max(col, 1), width)-1
	case final == 'J':
		g.erase(mode)
	case final == 'K':
		clear(row[[]int{g.col, 0, 0}[mode]:[]int{width, g.col + 1, width}[mode]])
	case final == 'X':
		clear(row[g.col:min(g.col+n, width)])
	case final == 'b':
		for range n {
			g.print(g.last)
		}
	case final == '@':
		n = min(n, width-g.col)
		copy(row[g.col+n:], row[g.col:])
		clear(row[g.col : g.col+n])
	case final == 'P':
		n = min(n, width-g.col)
		copy(row[g.col:], row[g.col+n:])
		clear(row[width-n:])
	case final == 'L':
		g.scroll(g.row, -n)
	case final == 'M':
		g.scroll(g.row, n)
	case final == 'S':
		g.scroll(g.top, n)
	case final == 'T':
		g.scroll(g.top, -n)
	case final == 'r':
		end, _, _ := p.Param(1, height)
		g.top, g.end, g.row, g.col = n-1, min(end, height), 0, 0
	}
}

func (g *grid) erase(mode int) {
	for i := range g.cells {
		switch {
		case mode >= 2 || mode == 0 && i > g.row || mode == 1 && i < g.row:
			clear(g.cells[i])
		case i == g.row && mode == 0:
			clear(g.cells[i][g.col:])
		case i == g.row && mode == 1:
			clear(g.cells[i][:g.col+1])
		}
	}
}
