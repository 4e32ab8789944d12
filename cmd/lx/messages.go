package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
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

func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// errTerminal reports whether messages go to a terminal.
func (p *program) errTerminal() bool {
	f, ok := p.err.(*os.File)
	return ok && isTerminal(f)
}
