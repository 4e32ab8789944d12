//go:build linux || darwin || freebsd

package store

import "golang.org/x/sys/unix"

// freeDisk is how many bytes can still be written in a folder; false where the system does not say.
func freeDisk(folder string) (int64, bool) {
	var s unix.Statfs_t
	if unix.Statfs(folder, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
