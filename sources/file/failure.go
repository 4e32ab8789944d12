package file

import (
	"errors"
	"io/fs"
	"syscall"
)

// A failure is an error in words for people, who see the name they gave and what they can do.
type failure struct {
	name string
	text string // what is wrong with it, without the name
	err  error  // nil where no other package said so
}

func (f *failure) Error() string { return f.name + ": " + f.text }
func (f *failure) Unwrap() error { return f.err }

// hints say what to do about errors of the system; the first that fits counts.
var hints = []struct {
	err  error
	text string
}{
	{fs.ErrNotExist, "no such file"},
	{fs.ErrPermission, "permission denied: run lx as a user who may read it, or have the right to read it given to you"},
	{syscall.ENOTDIR, "no such file: a part of the path is not a folder"},
	{syscall.EMFILE, "too many open files: name fewer of them, or raise the limit (ulimit -n)"},
	{syscall.ENFILE, "too many open files in the whole system"},
	{syscall.ELOOP, "a link that leads to itself"},
}

// failed says what is wrong with the file of that name. err is not nil.
func failed(name string, err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	for _, h := range hints {
		if errors.Is(err, h.err) {
			return &failure{name, h.text, err}
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) { // it repeats the name, and names a system call
		return &failure{name, path.Err.Error(), err}
	}
	return &failure{name, err.Error(), err}
}
