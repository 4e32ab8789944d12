package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/sources/stdin"
)

// askPassword asks for a password on the terminal, which does not show it. Each is asked for once.
func (o *options) askPassword(ctx context.Context, name, user string) (string, error) {
	if text, ok := o.passwords[name]; ok {
		return text, nil
	}
	to := o.err
	if !o.errTerminal() {
		to = o.out
	}
	keys, done, ok := o.terminalKeys()
	if !ok {
		return "", fmt.Errorf("no password for %s is given, and there is no terminal to ask for it: name a variable (password_env, or $LX_ES_PASSWORD with a URL) or a file (password_file)", user)
	}
	defer done()
	prompt := fmt.Sprintf("password of %s on %s: ", output.Clean(user, false), output.Clean(name, false))
	if _, err := io.WriteString(to, prompt); err != nil {
		return "", err
	}
	text, err := readPassword(ctx, keys)
	_, _ = io.WriteString(to, "\n")
	if err != nil {
		return "", err
	}
	if text = strings.TrimRight(text, "\r\n"); text == "" {
		return "", fmt.Errorf("no password for %s was typed", user)
	}
	if o.passwords == nil {
		o.passwords = map[string]string{}
	}
	o.passwords[name] = text
	return text, nil
}

// terminalKeys is a terminal that one can be asked on.
func (o *options) terminalKeys() (keys *os.File, done func(), ok bool) {
	if !o.errTerminal() && !o.terminal {
		return nil, nil, false
	}
	if o.in != nil && isTerminal(o.in) {
		return o.in, func() {}, true
	}
	keyboard, err := stdin.Keyboard()
	if err != nil {
		return nil, nil, false
	}
	return keyboard, func() { _ = keyboard.Close() }, true
}

// readPassword reads a line that is not shown. Where ctx ends first the terminal is as it was,
// and a goroutine is left that waits for the line: the program ends.
func readPassword(ctx context.Context, keys *os.File) (string, error) {
	before, err := term.GetState(keys.Fd())
	if err != nil {
		return "", err
	}
	type line struct {
		text []byte
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(keys.Fd())
		typed <- line{text, err}
	}()
	select {
	case l := <-typed:
		return string(l.text), l.err
	case <-ctx.Done():
		_ = term.Restore(keys.Fd(), before)
		return "", ctx.Err()
	}
}
