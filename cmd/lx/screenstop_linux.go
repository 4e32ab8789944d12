package main

import (
	"os"
	"syscall"
	"unsafe"
)

// heard are the signals that a screen acts on.
var heard = []os.Signal{syscall.SIGTSTP, syscall.SIGCONT}

// sigaction is the kernel's, as wide as all that it writes.
type sigaction struct {
	handler, flags, restorer uintptr
	mask                     [16]byte
}

// stopping runs f with SIGTSTP as the system has it. os/signal cannot give a signal
// back that it has once caught: it is ignored from then on.
func stopping(f func()) {
	var theirs, ours sigaction
	if !act(&theirs, &ours) {
		return
	}
	defer act(&ours, nil)
	f()
}

// act sets what SIGTSTP does, and tells what it did.
func act(now, before *sigaction) bool {
	const sizeOfMask = 8
	_, _, errno := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(syscall.SIGTSTP), uintptr(unsafe.Pointer(now)), uintptr(unsafe.Pointer(before)), sizeOfMask, 0, 0)
	return errno == 0
}
