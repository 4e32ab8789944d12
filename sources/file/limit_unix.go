//go:build unix

package file

import "syscall"

// openFiles is how many files the process may have open.
func openFiles() int {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil {
		return leastFiles
	}
	return int(min(uint64(l.Cur), mostFiles))
}
