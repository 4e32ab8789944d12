package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

func (p *program) queryCommand() *cobra.Command {
	o := &options{program: p}
	explain := false
	c := &cobra.Command{
		Use:   "query QUERY [SOURCE...]",
		Short: "Print the records that match",
		Long: `query prints the records of all sources that match a KQL query, in the order of time.
With -q every argument is a source.

  timeout                          the word, in any case, anywhere in the record
  "read timed out"                 a phrase
  level >= WARN and service:payment
  duration_ms > 1000 and not path:/healthz
  user:*  time*  *out*             a field exists; wildcards
  @timestamp >= "now-15m"
  message:/time(d )?out/           a regular expression

Exit status: 0 something matched, 1 nothing did, 2 the query is wrong, 3 a source could not be read, or the output not be written.`,
		Example: `  lx query 'level >= WARN and timeout' app.log
  lx query -o count '*' *.log.gz
  kubectl logs pod | lx query -o json 'user:*'
  lx query --es prod --last 1h 'service:payment and level >= ERROR'
  lx query --explain --es prod 'service:(payment or orders)'`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if explain {
				return o.explainQuery(c.Context(), args)
			}
			return o.printMatches(c.Context(), args)
		},
	}
	o.selectionFlags(c)
	o.serverFlags(c)
	o.outputFlag(c, "`FORM`: text, json (or jsonl), raw, csv, count", "text", "json", "jsonl", "raw", "csv", "count")
	c.Flags().BoolVar(&explain, "explain", false, "print the query that --es is asked for, and what of it cannot be asked; without --es the one that Kibana makes of it")
	return c
}

// queryAndSources takes the query from -q, or else from the first argument.
func (o *options) queryAndSources(args []string) (text string, rest []string, err error) {
	if o.queryGiven() {
		return o.query, args, nil
	}
	if len(args) == 0 {
		return "", nil, usage(errors.New("query needs a query: lx query 'level >= WARN' app.log ('*' is every record)"))
	}
	return args[0], args[1:], nil
}

// refuse is err; a wrong query is told as JSON on standard error where the output is JSON.
func (o *options) refuse(err error) error {
	var q *query.Error
	if !errors.As(err, &q) || o.output != "json" && o.output != "jsonl" {
		return err
	}
	line := output.AppendString([]byte(`{"error":`), q.Error())
	fmt.Fprintf(o.err, "%s,\"offset\":%d}\n", line, q.Offset)
	return &status{code: exitUsage}
}

// printMatches runs the query over the sources and prints what matches.
func (o *options) printMatches(ctx context.Context, args []string) error {
	text, rest, err := o.queryAndSources(args)
	if err != nil {
		return err
	}
	if err := o.chooseForm(); err != nil {
		return err
	}
	return o.records(ctx, text, rest)
}

// records prints the records of the sources that match text, in the form of --output.
func (o *options) records(ctx context.Context, text string, args []string) error {
	if len(args) == 0 && !o.queryGiven() && text != "" && !o.stdinIsPiped() {
		if _, err := os.Stat(text); err == nil {
			return usage(fmt.Errorf("nothing to read: %s was taken as the query; write lx query '*' %s, or -q QUERY", text, text))
		}
	}
	x, err := o.open(ctx, text, args)
	if err != nil {
		return o.refuse(err)
	}
	return o.recordsOf(ctx, x)
}

// recordsOf prints the records of an exploration that has been read, and closes it.
func (o *options) recordsOf(ctx context.Context, x *exploration) (err error) {
	defer x.Close()
	var matched int64
	if o.output == "count" {
		matched, err = o.printCount(ctx, x)
	} else {
		matched, err = o.print(ctx, x)
	}
	if err != nil {
		return err
	}
	for _, text := range x.remarks() {
		o.complain(errors.New(text))
	}
	return x.verdict(ctx, matched > 0)
}

// printCount writes how many records the view has, unless it is interrupted before it knows.
func (o *options) printCount(ctx context.Context, x *exploration) (int64, error) {
	n, err := x.count(ctx)
	switch {
	case err == nil:
		_, err = fmt.Fprintln(o.out, n.N)
	case ctx.Err() != nil:
		err = nil
	}
	if err == nil && n.Certainty != summary.Exact && len(x.unread) == 0 && len(x.remarks()) == 0 {
		o.complain(fmt.Errorf("%s are counted, and there may be more", summary.Thousands(n.N)))
	}
	return n.N, err
}

// print writes every record of the view.
func (o *options) print(ctx context.Context, x *exploration) (n int64, err error) {
	w := o.printer()
	write, err := o.writer(w, x)
	if err != nil {
		return 0, err
	}
	v := x.view
	if !o.kind().Decoded() {
		v = v.Undecoded()
	}
	x.each(ctx, v.Each, func(k session.Key, r *logs.Record) bool {
		n++
		err = write(k, r)
		return err == nil
	})
	if err == nil {
		err = w.Flush()
	}
	return n, err
}

// writer begins the output and returns what writes one record in the form of --output.
func (o *options) writer(w io.Writer, x *exploration) (func(session.Key, *logs.Record) error, error) {
	out, err := output.NewWriter(w, o.kind(), x.many)
	return func(k session.Key, r *logs.Record) error {
		if r.Marks&logs.Cut == 0 {
			return out.Write(r, nil)
		}
		return out.Write(r, func(w io.Writer) error { return x.view.WriteRaw(k, w) })
	}, err
}

// kind is the form of --output, which oneOf has checked.
func (o *options) kind() output.Kind {
	switch o.output {
	case "json", "jsonl":
		return output.JSONL
	case "raw":
		return output.Raw
	case "csv":
		return output.CSV
	}
	return output.Text
}

// chooseForm checks --output against the forms that the command has; the first is the default.
func (o *options) chooseForm() error {
	if o.output == "" {
		o.output = o.forms[0]
	}
	if slices.Contains(o.forms, o.output) {
		return nil
	}
	return usage(fmt.Errorf("-o %s: no such form; there are %s", o.output, strings.Join(o.forms, ", ")))
}
