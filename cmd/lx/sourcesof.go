package main

import (
	"context"
	"errors"
	"slices"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/command"
	"github.com/lxlog/lx/sources/file"
	"github.com/lxlog/lx/sources/stdin"
)

// sourcesOf makes the sources that the arguments mean; standard input where there are none and it is piped.
func (o *options) sourcesOf(ctx context.Context, args []string) (list []sources.Source, missing []error, err error) {
	if len(args) == 0 {
		if !o.stdinIsPiped() {
			return nil, nil, usage(errors.New("nothing to read: name a file, a folder or - for standard input"))
		}
		args = []string{stdin.Name}
	}
	files := file.Options{Encoding: o.encoding, Now: o.now, Follow: o.follow, Poll: o.poll}
	if o.runs {
		return []sources.Source{o.gated(command.New(args, files))}, nil, nil
	}
	list, missing = file.Sources(paths(args), files)
	others := 0
	for i, a := range args {
		if isPath(a) || slices.Contains(args[:i], a) {
			continue
		}
		var s sources.Source
		if a == stdin.Name {
			s = o.gated(stdin.New(o.in, files))
		} else {
			var lacks error
			if s, lacks, err = o.server(ctx, a); err != nil {
				return nil, nil, err
			}
			if lacks != nil {
				missing = append(missing, lacks)
				continue
			}
		}
		before, _ := file.Sources(paths(args[:i]), files)
		list = slices.Insert(list, len(before)+others, s) // in its place
		others++
	}
	return list, missing, nil
}

// isPath reports whether a source is a file, a folder or a glob.
func isPath(source string) bool { return source != stdin.Name && !isServer(source) }

// paths are the arguments that are paths.
func paths(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(a string) bool { return !isPath(a) })
}
