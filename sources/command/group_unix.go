//go:build unix

package command

import (
	"os/exec"
	"syscall"
)

const asks = true

// isolate gives the command a process group of its own, so that what it starts can
// be ended with it, and a Ctrl-c at the terminal is lx's alone.
func isolate(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func terminate(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGTERM) } // it may be gone

func kill(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
