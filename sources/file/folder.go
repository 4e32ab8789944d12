package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/charset"
	"github.com/lxlog/lx/sources/file/poll"
	"github.com/lxlog/lx/sources/file/unpack"
)

const (
	maxDepth  = 8       // folders below the one that was named
	maxFiles  = 10_000  // that are read of one folder
	maxLooked = 200_000 // names that are looked at for them
	maxNamed  = 20      // files that one note names
)

// A walk goes through a folder and those in it.
type walk struct {
	*expansion
	root    string
	places  map[[2]uint64]bool // the files' devices and inodes
	first   *Source            // the first that the walk added
	files   int                // that are logs, those that were named before included
	looked  int                // names seen
	stopped bool               // there were too many
	failed  bool               // there is an error already
	left    []leftOut
}

// leftOut are the files that were left out for one reason.
type leftOut struct {
	why   string
	paths []string // the first maxNamed
	count int
}

func (w *walk) folder(path string, depth int) {
	if w.again {
		w.dirs = append(w.dirs, path)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		w.fail(failed(path, err))
	}
	prefix := path
	if !os.IsPathSeparator(path[len(path)-1]) {
		prefix += string(os.PathSeparator)
	}
	for _, e := range entries {
		if w.full() {
			return
		}
		w.entry(prefix+e.Name(), e, depth)
	}
}

// full ends the walk, and says so, once it has seen too much.
func (w *walk) full() bool {
	w.looked++
	if !w.stopped && (w.looked > maxLooked || w.files >= maxFiles) {
		w.stopped = true
		w.fail(&failure{w.root, fmt.Sprintf("too many files in this folder: only the first %d are read; use a glob to choose", w.files), errTooMany})
	}
	return w.stopped
}

func (w *walk) fail(err error) {
	w.failed = true
	w.errs = append(w.errs, err)
}

func (w *walk) entry(path string, e fs.DirEntry, depth int) {
	kind := e.Type()
	if strings.HasPrefix(e.Name(), ".") {
		w.leave(path, "hidden")
		return
	}
	if kind.IsDir() {
		if depth == maxDepth {
			w.leave(path, fmt.Sprintf("more than %d folders deep", maxDepth))
			return
		}
		w.folder(path, depth+1)
		return
	}
	if kind&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			w.leave(path, "a link that leads nowhere")
			return
		case info.IsDir():
			w.leave(path, "a link to a folder")
			return
		}
		kind = info.Mode().Type()
	}
	if !kind.IsRegular() {
		w.leave(path, "no ordinary file")
		return
	}
	if w.again && (w.common.known.has(path) || w.common.known.metAt(path)) {
		w.files++
		return
	}
	why := notLog(e.Name())
	if why == "" {
		why = w.look(path)
	}
	if why != "" {
		w.leave(path, why)
		return
	}
	w.files++
	if s := w.file(path); w.first == nil {
		w.first = s
	}
}

// look says by its content why a file is no log; "" where it may be one. What
// cannot be read may be: reading it will say what is wrong.
func (w *walk) look(path string) string {
	f, err := os.OpenFile(path, poll.OpenFlags, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	if device, inode, err := place(f, info); err == nil {
		key := [2]uint64{device, inode}
		if w.places[key] {
			return "the same file by another name"
		}
		w.places[key] = true
	}
	head, err := readHead(f)
	if err != nil {
		return ""
	}
	if kind := unpack.Detect(head); kind != unpack.None {
		u := unpack.NewReader(f, kind)
		defer u.Close()
		head = head[:cap(head)]
		n, _ := io.ReadFull(u, head)
		head = head[:n]
	} else {
		head = telling(f, info.Size(), head)
	}
	if e, _ := charset.Detect(head); !e.Changes() && charset.Binary(head) {
		return "binary"
	}
	return ""
}

func (w *walk) leave(path, why string) {
	if w.options.Follow { // it is looked at once
		w.common.known.named(path)
	}
	for i := range w.left {
		if l := &w.left[i]; l.why == why {
			l.count++
			if len(l.paths) < maxNamed {
				l.paths = append(l.paths, path)
			}
			return
		}
	}
	w.left = append(w.left, leftOut{why, []string{path}, 1})
}

// notes say for each reason which files were left out.
func (w *walk) notes() []sources.Event {
	var notes []sources.Event
	for _, l := range w.left {
		text := "left out " + strings.Join(l.paths, ", ")
		if more := l.count - len(l.paths); more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		notes = append(notes, sources.Event{Source: w.root, Kind: sources.Skipped, Text: text + ": " + l.why})
	}
	return notes
}

var (
	errNoLogs  = errors.New("no log files")
	errTooMany = errors.New("too many files")
)

// empty is the error for a folder in which there is nothing to read.
func (w *walk) empty() error {
	total := 0
	var whys []string
	for _, l := range w.left {
		total += l.count
		whys = append(whys, fmt.Sprintf("%d %s", l.count, l.why))
	}
	text := "is an empty folder"
	if total > 0 {
		text = fmt.Sprintf("is a folder without log files: left out %d (%s); use a glob to choose", total, strings.Join(whys, ", "))
	}
	return &failure{w.root, text, errNoLogs}
}
