//go:build unix

package store

import (
	"os"
	"syscall"
)

// directly opens what stands at the path, and no more.
const directly = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// closedTo reports whether a file is the user's, and gives others none of these permissions.
func closedTo(info os.FileInfo, others os.FileMode) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Geteuid() && info.Mode().Perm()&others == 0
}
