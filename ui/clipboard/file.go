package clipboard

import (
	"fmt"
	"os"
	"path/filepath"
)

// WriteFile writes the text to a new file that its user alone can read, for what
// the terminal does not take: in $XDG_RUNTIME_DIR, or else the folder for
// temporary files. Its name cannot be foretold, nothing that exists is opened, and
// so no link is followed. It is the user's to delete. The path is absolute.
func WriteFile(text string) (path string, err error) {
	f, err := create(os.Getenv("XDG_RUNTIME_DIR"))
	if err != nil {
		return "", fmt.Errorf("keeping the copy in a file: %w", err)
	}
	_, err = f.WriteString(text)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", fmt.Errorf("keeping the copy in a file: %w", err)
	}
	return f.Name(), nil
}

// create makes the file in the first folder that takes one. os.CreateTemp opens
// with O_EXCL and mode 0600.
func create(runtime string) (*os.File, error) {
	if filepath.IsAbs(runtime) {
		if f, err := os.CreateTemp(runtime, pattern); err == nil {
			return f, nil
		}
	}
	dir, err := filepath.Abs(os.TempDir())
	if err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, pattern)
}

const pattern = "lx-copy-*.txt"
