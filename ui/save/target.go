package save

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/lxlog/lx/output"
)

// Exists says that there is such a file and nobody asked for it to be replaced.
type Exists struct{ Path string }

// Error says so, for people.
func (e *Exists) Error() string { return output.Clean(e.Path, false) + " is there already" }

// A target is the file that is to hold what is saved.
type target struct {
	path      string // absolute; where a link led there, what it names
	overwrite bool
	mode      fs.FileMode // of the file to be replaced; 0 where there is none
}

func newTarget(path string, overwrite bool) (*target, error) {
	if path == "" {
		return nil, errors.New("name a file to save to: :w errors.log")
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	t := &target{path: path, overwrite: overwrite}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		t.path = real
	}
	switch info, err := os.Lstat(t.path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: name a file in it", output.Clean(path, false))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no plain file: name another", output.Clean(path, false))
	case !overwrite:
		return nil, &Exists{path}
	default:
		t.mode = info.Mode().Perm()
	}
	return t, nil
}

// fill makes the file of what write writes, or leaves nothing.
func (t *target) fill(write func(io.Writer) error) error {
	part := t.path + "." + rand.Text()[:8] + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) //nolint:gosec // as any program's file: see Save
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part) }() // it is gone already where all went well
	err = write(f)
	if err == nil && t.mode != 0 {
		err = f.Chmod(t.mode)
	}
	if err == nil {
		err = f.Sync() // some file systems tell only now that the disk is full
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return t.publish(part)
}

// publish gives the whole file its name.
func (t *target) publish(part string) error {
	if t.overwrite {
		return os.Rename(part, t.path)
	}
	err := os.Link(part, t.path) // unlike a renaming it takes nothing away that has come meanwhile
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return &Exists{t.path}
	}
	if _, err := os.Lstat(t.path); err == nil { // the file system has no links
		return &Exists{t.path}
	}
	return os.Rename(part, t.path)
}
