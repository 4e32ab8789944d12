package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// maxAsked is how many records of servers a command goes through without --all.
const maxAsked = 10_000_000

// screenRange is what the screen begins with on a server where no range is given.
const screenRange = "15m"

// guard asks each server how many records match, and refuses more than maxAsked
// of all. Those that do not answer are no longer in rest; why stands in missing.
func (o *options) guard(ctx context.Context, list []sources.Source, f sources.Filter) (rest []sources.Source, missing []error, err error) {
	f.Now = o.started
	counts, failed := make([]summary.Count, len(list)), make([]error, len(list))
	var asking sync.WaitGroup
	for i, s := range list {
		if asked, ok := s.(sources.Searcher); ok {
			asking.Go(func() { counts[i], failed[i] = asked.Count(ctx, f) })
		}
	}
	asking.Wait()
	var all summary.Count
	var names []string
	for i, s := range list {
		if failed[i] != nil && ctx.Err() != nil {
			continue // interrupted: what others bring is told
		}
		if failed[i] != nil {
			missing = append(missing, &lacking{s.Name(), failed[i]})
			continue
		}
		rest = append(rest, s)
		if all = all.Add(counts[i]); counts[i].N > 0 {
			names = append(names, s.Name())
		}
	}
	if all.N > maxAsked && !o.all {
		return nil, nil, usage(fmt.Errorf("%s: %s records match, more than %s: narrow the time down, such as with --last 1h, or add --all to go through them", strings.Join(names, ", "), all, summary.Thousands(maxAsked)))
	}
	return rest, missing, nil
}

// A lacking is why a source cannot be read at all.
type lacking struct {
	source string
	err    error
}

func (l *lacking) Error() string { return withName(l.source, l.err.Error()) }
func (l *lacking) Unwrap() error { return l.err }

// withName is a text that begins with the name of its source.
func withName(source, text string) string {
	if rest, ok := strings.CutPrefix(text, source); ok && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, " ")) {
		return text
	}
	return source + ": " + text
}
