package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/summary"
)

func (p *program) explainCommand() *cobra.Command {
	o := &options{program: p}
	c := &cobra.Command{
		Use:   "explain [SOURCE...]",
		Short: "Say which format each record has, and why",
		Long: `explain says how each record was recognised, in the order of the file: as a table of
the formats found, or with -o json each record as query prints it, with its format
and the reason.

The formats are ` + strings.Join(format.Names(), ", ") + `.`,
		Example: `  lx explain app.log
  lx explain -o json - < app.log
  lx explain --format '%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:level} %{GREEDYDATA:message}' app.log`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return o.explainFormats(c.Context(), args) },
	}
	o.readingFlags(c)
	o.outputFlag(c, "`FORM`: text (a table), json (or jsonl)", "text", "json", "jsonl")
	return c
}

// explainFormats explains the records of each source in the order of its bytes.
func (o *options) explainFormats(ctx context.Context, args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	x, err := o.open(ctx, "", args)
	if err != nil {
		return err
	}
	defer x.Close()
	ix, err := o.indexer()
	if err != nil {
		return err
	}
	w := o.printer()
	if o.output == "text" {
		writeFormats(w.Writer, x.Session.Health(), x.formats(ctx, ix))
	} else {
		var b []byte
		x.each(ctx, x.view.InOrder, func(_ session.Key, r *logs.Record) bool {
			b = append(output.AppendJSON(b[:0], r, "format", r.Format, "why", ix.Explain(r.Raw, r.Format)), '\n')
			_, err = w.Write(b)
			return err == nil
		})
	}
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	return x.verdict(ctx, true)
}

// found is what a table says of one format in one source.
type found struct {
	name    string
	records int64
	why     string
	example string
}

// formats returns those of each source by its name, in the order in which they were first met.
func (x *exploration) formats(ctx context.Context, ix *format.Indexer) map[string][]*found {
	type key struct{ source, format string }
	known := map[key]*found{}
	out := map[string][]*found{}
	x.each(ctx, x.view.InOrder, func(_ session.Key, r *logs.Record) bool {
		at := key{r.Source(), r.Format}
		f := known[at]
		if f == nil {
			first, _, _ := strings.Cut(strings.TrimSpace(string(r.Raw[:min(len(r.Raw), 400)])), "\n")
			f = &found{name: strings.Clone(r.Format), why: ix.Explain(r.Raw, r.Format), example: first}
			at.format = f.name
			known[at] = f
			out[at.source] = append(out[at.source], f)
		}
		f.records++
		return true
	})
	return out
}

// writeFormats writes the table of each source.
func writeFormats(w *bufio.Writer, sources []session.Health, formats map[string][]*found) {
	for _, s := range sources {
		fmt.Fprintf(w, "%s\n", output.Clean(s.Source, false))
		if len(formats[s.Source]) == 0 {
			fmt.Fprintln(w, "  no records")
		}
		for _, f := range formats[s.Source] {
			fmt.Fprintf(w, "  %-14s %12s records  %s\n", f.name, summary.Thousands(f.records), f.why)
			fmt.Fprintf(w, "  %-14s first:  %s\n", "", clip(output.Clean(f.example, false), 100))
		}
	}
}

// clip is s in at most n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
