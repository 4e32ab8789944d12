//go:build linux || darwin || freebsd

package place

import (
	"os"
	"syscall"
)

// diskRoom is how many bytes can be written in a folder, and how many its disk has;
// false where the system does not say.
func diskRoom(dir string) (free, total int64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), true
}

// lock waits until no other program has the lock. The system gives it back if this one dies.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_EX) // a file system that has no locks goes without
	return func() { _ = f.Close() }, nil
}
