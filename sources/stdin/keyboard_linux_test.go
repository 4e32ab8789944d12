package stdin

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// keyboardCheck in the environment makes this test binary open the keyboard and say whether there is one.
const keyboardCheck = "LX_TEST_KEYBOARD"

func TestMain(m *testing.M) {
	if os.Getenv(keyboardCheck) == "" {
		os.Exit(m.Run())
	}
	f, err := Keyboard()
	switch {
	case err == nil:
		f.WriteString("keyboard")
	case errors.Is(err, syscall.ENXIO):
		os.Stdout.WriteString("none")
	default:
		os.Stdout.WriteString(err.Error())
	}
}

// check runs the check in a session of its own, on a terminal or none.
func check(t *testing.T, terminal *os.File) string {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), keyboardCheck+"=1")
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if terminal != nil {
		c.SysProcAttr.Setctty = true
		c.SysProcAttr.Ctty = 3
		c.ExtraFiles = []*os.File{terminal}
	}
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// The keyboard is the terminal of the session, whatever standard input is.
func TestKeyboard(t *testing.T) {
	if got := check(t, nil); got != "none" {
		t.Errorf("without a terminal: %q", got)
	}
	master, slave := terminals(t)
	if got := check(t, slave); got != "" {
		t.Errorf("on a terminal: %q", got)
	}
	b := make([]byte, 100)
	if n, err := master.Read(b); !strings.HasPrefix(string(b[:n]), "keyboard") {
		t.Errorf("the terminal got %q, %v", b[:n], err)
	}
}
