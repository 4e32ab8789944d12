package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// job does what a shell with job control does: it runs lx on a file in a process
// group of its own, in the foreground of the terminal, where it can be stopped. It
// writes the id of that process into the file that its second argument names.
func job() {
	signal.Ignore(syscall.SIGTTOU)
	c := exec.Command("lx", os.Args[1])
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Foreground: true, Ctty: 0}
	err := c.Start()
	if err == nil {
		err = os.WriteFile(os.Args[2], fmt.Appendln(nil, c.Process.Pid), 0o600)
	}
	if err == nil {
		err = c.Wait()
	}
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		os.Exit(ended.ExitCode())
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFault)
	}
}
