package tty

import (
	"os"
	"syscall"
	"time"
)

// readable reports whether f has something to read, now or within d.
func readable(f *os.File, d time.Duration) bool {
	const bits = 32
	until := time.Now().Add(d)
	fd := int(f.Fd())
	var set syscall.FdSet
	if fd/bits >= len(set.Bits) {
		return false
	}
	for {
		set = syscall.FdSet{}
		set.Bits[fd/bits] = 1 << (fd % bits)
		wait := syscall.NsecToTimeval(max(time.Until(until), 0).Nanoseconds())
		if err := syscall.Select(fd+1, &set, nil, nil, &wait); err != syscall.EINTR {
			return err == nil && set.Bits[fd/bits] != 0
		}
	}
}
