package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/themes"
)

// configured has a command read the configuration before it runs, and take the
// sources of the profile where it is given none.
func (o *options) configured(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.profile, "profile", "", "take sources, filter and settings from the profile of this `NAME` in the configuration, where the command line has none")
	_ = c.RegisterFlagCompletionFunc("profile", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		stored := readConfig(configPath(), o.now())
		return slices.Sorted(maps.Keys(stored.Profiles)), cobra.ShellCompDirectiveNoFileComp
	})
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := o.configure(c); err != nil {
			return err
		}
		root := !c.HasParent()
		if screen := root && o.terminal && o.output == ""; !screen {
			o.tellProblems()
		}
		named := len(args)
		if c.Name() == "query" && !o.queryGiven() {
			named-- // the first is the query
		}
		if named <= 0 && len(o.servers) == 0 {
			args = append(args, o.sources()...)
		}
		if named >= 0 {
			var err error
			if args, err = o.withServers(args, len(args)-named); err != nil {
				return err
			}
		}
		if root && len(args) == 0 && !o.stdinIsPiped() && (!o.terminal || o.output != "") {
			return o.nothingToRead(c)
		}
		return run(c, args)
	}
}

// configure reads the configuration, and lays over it the profile, the environment and the flags.
func (o *options) configure(command *cobra.Command) error {
	o.config = readConfig(configPath(), o.now())
	c := &o.config
	if o.profile != "" {
		p, ok := c.Profiles[o.profile]
		if !ok {
			return usage(c.noProfile(o.profile))
		}
		c.overlay("profile "+o.profile, p)
		if err := p.toFlags(command); err != nil {
			return usage(fmt.Errorf("profile %s: %w", o.profile, err))
		}
	}
	if err := knownTheme(c, o.theme); err != nil {
		return usage(fmt.Errorf("--theme: %w", err))
	}
	c.chooseTheme(o.theme)
	if len(o.columns) > 0 {
		c.set("columns", "--columns", func() { c.Columns = o.columns })
	}
	tz, there := os.LookupEnv("TZ")
	switch {
	case o.tz != "":
		c.set("tz", "--tz", func() { c.TZ = o.tz })
	case there:
		c.set("tz", "$TZ", func() { c.TZ = tz })
	default:
		o.tz = c.TZ
	}
	return nil
}

// chooseTheme settles the theme; flag is --theme.
func (c *config) chooseTheme(flag string) {
	name, from := c.Theme, c.origin("theme")
	switch {
	case flag != "":
		name, from = flag, "--theme"
	case os.Getenv("NO_COLOR") != "":
		name = ""
	}
	c.theme, _ = themes.Choose(name, from, themes.Environment(os.Getenv))
	c.Theme, c.from["theme"] = c.theme.Name, c.theme.Why
}

func (c *config) set(name, from string, change func()) {
	change()
	c.from[name] = from
}

// overlay lays the settings that a profile names over those of the file.
func (c *config) overlay(from string, p profile) {
	if p.Theme != "" {
		c.set("theme", from, func() { c.Theme = p.Theme })
	}
	if p.TZ != "" {
		c.set("tz", from, func() { c.TZ = p.TZ })
	}
	if p.Columns != nil {
		c.set("columns", from, func() { c.Columns = p.Columns })
	}
}

func (c *config) noProfile(name string) error {
	there := slices.Sorted(maps.Keys(c.Profiles))
	if len(there) == 0 {
		return fmt.Errorf("--profile %s: the configuration has no profiles; write [profile.%s] with sources = [...] into %s", name, name, configPath())
	}
	return fmt.Errorf("--profile: %w", noSuch("profile", name, there))
}

// toFlags sets the flags that the command line does not.
func (p profile) toFlags(command *cobra.Command) error {
	f := command.Flags()
	since, last := p.Since, p.Last
	if f.Changed("since") || f.Changed("until") || f.Changed("last") {
		since, last = "", ""
	}
	var errs []error
	for _, flag := range [...]struct{ name, value string }{{"query", p.Query}, {"level", p.Level}, {"format", p.Format}, {"since", since}, {"last", last}} {
		if flag.value != "" && f.Lookup(flag.name) != nil && !f.Changed(flag.name) {
			errs = append(errs, f.Set(flag.name, flag.value))
		}
	}
	return errors.Join(errs...)
}

// sources are those of the profile, if there is one; ~/ is the user's home.
func (o *options) sources() (list []string) {
	for _, name := range o.config.Profiles[o.profile].ES {
		list = append(list, serverScheme+name)
	}
	home, err := os.UserHomeDir()
	for _, s := range o.config.Profiles[o.profile].Sources {
		if rest, ok := strings.CutPrefix(s, "~/"); ok && err == nil {
			s = filepath.Join(home, rest)
		}
		list = append(list, s)
	}
	return list
}

// tellWarnings warns of how servers are reached.
func (o *options) tellWarnings() {
	for _, text := range o.warnings {
		o.complain(errors.New(text))
	}
}

// tellProblems warns of what is wrong with the file; the command goes on without it.
func (o *options) tellProblems() {
	for _, text := range o.config.problems {
		o.complain(errors.New(text))
	}
}
