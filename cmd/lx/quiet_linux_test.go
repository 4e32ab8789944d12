package main

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// question is what a terminal answers: modes (DECRQM), kitty's keyboard, device attributes, XTVERSION, status and
// place (DSR), XTGETTCAP, colours and the clipboard (OSC with ?), the window (XTWINOPS reports).
var question = regexp.MustCompile(`\x1b\[\??[0-9;]*\$p|\x1b\[\?u|\x1b\[[>=]?[0-9]*c|\x1b\[\??[0-9]*n|\x1b\[>[0-9]*q|\x1bP[+$]q|\x1b\][0-9;a-z]*;\?|\x1b\[1[1-9][;0-9]*t|\x1b\[2[01]t`)

// The terminal is asked nothing, whatever it says it is: over a slow link its answer would arrive as keys.
func TestNoQuestionsToTheTerminal(t *testing.T) {
	t.Parallel()
	path := logFile(t, "shop.log", shopLog(100))
	f := func(env ...string) {
		t.Helper()
		c := exec.Command("env", append(append([]string{"-u", "SSH_TTY", "-u", "SSH_CONNECTION", "-u", "TERM_PROGRAM", "-u", "WT_SESSION", "-u", "TMUX"}, env...), "lx", path)...)
		c.Env = terminalEnv(t.TempDir())
		s := onTerminal(t, 80, 24, c)
		s.shows(`order 99 declined`)
		s.press("&declined\r")
		s.shows(`(?s)>.*order 99 declined.*10 of 100`)
		s.press("\r")
		s.shows(`shop\s.*north`)
		s.press("\x1b")
		s.resize(100, 30)
		s.shows(`(?s)order 89 declined.*order 99 declined`)
		s.press("q")
		status, wrote := s.ends()
		if status != 0 || question.MatchString(wrote) {
			t.Errorf("%q: status %d, asks %q", env, status, question.FindAllString(wrote, -1))
		}
		if !strings.Contains(wrote, enterAlternate) {
			t.Errorf("%q: the screen was not opened", env)
		}
	}
	terms := []string{"xterm-256color", "screen", "tmux-256color", "xterm-kitty", "xterm-ghostty", "alacritty", "wezterm", "rio", "foot", "linux", "vt100"}
	programs := []string{"Apple_Terminal", "iTerm.app", "WezTerm", "vscode", "ghostty"}
	ssh := []string{"SSH_TTY=/dev/pts/0", "SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22"}
	for i, term := range terms { // each over SSH or not: which terminal it is decides what is asked, and SSH for all alike
		f(append([]string{"TERM=" + term}, ssh[:2*(i%2)]...)...)
	}
	f("TERM=xterm-256color", ssh[0], ssh[1])
	f("TERM=xterm-256color", "WT_SESSION=1f0c")
	f("TERM=screen-256color", "TMUX=/tmp/tmux-0/default,1,0", "TERM_PROGRAM=tmux")
	for i, program := range programs {
		f(append([]string{"TERM=xterm-256color", "TERM_PROGRAM=" + program}, ssh[:i%2]...)...)
	}
}
