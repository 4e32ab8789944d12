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
	return x.all, x.errs
}

// An expansion is what arguments have come to so far.
type expansion struct {
	options Options
	common  *common
	found   []*Source        // of files
	all     []sources.Source // and of newcomers
	errs    []error

	member bool     // what is added is one of those that fit a pattern, or are in a folder
	again  bool     // it was expanded before: what is found now has appeared
	dirs   []string // in which further files may appear, where it was
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
		return
	case x.again:
		x.dirs = append(x.dirs, folders(arg)...)
	case x.options.Follow:
		x.member = true
		defer x.await(arg, nil)
	case len(matches) == 0:
		x.errs = append(x.errs, &failure{arg, "no file matches", os.ErrNotExist})
	}
	for _, m := range matches {
		x.path(m)
	}
	x.member = false
}

// await adds the source of files that will appear; notes are told with it.
func (x *expansion) await(arg string, notes []sources.Event) {
	x.all = append(x.all, &newcomers{arg: arg, options: x.options, common: x.common, notes: notes})
}

// path adds what stands at the path.
func (x *expansion) path(path string) {
	if x.again && x.common.known.has(path) {
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && x.again: // it is gone already
	case err != nil && x.options.Follow: // it is waited for
		x.file(path)
	case err != nil:
		x.errs = append(x.errs, failed(path, err))
	case info.IsDir():
		x.folder(path)
	case x.again && x.common.known.metAt(path):
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
	s.common, s.member, s.newcomer = x.common, x.member || x.again, x.again
	x.found = append(x.found, s)
	x.all = append(x.all, s)
	return s
}

func (x *expansion) folder(path string) {
	w := &walk{expansion: x, root: path, places: map[[2]uint64]bool{}}
	was := x.member
	x.member = true
	w.folder(path, 0)
	x.member = was
	switch {
	case x.again:
	case x.options.Follow:
		if x.member { // the pattern's newcomers look into it
			return
		}
		x.await(path, w.notes())
	case w.first != nil:
		w.first.notes = w.notes()
	case w.files > 0: // named before, all of them
		x.found[0].notes = append(x.found[0].notes, w.notes()...)
	case len(w.left) > 0 || !w.failed:
		x.errs = append(x.errs, w.empty())
	}
}
