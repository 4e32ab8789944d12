package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// complain writes a message for people on standard error. It may quote names
// and bytes from outside, so it is made harmless.
func (p *program) complain(err error) {
	text := err.Error()
	var q *query.Error
	if errors.As(err, &q) && q.Hint != "" {
		text += "; " + q.Hint
	}
	text = strings.TrimRight(output.Clean(text, true), "\n")
	if !strings.HasPrefix(text, "query: ") {
		text = "lx: " + text
	}
	fmt.Fprintln(p.err, text)
}

// maxFaults is how many faults of sources are told one by one.
const maxFaults = 20

// complainOf tells what is wrong with sources: a line each, whatever their names hold.
func (p *program) complainOf(faults []error) {
	for i, err := range faults {
		if i == maxFaults {
			p.complain(fmt.Errorf("and %s more like these", summary.Thousands(int64(len(faults)-i))))
			return
		}
		p.complain(errors.New(output.Clean(err.Error(), false)))
	}
}

// tell says what happened to sources beside their records: files of a folder that were left out, gaps.
func (p *program) tell(events ...sources.Event) {
	told := make([]error, 0, len(events))
	for _, e := range events {
		told = append(told, fmt.Errorf("%s: %s", e.Source, e.Text))
	}
	p.complainOf(told)
}

func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// errTerminal reports whether messages go to a terminal.
func (p *program) errTerminal() bool {
	f, ok := p.err.(*os.File)
	return ok && isTerminal(f)
}
