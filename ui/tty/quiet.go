package tty

import (
	"bytes"
	"os"
	"regexp"
)

// Quiet is a terminal that is asked nothing. An answer may come late on a slow
// link, or after the program has gone, and would then be read as keys; so of what
// is written the questions are taken out: modes (DECRQM), the keyboard, device
// attributes, colours. Each write holds whole sequences.
type Quiet struct{ Terminal *os.File }

// questions are DECRQM; kitty's keyboard question; DA1, DA2, DA3 and XTVERSION; status and
// cursor place (DSR); sizes and titles of the window (XTWINOPS); XTQMODKEYS; DECREQTPARM;
// colours and clipboard (OSC 4, 5, 10 to 19, 52 with a ?); XTGETTCAP and DECRQSS.
// Source: xterm, "XTerm Control Sequences"; kitty, "Comprehensive keyboard handling".
var questions = regexp.MustCompile(`\x1b\[\??[0-9;]*\$p|\x1b\[\?u|\x1b\[[>=]?0?c|\x1b\[>0?q|\x1b\[\??[0-9]+n|` +
	`\x1b\[(?:1[13-9]|2[01])(?:;[0-9]+)?t|\x1b\[\?[0-9]*m|\x1b\[[01]?x|` +
	`\x1b\](?:4|5|1[0-9]|52);(?:[^\x07\x1b]*;)?\?[^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[+$]q[^\x07\x1b]*\x1b\\`)

// Write writes p without its questions.
func (q Quiet) Write(p []byte) (int, error) {
	b := p
	if bytes.IndexByte(p, '\x1b') >= 0 {
		b = questions.ReplaceAll(p, nil)
	}
	if n, err := q.Terminal.Write(b); err != nil {
		return min(n, len(p)), err
	}
	return len(p), nil
}

// Read reads from the terminal.
func (q Quiet) Read(p []byte) (int, error) { return q.Terminal.Read(p) }

// Close closes it.
func (q Quiet) Close() error { return q.Terminal.Close() }

// Fd is its descriptor.
func (q Quiet) Fd() uintptr { return q.Terminal.Fd() }
