package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/stdin"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui"
	"github.com/lxlog/lx/ui/clipboard"
)

// explore opens the screen, or prints plain lines where there is no terminal to open it on.
func (o *options) explore(ctx context.Context, args []string) error {
	if o.output != "" || !o.terminal {
		if err := o.chooseForm(); err != nil {
			return err
		}
		return o.records(ctx, o.query, args)
	}
	piped := o.stdinIsPiped()
	keys, done, ok := o.keyboard()
	if !ok { // plain lines
		if len(args) == 0 && !piped {
			return usage(errors.New("nothing to read: lx FILE..., lx FOLDER, or a command before the pipe (lx --help)"))
		}
		o.output = "text"
		return o.records(ctx, o.query, args)
	}
	defer done()
	if len(args) == 0 && !piped {
		return o.chooseSource(ctx, keys)
	}
	return o.exploreWith(ctx, args, keys)
}

// keyboard is where keys come from; false where there is no terminal to read them from,
// or one that can show lines and no screen (TERM=dumb).
func (o *options) keyboard() (keys *os.File, done func(), ok bool) {
	if os.Getenv("TERM") == "dumb" {
		return nil, nil, false
	}
	if !o.stdinIsPiped() {
		return o.in, func() {}, true
	}
	keyboard, err := stdin.Keyboard()
	if err != nil {
		return nil, nil, false
	}
	return keyboard, func() { _ = keyboard.Close() }, true
}

// exploreWith opens the screen over the sources that the arguments mean.
func (o *options) exploreWith(ctx context.Context, args []string, keys *os.File) error {
	o.follow = true
	if !o.runs && slices.ContainsFunc(args, isServer) && o.since == "" && o.until == "" && o.last == "" {
		o.last, o.byItself = screenRange, true
	}
	x, err := o.begin(ctx, o.query, args)
	if err != nil {
		return err
	}
	defer x.Close()
	return o.screen(ctx, x, keys)
}

// reads reports whether a source of that name may still bring records.
func (x *exploration) reads(name string) bool {
	return slices.ContainsFunc(x.Session.Health(), func(h sources.Health) bool { return h.Source == name && h.State != sources.Ended })
}

// screen runs the terminal program until it is left.
func (o *options) screen(ctx context.Context, x *exploration, keys *os.File) error {
	env := themes.Environment(os.Getenv)
	c := &o.config
	copying := clipboard.EnvOf(os.Getenv)
	copying.Limit = int(c.CopyLimit)
	begin := ui.Options{
		Explorer:  x,
		Filter:    x.view.Filter(),
		Last:      o.lastRange(),
		Theme:     c.theme.Theme,
		Glyphs:    themes.ChooseGlyphs(c.Glyphs, c.AmbiguousWidth, env),
		Keys:      c.keymap,
		Location:  o.location,
		Zone:      localName(o.location, o.started),
		Now:       o.now,
		Times:     c.Time,
		Follow:    true,
		Piped:     x.reads(stdin.Name),
		Mouse:     c.Mouse,
		Wrap:      c.Wrap,
		Columns:   c.Columns,
		Clipboard: copying,
		Banners:   slices.Concat(c.problems, o.warnings),
		Sources:   x.args,
		Flags:     o.reading(),
	}
	kept := o.remembers(x)
	kept.recall(o, &begin)
	ctx, leave := context.WithCancel(ctx)
	defer leave() // what is under way for the screen ends with it
	m, err := ui.New(ctx, begin)
	if err != nil {
		return usage(err)
	}
	err = o.show(ctx, m, keys)
	kept.left(o, m)
	if err != nil {
		return err
	}
	if x.reads(stdin.Name) {
		fmt.Fprintln(o.err, "lx: the command before the pipe still runs; Ctrl-c ends it")
	}
	faults := x.faults()
	for _, h := range x.Session.Health() {
		if h.State == sources.Trouble {
			faults = append(faults, ofSource(h))
		}
	}
	o.complainOf(faults)
	if len(faults) > 0 {
		return &status{code: exitSource}
	}
	return nil
}
