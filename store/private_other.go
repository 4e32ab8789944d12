//go:build !unix

package store

import "os"

// openPrivate opens a regular file for reading. The user's cache folder is one
// that others may not write to: the system sees to it.
func openPrivate(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrPermission
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// private reports whether a folder is one.
func private(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.IsDir()
}
