package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/ui/keys"
)

func (p *program) keysCommand() *cobra.Command {
	o := &options{program: p}
	modes := modeNames()
	c := &cobra.Command{
		Use:   "keys [MODE]",
		Short: "List what the keys of the screen do",
		Long: `keys lists what each key does on the screen, by mode, as the configuration has it:
a * stands where it differs from the preset. It fails where the configuration
names a key or an action that there is not, or gives a key two actions.

The modes are ` + strings.Join(modes, ", ") + `.`,
		Example: `  lx keys
  lx keys logs
  lx keys -o json`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: modes,
		RunE:      func(_ *cobra.Command, args []string) error { return o.listKeys(args) },
	}
	o.outputFlag(c, "`FORM`: text (a table), json", "text", "json")
	return c
}

func modeNames() (out []string) {
	for _, m := range allModes() {
		out = append(out, string(m))
	}
	return out
}

func allModes() []keys.Mode { return append(slices.Clone(keys.Views), keys.Text) }

func (o *options) listKeys(args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	modes := allModes()
	if len(args) > 0 {
		if !slices.Contains(modes, keys.Mode(args[0])) {
			return usage(noSuch("mode", args[0], modeNames()))
		}
		modes = []keys.Mode{keys.Mode(args[0])}
	}
	o.config = readConfig(configPath(), o.now())
	w := o.printer()
	if o.output == "json" {
		w.Write(keysJSON(o.config.keymap, modes))
	} else {
		fmt.Fprint(w.Writer, keysTable(o.config.keymap, modes))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	o.tellProblems()
	if c := o.config; c.wrongKeys || c.file == nil && len(c.problems) > 0 {
		return &status{code: exitUsage}
	}
	return nil
}

// keysTable is the table for people: an empty line between modes.
func keysTable(m *keys.Map, modes []keys.Mode) string {
	var b strings.Builder
	for i, mode := range modes {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", mode)
		for _, k := range m.Bindings(mode) {
			shown := make([]string, len(k.Keys))
			for i, key := range k.Keys {
				shown[i] = keys.Show(key)
			}
			fmt.Fprintf(&b, "%1s %-24s %-18s %s\n", star(m, mode, k.Action), strings.Join(shown, " "), k.Action, k.Does)
		}
	}
	return output.Clean(b.String(), true)
}

func star(m *keys.Map, mode keys.Mode, a keys.Action) string {
	if m.Changed(mode, a) {
		return "*"
	}
	return ""
}

// keysJSON is what scripts rely on. Keys go by the names that the configuration takes.
func keysJSON(m *keys.Map, modes []keys.Mode) []byte {
	b := []byte{'['}
	for _, mode := range modes {
		for _, k := range m.Bindings(mode) {
			if len(b) > 1 {
				b = append(b, ',', '\n')
			}
			b = fmt.Appendf(b, `{"mode":"%s","action":"%s","keys":`, mode, k.Action)
			b = appendValue(b, &k.Keys)
			b = output.AppendString(append(b, `,"does":`...), k.Does)
			b = fmt.Appendf(b, `,"changed":%t}`, m.Changed(mode, k.Action))
		}
	}
	return append(b, "]\n"...)
}
