package file

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/lxlog/lx/sources"
)

// Sources returns a source for each file that the arguments of a command line
// mean, in their order. An argument is a file, a folder, or a pattern as
// filepath.Glob takes it where no file has that very name. A file is read
// whatever it holds; of a folder, and the folders in it, the log files are, by
// name: what was left out, and why, the first source of the folder notes. A file
// that is named twice is read once.
//
// The errors, one for each argument or folder in which there is nothing to read,
// begin with its name. The sources are of use beside them.
func Sources(args []string, o Options) ([]sources.Source, []error) {
	if _, err := o.named(); err != nil {
		return nil, []error{err}
	}
	x := &expansion{options: o, common: newCommon(o, newShare(openFiles()))}
	for _, arg := range args {
		x.argument(arg)
	}
	found := make([]sources.Source, len(x.found))
	for i, s := range x.found {
		found[i] = s
	}
	return found, x.errs
}

// An expansion is what arguments have come to so far.
type expansion struct {
	options Options
	common  *common
	found   []*Source
	errs    []error
}

func (x *expansion) argument(arg string) {
	if _, err := os.Lstat(arg); err == nil || !strings.ContainsAny(arg, `*?[`) {
		x.path(arg)
		return
	}
	matches, err := filepath.Glob(arg)
	switch {
	case err != nil:
		x.errs = append(x.errs, &failure{arg, "not a valid pattern", err})
	case len(matches) == 0:
		x.errs = append(x.errs, &failure{arg, "no file matches", os.ErrNotExist})
	}
	for _, m := range matches {
		x.path(m)
	}
}

// path adds what stands at the path.
func (x *expansion) path(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil && x.options.Follow: // it is waited for
		x.file(path)
	case err != nil:
		x.errs = append(x.errs, failed(path, err))
	case info.IsDir():
		x.folder(path)
	default:
		x.file(path)
	}
}

// file adds the source of one file, and returns it, or nil where there is one already.
func (x *expansion) file(path string) *Source {
	if !x.common.known.named(path) {
		return nil
	}
	s := New(path, x.options)
	s.common = x.common
	x.found = append(x.found, s)
	return s
}

func (x *expansion) folder(path string) {
	w := &walk{expansion: x, root: path, places: map[[2]uint64]bool{}}
	w.folder(path, 0)
	switch {
	case w.first != nil:
		w.first.notes = w.notes()
	case w.files > 0: // named before, all of them
		x.found[0].notes = append(x.found[0].notes, w.notes()...)
	case len(w.left) > 0 || !w.failed:
		x.errs = append(x.errs, w.empty())
	}
}
