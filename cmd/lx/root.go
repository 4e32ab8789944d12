package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) root() *cobra.Command {
	o := &options{program: p}
	root := &cobra.Command{
		Use:   "lx [SOURCE...]",
		Short: "Explore logs",
		Long: `lx explores logs: it opens any log file or pipe, knows what each record says,
and answers questions about it.

A SOURCE is a file (gzip, zstd, bzip2, xz and lz4 are unpacked), a glob, a folder,
- for standard input, or the URL of an Elasticsearch or OpenSearch; --es names those
of the configuration. On these the screen begins with the last 15 minutes. Without a terminal on standard output the records are
printed as plain lines.`,
		Example: `  lx app.log                       look at a file
  kubectl logs pod | lx            look at what a pipe brings
  lx -q 'level >= WARN' /var/log   every warning of a folder
  lx stats app.log                 counts by level, service and minute
  lx --es prod app.log             a server and a file, merged by time`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, args []string) error { return o.explore(c.Context(), args) },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w\nTry '%s --help'", err, c.CommandPath()))
	})
	o.selectionFlags(root)
	o.serverFlags(root)
	o.screenFlags(root)
	o.pollFlag(root)
	o.outputFlag(root, "`FORM`: text, json (or jsonl), raw, csv, count: print, and do not open the screen", "text", "json", "jsonl", "raw", "csv", "count")
	root.AddCommand(p.queryCommand(), p.tailCommand(), p.runCommand(), p.statsCommand(), p.explainCommand(), p.fieldsCommand(), p.configCommand(), p.keysCommand(), p.themesCommand(), p.demoCommand(), p.versionCommand(), p.manCommand())
	return root
}
