package stdin

import (
	"context"
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// terminals makes a terminal: what is written to slave can be read from master.
func terminals(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close() })
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
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

// What is typed comes line by line, and ends with control-D.
func TestTerminal(t *testing.T) {
	master, slave := terminals(t)
	s, done := start(t.Context(), slave)
	master.WriteString("typed\n")
	if got := <-s.came; got != "typed\n" {
		t.Errorf("%q", got)
	}
	master.WriteString("\x04")
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTerminalEndsWithContext(t *testing.T) {
	master, slave := terminals(t)
	ctx, cancel := context.WithCancel(t.Context())
	s, done := start(ctx, slave)
	master.WriteString("typed\n")
	<-s.came
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
