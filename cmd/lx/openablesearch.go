package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/file/charset"
	"github.com/lxlog/lx/sources/file/poll"
	"github.com/lxlog/lx/sources/format"
)

// Bounds of one search.
const (
	maxEntries = 2000 // names that are looked at
	maxSniffed = 64   // files whose first bytes decide
)

// search goes through a folder for logs.
type search struct {
	ctx      context.Context
	root     string
	files    []candidate
	refused  []candidate // logs by their names that may not be read
	entries  int
	sniffed  int
	stopped  bool // before all was looked at
	detector *format.Indexer
}

// names of logs, rotated and compressed ones too.
var logName = regexp.MustCompile(`(?i)(\.(log|jsonl|ndjson|err)|^(syslog|messages|secure|maillog|kern|dmesg|catalina\.out))([.-][0-9][0-9-]*)?(\.(gz|zst|bz2|xz|lz4))?$`)

// names of what stands beside logs and is none.
var otherName = regexp.MustCompile(`(?i)^(wtmp|btmp|lastlog|faillog|tallylog)|\.(journal|db|sqlite3?|md|go|mod|sum|toml|ya?ml|json|html?|css|js|py|sh|c|h|rs|java|png|jpe?g|pdf|zip|tar|tgz)$`)

func (s *search) folder(path string, depth int) {
	if s.full() {
		return
	}
	f, err := os.OpenFile(path, poll.OpenFlags, 0)
	if err != nil {
		return
	}
	defer f.Close()
	entries, err := f.ReadDir(maxEntries - s.entries + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return
	}
	for _, e := range entries {
		if s.full() {
			return
		}
		s.entries++
		name := filepath.Join(path, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir() && depth > 0:
			s.folder(name, depth-1)
		case e.Type().IsRegular() || e.Type()&fs.ModeSymlink != 0:
			s.file(name, e.Name())
		}
	}
}

// full ends the search.
func (s *search) full() bool {
	s.stopped = s.stopped || s.ctx.Err() != nil || s.entries >= maxEntries
	return s.stopped
}

// file adds a file that is a log. It never waits for a named pipe.
func (s *search) file(path, name string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || otherName.MatchString(name) {
		return
	}
	byName := logName.MatchString(name)
	c := candidate{Name: path, Kind: "file", Size: info.Size(), ModTime: info.ModTime(), Args: []string{path}}
	if strings.HasPrefix(path, "-") {
		c.Args = []string{"--", path}
	}
	f, err := os.OpenFile(path, poll.OpenFlags, 0)
	if errors.Is(err, fs.ErrPermission) {
		if byName {
			c.Args, c.About = nil, "no permission: "+whoMayRead(info)
			s.refused = append(s.refused, c)
		}
		return
	}
	if err != nil {
		return
	}
	defer f.Close()
	if byName || s.sniff(f) {
		s.files = append(s.files, c)
	}
}

// sniff reports whether the first bytes are those of a log: the first lines of a format other than plain.
func (s *search) sniff(f *os.File) bool {
	if s.sniffed == maxSniffed {
		s.stopped = true
		return false
	}
	s.sniffed++
	head := make([]byte, 4096)
	n, _ := f.ReadAt(head, 0)
	if head = head[:n]; charset.Binary(head) {
		return false
	}
	if s.detector == nil {
		ix, err := format.New(format.Options{})
		if err != nil {
			return false
		}
		s.detector = ix
	}
	var rows logs.Rows
	state := s.detector.Fold(nil, 0, head, s.detector.Scan(head, nil), &rows)
	s.detector.Close(state, &rows, false)
	known := 0
	for _, r := range rows.List {
		if r.Marks&logs.Unparsed == 0 && r.Time != logs.NoTime {
			known++
		}
	}
	return known > 0 && 2*known >= len(rows.List)
}
