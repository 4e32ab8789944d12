//go:build unix

package file

import (
	"errors"
	"os"
	"syscall"
)

// place is what two descriptors of the same file have in common.
func place(_ *os.File, info os.FileInfo) (device, inode uint64, err error) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, errors.ErrUnsupported
	}
	return uint64(s.Dev), uint64(s.Ino), nil
}

// deleted reports whether an open file has no name any more.
func deleted(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink == 0
}
