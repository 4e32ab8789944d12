package store

import "os"

// openPrivate opens a file for reading that belongs to the user, who alone may
// read it. It follows no link, and waits for nothing.
func openPrivate(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|directly, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || !closedTo(info, 0o077)) {
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
	return err == nil && info.IsDir() && closedTo(info, 0o022)
}
