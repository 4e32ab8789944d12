package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/summary"
)

func (p *program) configTestCommand() *cobra.Command {
	o := &options{program: p, memory: defaultMemory}
	c := &cobra.Command{
		Use:   "test [NAME|URL...]",
		Short: "Try the search servers of the configuration",
		Long: `test asks an Elasticsearch or OpenSearch all that the other commands would need: it says
what is reached, which indices match, what the key may do, which fields are taken for time, level and the
others, and for whatever fails what to do. Nothing is changed there. Without a NAME all of the
configuration are tried.

Exit status: 0 each can be searched, 3 one cannot.`,
		Example: `  lx config test prod
  LX_ES_API_KEY=... lx config test https://es1.example:9200 --index 'app-*'
  lx config test -o json prod`,
		RunE: func(c *cobra.Command, args []string) error { return o.testServers(c, args) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return serverNames(p.now()), cobra.ShellCompDirectiveNoFileComp
		},
	}
	o.indexFlag(c)
	c.Flags().StringVar(&o.tz, "tz", "", "`ZONE` of times")
	o.outputFlag(c, "`FORM`: text (a table), json (or jsonl): an object for each", "text", "json", "jsonl")
	return c
}

// testServers prints a report on each server.
func (o *options) testServers(c *cobra.Command, args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	if err := o.configure(c); err != nil {
		return err
	}
	o.tellProblems()
	if err := o.prepare(); err != nil {
		return err
	}
	if len(args) == 0 {
		if args = slices.Sorted(maps.Keys(o.config.Clusters)); len(args) == 0 {
			return usage(o.config.noCluster("prod"))
		}
	}
	var of []string
	for _, a := range args {
		if a = asServer(a); !isServer(a) {
			return usage(errNoServer)
		}
		of = append(of, a)
	}
	w := o.printer()
	code := exitDone
	for i, source := range of {
		name, settings, folder, err := o.clusterOf(source)
		if err != nil {
			return usage(err)
		}
		r := o.probed(c.Context(), name, folder, &settings)
		switch {
		case c.Context().Err() != nil:
			return &status{code: exitInterrupted}
		case !r.Usable:
			code = exitSource
		}
		if o.output == "text" {
			fmt.Fprint(w.Writer, "\n"[:min(i, 1)], o.reportTable(&r))
		} else if err := json.NewEncoder(w.Writer).Encode(r); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	o.tellWarnings()
	if code != exitDone {
		return &status{code: code}
	}
	return nil
}

// probed is what a server answers, or why it cannot even be asked.
func (o *options) probed(ctx context.Context, name, folder string, c *cluster) elastic.Report {
	of, err := o.clusterOptions(ctx, name, folder, c)
	if o.index != "" {
		of.Index = o.index
	}
	if err != nil {
		return elastic.Report{Name: name, Index: of.Index, Indices: []elastic.Matched{}, Rights: []elastic.Right{}, Fields: []elastic.Taken{}, Problems: []string{err.Error()}}
	}
	of.Env, of.Now = o.env(), o.now
	return elastic.Probe(ctx, of)
}

var errNoServer = errors.New("the name of a configured server is wanted, or a URL that begins with http:// or https://")

// shownIndices is how many of those that match are listed.
const shownIndices = 10

// reportTable is a report for people.
func (o *options) reportTable(r *elastic.Report) string {
	var b strings.Builder
	row := func(label, form string, args ...any) {
		fmt.Fprintf(&b, "%-14s %s\n", output.Clean(label, false), output.Clean(fmt.Sprintf(form, args...), false))
	}
	row("server", "%s", r.Name)
	if r.URL != "" {
		row("reached", "%s, %s", r.URL, cmp.Or(r.TLS, "not encrypted"))
	}
	if r.Product != "" {
		row("product", "%s %s", r.Product, r.Version)
	}
	if r.Index != "" {
		row("index", "%s", r.Index)
	}
	if r.Product != "" {
		o.indexRows(row, r)
	}
	for _, right := range r.Rights {
		if right.Allowed {
			row("may", "%s (%s)", right.What, right.API)
		} else {
			row("may not", "%s (%s): %s", right.What, right.API, right.Why)
		}
	}
	for _, f := range r.Fields {
		row(f.Core, "%s", cmp.Or(strings.Join(f.Names, ", "), "-"))
	}
	for _, text := range r.Problems {
		if !slices.ContainsFunc(r.Rights, func(right elastic.Right) bool { return !right.Allowed && right.Why == text }) { // else it has been told
			row("problem", "%s", text)
		}
	}
	if r.Usable {
		row("so", "it can be searched")
	} else {
		row("so", "it cannot be searched")
	}
	return b.String()
}

// indexRows are those of the indices that match, and of their documents.
func (o *options) indexRows(row func(label, form string, args ...any), r *elastic.Report) {
	row("matches", "%s, %s", numbered(int64(r.Matches), "index", "indices"), numbered(r.Total, "document", "documents"))
	width := 0
	for _, m := range r.Indices[:min(len(r.Indices), shownIndices)] {
		width = max(width, len(m.Name))
	}
	for i, m := range r.Indices {
		if i == shownIndices {
			row("", "and %s more", summary.Thousands(int64(r.Matches-shownIndices)))
			break
		}
		bytes := ""
		if m.Bytes >= 0 {
			bytes = inUnits(m.Bytes)
		}
		row("", "%-*s %14s documents %8s", width, m.Name, summary.Thousands(m.Documents), bytes)
	}
	if !r.Newest.IsZero() {
		row("newest", "%s, %s ago", o.clock(r.Newest.UnixNano()), since(o.now().Sub(r.Newest)))
	}
}

// inUnits is a number of bytes for people.
func inUnits(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f KB", float64(n)/1e3)
}

// numbered is a number of things.
func numbered(n int64, one, many string) string {
	if n == 1 {
		many = one
	}
	return summary.Thousands(n) + " " + many
}

// since is how long ago something was, in the largest unit that there is more than one of.
func since(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%d s", max(d, 0)/time.Second)
}
