package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/sources/elastic"
)

// candidate is something that lx can open.
type candidate struct {
	Name, About string // About is "" where the name says it all
	Kind        string // profile, server, file, folder, demo
	Size        int64  // bytes, of a file
	ModTime     time.Time
	Args        []string // of the command line that opens it; nil: it cannot be opened, About says why
}

const (
	searchTime    = 25 * time.Millisecond // after which a search brings what it has
	openPatience  = 45 * time.Millisecond
	shownOfFolder = 20 // files
)

// logFolder is where systems keep their logs.
const logFolder = "/var/log"

// openable lists what there is to open: profiles, search servers, logs in here and in logs, the
// system's folder, each the newest first, and the demo. It takes no longer than
// openPatience: a folder that does not answer, as one of another machine, is only
// named, and the goroutine that reads it ends when it does answer.
func openable(ctx context.Context, c *config, here, logs string, demo bool) (list []candidate) {
	for _, name := range slices.Sorted(maps.Keys(c.Profiles)) {
		list = append(list, candidate{Name: name, About: c.Profiles[name].about(), Kind: "profile", Args: []string{"--profile", name}})
	}
	for _, name := range slices.Sorted(maps.Keys(c.Clusters)) {
		list = append(list, candidate{Name: name, About: c.Clusters[name].about(), Kind: "server", Args: []string{"--es", name}})
	}
	searching, stop := context.WithTimeout(ctx, searchTime)
	defer stop()
	waiting, cancel := context.WithTimeout(ctx, openPatience)
	defer cancel()
	folders := []string{here, logs}
	searches := []<-chan []candidate{lookFor(searching, here, 0), lookFor(searching, logs, 1)}
	for i, found := range searches {
		select {
		case files := <-found:
			list = append(list, files...)
			continue
		case <-waiting.Done():
		}
		select {
		case files := <-found:
			list = append(list, files...)
		default:
			list = append(list, candidate{Name: folders[i], About: "does not answer, so nobody knows what is in it", Kind: "folder", Args: []string{folders[i]}})
		}
	}
	if demo {
		list = append(list, candidate{Name: "demo", About: "a generated shop with an incident, live", Kind: "demo", Args: []string{"demo"}})
	}
	return list
}

// about says what a profile selects.
func (p profile) about() string {
	var parts []string
	for _, s := range []string{strings.Join(slices.Concat(p.ES, p.Sources), " "), p.Query, p.Level, p.Since, p.Last} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// about says what is asked of whom.
func (c cluster) about() string {
	index := c.Index
	if index == "" {
		index = elastic.DefaultIndex
	}
	where, _, _ := strings.Cut(c.CloudID, ":")
	if len(c.URLs) > 0 {
		where = c.URLs[0]
	}
	return index + " · " + where
}

// lookFor lists the logs of a folder and of those up to depth below it. The
// channel brings them once; nobody need wait for it.
func lookFor(ctx context.Context, folder string, depth int) <-chan []candidate {
	found := make(chan []candidate, 1)
	go func() {
		s := &search{ctx: ctx, root: folder}
		s.folder(folder, depth)
		found <- s.candidates()
	}()
	return found
}

// candidates are the newest files of the search; behind them stands the folder
// itself where there are several, then what may not be read.
func (s *search) candidates() []candidate {
	newest := func(a, b candidate) int { return b.ModTime.Compare(a.ModTime) }
	slices.SortStableFunc(s.files, newest)
	slices.SortStableFunc(s.refused, newest)
	list := slices.Clone(s.files[:min(len(s.files), shownOfFolder)])
	if n := len(s.files); n > 1 {
		about := fmt.Sprintf("all %d logs of the folder", n)
		if s.stopped {
			about = fmt.Sprintf("at least %d logs: not all of the folder was looked at", n)
		}
		list = append(list, candidate{Name: s.root, About: about, Kind: "folder", Args: []string{s.root}})
	}
	return append(list, s.refused[:min(len(s.refused), shownOfFolder)]...)
}

// nothingToRead is the error for a command line without sources: it names what there is.
func (o *options) nothingToRead(c *cobra.Command) error {
	list := openable(c.Context(), &o.config, ".", logFolder, hasCommand(c, "demo"))
	text := "nothing to read: name a file, a folder or - for standard input"
	var there []string
	for _, c := range list {
		if c.Args != nil && len(there) < 5 {
			there = append(there, "lx "+output.Clean(strings.Join(c.Args, " "), false))
		}
	}
	if len(there) > 0 {
		text += "; or try " + strings.Join(there, ", ")
	}
	return usage(errors.New(text))
}

func hasCommand(c *cobra.Command, name string) bool {
	return slices.ContainsFunc(c.Root().Commands(), func(c *cobra.Command) bool { return c.Name() == name })
}
