package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/themes"
)

func (p *program) themesCommand() *cobra.Command {
	o := &options{program: p}
	c := &cobra.Command{
		Use:   "themes [NAME]",
		Short: "Show the themes of the screen",
		Long: `themes lists the themes that the screen can have. On a terminal it shows what each
looks like there and says which one is used and why; in a pipe it prints a name and
a description a line.`,
		Example: `  lx themes
  lx themes dark`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return o.themes(c, args) },
	}
	o.outputFlag(c, "`FORM`: text, json", "text", "json")
	var names []string
	for _, t := range themes.All() {
		names = append(names, t.Name+"\t"+t.About)
	}
	c.ValidArgsFunction = fixed(names...)
	return c
}

func (o *options) themes(c *cobra.Command, args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	if err := o.configure(c); err != nil {
		return err
	}
	o.tellProblems()
	terminal := themes.Environment(os.Getenv)
	list := themes.All()
	if len(args) > 0 {
		named, ok := themes.Named(args[0])
		if !ok {
			_, err := themes.Choose(args[0], "", terminal)
			return usage(err)
		}
		list = []*themes.Theme{named}
	}
	if o.output != "json" && o.terminal {
		signs := themes.ChooseGlyphs(o.config.Glyphs, o.config.AmbiguousWidth, terminal)
		return themes.Print(o.out, themesShown(list, o.config.theme, signs, terminal))
	}
	text := themesLines(list)
	if o.output == "json" {
		text = string(themesJSON(list, o.config.theme))
	}
	_, err := fmt.Fprint(o.out, text)
	return err
}

// themesLines is a name, a tab and a description a line.
func themesLines(list []*themes.Theme) string {
	var b strings.Builder
	for _, t := range list {
		fmt.Fprintf(&b, "%s\t%s\n", t.Name, t.About)
	}
	return b.String()
}

// themesShown is each theme with a sample. Where the terminal would not show a theme
// as it is, for want of colours or by NO_COLOR, the description stands alone.
func themesShown(list []*themes.Theme, current themes.Choice, signs *themes.Glyphs, terminal themes.Terminal) string {
	rule := strings.Repeat(signs.Rule, themes.SampleWidth)
	inUse := fmt.Sprintf("%s (%s)", current.Name, output.Clean(current.Why, false))
	heading := themes.Mono().Strong // shows on any background
	var b strings.Builder
	hidden := ""
	for _, t := range list {
		shown, err := themes.Choose(t.Name, "it", terminal)
		alone := err != nil || shown.Name != t.Name || terminal.NoColor != "" && t.Name != "mono"
		if alone {
			hidden = "TERM=" + output.Clean(terminal.Term, false) + " has too few colours to show them all.\n"
			if terminal.NoColor != "" {
				hidden = "NO_COLOR is set: themes with colours are not shown.\n"
			}
		}
		fmt.Fprintf(&b, "%s  %s", heading.Render(t.Name), current.Dim.Render(t.About))
		if t.Name == current.Name {
			fmt.Fprintf(&b, "  %s", heading.Render("in use"))
		}
		b.WriteByte('\n')
		if alone {
			continue
		}
		b.WriteString(current.Dim.Render(rule) + "\n")
		for _, line := range t.Sample(signs) {
			b.WriteString(line + "\n")
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%sIn use: %s.\n", hidden, inUse)
	return b.String()
}

// themesJSON is the list that scripts rely on.
func themesJSON(list []*themes.Theme, current themes.Choice) []byte {
	b := []byte{'['}
	for i, t := range list {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		b = output.AppendString(append(b, `{"name":`...), t.Name)
		b = output.AppendString(append(b, `,"about":`...), t.About)
		b = fmt.Appendf(b, `,"current":%t}`, t.Name == current.Name)
	}
	return append(b, ']', '\n')
}
