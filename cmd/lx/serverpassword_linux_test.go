package main

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// asking starts lx on a terminal, with a fake server that wants a password.
func asking(t *testing.T) *terminal {
	server := fakeServer()
	t.Cleanup(server.Close)
	c := exec.Command("lx", "stats", "--es", server.URL+"/locked")
	c.Env = terminalEnv(t.TempDir(), "LX_ES_USERNAME=me")
	return onTerminal(t, 80, 24, c)
}

// A password that nobody gives is asked for, and does not show.
func TestPasswordIsAskedFor(t *testing.T) {
	t.Parallel()
	s := asking(t)
	s.shows("password of me on 127.*locked:")
	until(t, "the terminal shows nothing that is typed", func() bool { return !cooked(t, s.master) })
	s.press("open sesame\r")
	if code, wrote := s.ends(); code != exitDone || !strings.Contains(wrote, "records   0") || strings.Contains(wrote, "sesame") {
		t.Errorf("%d: %q", code, wrote)
	}
}

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	s := asking(t)
	s.shows("password of me on 127.*locked:")
	until(t, "the terminal shows nothing that is typed", func() bool { return !cooked(t, s.master) })
	s.press("hunter2\r")
	if code, wrote := s.ends(); code != exitSource || !strings.Contains(wrote, "refuses the user or the password (401") || strings.Contains(wrote, "hunter2") {
		t.Errorf("%d: %q", code, wrote)
	}
}

// An interrupt while it is asked leaves the terminal as it was.
func TestPasswordInterrupted(t *testing.T) {
	t.Parallel()
	s := asking(t)
	s.shows("password of me on 127.*locked:")
	until(t, "the terminal shows nothing that is typed", func() bool { return !cooked(t, s.master) })
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	until(t, "the terminal is as before", func() bool { return cooked(t, s.master) })
	if code, wrote := s.ends(); code != exitInterrupted {
		t.Errorf("%d: %q", code, wrote)
	}
}
