//go:build unix

package store

import (
	"os"
	"syscall"
)

// openPrivate opens a file for reading that belongs to the user, who alone may
// read it. It follows no link, and waits for nothing.
func openPrivate(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || !owned(info) || info.Mode().Perm()&0o077 != 0) {
		err = os.ErrPermission
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// private reports whether a folder is the user's, and nobody else can write to it.
func private(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.IsDir() && owned(info) && info.Mode().Perm()&0o022 == 0
}

func owned(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Geteuid()
}
