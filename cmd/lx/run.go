package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func (p *program) runCommand() *cobra.Command {
	o := &options{program: p, follow: true, runs: true}
	c := &cobra.Command{
		Use:   "run [FLAG...] -- COMMAND [ARG...]",
		Short: "Run a command and explore what it writes",
		Long: `run starts a command and opens the screen on what it writes to its standard output
and its standard error; the field log.iostream says which: stdout or stderr. Without
a terminal on standard output, or with -o, each record is printed as it comes.

The command gets its arguments as they are: no shell reads them. Its standard input
is empty. When lx ends, the command and what it started are asked to end (SIGTERM),
and killed after 3 seconds. Many programs hold back what they write into a pipe:
stdbuf -oL COMMAND has some write each line at once.

Exit status: 0 the command ended with 0, 3 it failed or could not be started, as
standard error tells; 130 interrupted.`,
		Example: `  lx run -- kubectl logs -f deploy/shop --timestamps
  lx run -q 'log.iostream:stderr' -- make test
  lx run -- sh -c 'journalctl -f | grep payment'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(errors.New("nothing to run: lx run -- COMMAND [ARG...]"))
			}
			if o.terminal && o.output == "" {
				if keys, done, ok := o.keyboard(); ok {
					defer done()
					return o.exploreWith(c.Context(), args, keys)
				}
			}
			return o.tail(c.Context(), -1, args)
		},
	}
	o.selectionFlags(c)
	o.screenFlags(c)
	o.outputFlag(c, "`FORM`: text, json (or jsonl), raw, csv: print, and do not open the screen", "text", "json", "jsonl", "raw", "csv")
	c.Flags().SetInterspersed(false) // what stands behind the command's name is the command's
	return c
}
