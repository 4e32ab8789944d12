package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/output"
)

func (p *program) configCommand() *cobra.Command {
	o := &options{program: p}
	var path, standard bool
	c := &cobra.Command{
		Use:   "config",
		Short: "Show the configuration, and where each setting is from",
		Long: `config shows each setting with its value and where that is from: a flag, the
environment, a profile, a line of the file, or nowhere, which is the default. The
ones that stand first in this list count.

It fails where something is wrong with the file, and says what. Other commands
warn, and go on with the default for that setting.`,
		Example: `  lx config
  lx config --profile prod
  lx config test prod
  lx config --default > "$(lx config --path)"`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if path || standard {
				return o.printFile(path)
			}
			return o.showConfig(c)
		},
	}
	f := c.Flags()
	f.BoolVar(&standard, "default", false, "print a file with every setting, explained and commented out")
	f.BoolVar(&path, "path", false, "print where the file is")
	f.StringVar(&o.profile, "profile", "", "show it with the profile of this `NAME`")
	f.StringVar(&o.tz, "tz", "", "`ZONE` of times")
	o.themeFlag(c)
	o.outputFlag(c, "`FORM`: text (a table), toml, json", "text", "toml", "json")
	c.AddCommand(p.configTestCommand())
	return c
}

// themeFlag is of commands that draw.
func (o *options) themeFlag(c *cobra.Command) {
	c.Flags().StringVar(&o.theme, "theme", "", "`NAME` of the colours: "+strings.Join(themeNames(), ", "))
	_ = c.RegisterFlagCompletionFunc("theme", fixed(themeNames()...))
}

func (o *options) printFile(path bool) error {
	text := defaultFile()
	if path {
		if text = configPath(); text == "" {
			return usage(errors.New("there is no home for the file: set $XDG_CONFIG_HOME or $HOME"))
		}
		text += "\n"
	}
	w := o.printer()
	fmt.Fprint(w.Writer, text)
	return w.Flush()
}

// effective is a setting as it counts.
type effective struct {
	name  string
	value any // a pointer, as asTOML takes it
	from  string
}

// effective lists all settings of the top, and what else is given.
func (c *config) effective() (list []effective) {
	for _, s := range settings {
		list = append(list, effective{s.name, s.field(c), c.origin(s.name)})
	}
	for _, s := range keysSettings {
		list = append(list, effective{"keys." + s.name, s.field(&c.Keys), c.origin("keys", s.name)})
	}
	for _, g := range c.given {
		if len(g.path) > 1 && !(g.path[0] == "keys" && len(g.path) == 2) {
			list = append(list, effective{dotted(g.path), g.value, c.origin(g.path...)})
		}
	}
	return list
}

// origin is where a setting is from, for people.
func (c *config) origin(path ...string) string {
	if from := c.from[strings.Join(path, ".")]; from != "" {
		return from
	}
	if slices.ContainsFunc(c.given, func(g given) bool { return slices.Equal(g.path, path) }) {
		return fmt.Sprintf("%s:%d", configName, c.file.line(path...))
	}
	return "default"
}

// dotted is a key as the file writes it.
func dotted(path []string) string {
	parts := make([]string, len(path))
	for i, name := range path {
		if parts[i] = name; !variableName.MatchString(strings.ReplaceAll(name, "-", "_")) {
			parts[i] = quoted(name)
		}
	}
	return strings.Join(parts, ".")
}

// showConfig prints what counts, and fails where something is wrong with the file.
func (o *options) showConfig(c *cobra.Command) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	if err := o.configure(c); err != nil {
		o.tellProblems()
		return err
	}
	list := o.config.effective()
	w := o.printer()
	switch o.output {
	case "json":
		w.Write(configJSON(list, o.config.problems))
	case "toml":
		for _, e := range list {
			fmt.Fprintf(w.Writer, "%s = %s # %s\n", e.name, asTOML(e.value), e.from)
		}
	default:
		fmt.Fprint(w.Writer, configRows(list))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	o.tellProblems()
	if len(o.config.problems) > 0 {
		return &status{code: exitUsage}
	}
	return nil
}

// configRows is the table for people.
func configRows(list []effective) string {
	name, value := len("setting"), len("value")
	for _, e := range list {
		name, value = max(name, len(e.name)), max(value, min(len(asTOML(e.value)), 40))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s  %-*s  from\n", name, "setting", value, "value")
	for _, e := range list {
		fmt.Fprintf(&b, "%-*s  %-*s  %s\n", name, output.Clean(e.name, false), value, output.Clean(asTOML(e.value), false), output.Clean(e.from, false))
	}
	return b.String()
}

// configJSON is what scripts rely on.
func configJSON(list []effective, problems []string) []byte {
	b := output.AppendString([]byte(`{"path":`), configPath())
	b = append(b, `,"settings":[`...)
	for i, e := range list {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		b = output.AppendString(append(b, `{"name":`...), e.name)
		b = appendValue(append(b, `,"value":`...), e.value)
		b = append(output.AppendString(append(b, `,"from":`...), e.from), '}')
	}
	b = appendValue(append(b, `],"problems":`...), &problems)
	return append(b, "}\n"...)
}

// appendValue appends the value of a setting as JSON.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case *string:
		return output.AppendString(b, *v)
	case *size:
		return strconv.AppendInt(b, int64(*v), 10)
	case *[]string:
		b = append(b, '[')
		for i, text := range *v {
			if i > 0 {
				b = append(b, ',')
			}
			b = output.AppendString(b, text)
		}
		return append(b, ']')
	}
	return append(b, asTOML(value)...) // numbers, true and false are the same
}
