package main

import (
	"os"
	"regexp"
	"testing"
)

// The terminal is asked nothing: over a slow link its answer would arrive as keys.
func TestNoQuestionsToTheTerminal(t *testing.T) {
	question := regexp.MustCompile(`\x1b\[\?[0-9]+\$p|\x1b\[\?u|\x1b\[[>=]?0?c|\x1b\[\??6n|\x1b\]1[01];\?|\x1b\[>0?q`)
	path := logFile(t, "shop.log", shopLog(100))
	for _, remote := range []bool{false, true} {
		t.Setenv("SSH_TTY", "/dev/pts/0")
		if !remote {
			os.Unsetenv("SSH_TTY")
		}
		s := inTerminal(t, 80, 24, nil, path)
		s.shows(`order 99 declined`)
		s.press("&declined\r")
		s.shows(`10 of 100`)
		s.press("q")
		if status, wrote := s.ends(); status != 0 || question.MatchString(wrote) {
			t.Errorf("SSH_TTY set: %t: status %d, asks %q", remote, status, question.FindAllString(wrote, -1))
		}
	}
}
