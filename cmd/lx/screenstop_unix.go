//go:build unix && !linux

package main

import (
	"os"
	"syscall"
)

// heard are the signals that a screen acts on. SIGTSTP from another program stops it as it
// is: os/signal cannot give a signal back that it has once caught.
var heard = []os.Signal{syscall.SIGCONT}

// stopping runs f with SIGTSTP as the system has it.
func stopping(f func()) { f() }
