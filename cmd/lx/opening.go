package main

import (
	"context"
	"os"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui"
)

// chooseSource lists what there is to open, on the terminal, and opens what is chosen.
func (o *options) chooseSource(ctx context.Context, keys *os.File) error {
	if err := o.prepare(); err != nil {
		return err
	}
	var list []ui.Choice
	for _, c := range openable(ctx, &o.config, ".", logFolder, true) {
		list = append(list, ui.Choice{Name: c.Name, About: c.About, Kind: c.Kind, Size: c.Size, ModTime: c.ModTime, Args: c.Args})
	}
	c := &o.config
	listing, leave := context.WithCancel(ctx)
	defer leave()
	m, err := ui.NewOpening(listing, ui.Options{
		Theme:    c.theme.Theme,
		Glyphs:   themes.ChooseGlyphs(c.Glyphs, c.AmbiguousWidth, themes.Environment(os.Getenv)),
		Keys:     c.keymap,
		Location: o.location,
		Zone:     localName(o.location, o.started),
		Now:      o.now,
		Mouse:    c.Mouse,
		Banners:  c.problems,
	}, list)
	if err != nil {
		return err
	}
	if err := o.show(ctx, m, keys); err != nil {
		return err
	}
	leave() // it waits for nothing more
	args := m.Chosen()
	if args == nil {
		return nil
	}
	if code := o.run(ctx, append(args[:len(args):len(args)], o.again()...)); code != exitDone {
		return &status{code: code}
	}
	return nil
}
