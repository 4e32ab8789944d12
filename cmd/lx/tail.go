package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/sources"
)

func (p *program) tailCommand() *cobra.Command {
	o := &options{program: p, follow: true}
	number := "10"
	c := &cobra.Command{
		Use:   "tail [SOURCE...]",
		Short: "Follow records as they come",
		Long: `tail opens the screen at the newest record and follows. Without a terminal on
standard output, or with -o or -n, it prints the last records of all
sources, in the order of time, and then each record as it comes. A record of
several lines comes when the next one begins, or when nothing came for a while.

Files are followed through rotations and truncations; one that does not exist yet
is waited for. Of a folder or a pattern, files that appear are read from their
beginning. Of a server each record comes as it becomes visible there, late ones too.
What happens to a source is told on standard error.

It ends when all sources have ended, as a pipe does, or when it is interrupted.`,
		Example: `  lx tail app.log
  lx tail -n 100 --level warn /var/log/shop '/srv/*/app.log'
  lx tail --es prod --level ERROR
  kubectl logs -f pod | lx tail -o json -q 'user:*'`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			last, err := lastRecords(number)
			if err != nil {
				return err
			}
			if o.terminal && o.output == "" && !c.Flags().Changed("lines") {
				if keys, done, ok := o.keyboard(); ok {
					defer done()
					return o.exploreWith(c.Context(), args, keys)
				}
			}
			return o.tail(c.Context(), last, args)
		},
	}
	o.selectionFlags(c)
	o.serverFlags(c)
	o.screenFlags(c)
	o.outputFlag(c, "`FORM`: text, json (or jsonl), raw, csv: print, and do not open the screen", "text", "json", "jsonl", "raw", "csv")
	c.Flags().StringVarP(&number, "lines", "n", number, "begin with the last `N` records; all for every record there is")
	o.pollFlag(c)
	return c
}

// lastRecords reads the value of -n; negative is all.
func lastRecords(text string) (int, error) {
	if text == "all" {
		return -1, nil
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0, usage(fmt.Errorf("-n %s: give a number of records, or all", text))
	}
	return int(n), nil
}

// tail prints the last records, and then each as it comes, until the sources end or ctx does.
func (o *options) tail(ctx context.Context, last int, args []string) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	o.gate = make(chan struct{})
	x, err := o.begin(ctx, o.query, args)
	o.tellWarnings()
	if err != nil {
		return o.refuse(err)
	}
	defer x.Close()
	stop := x.tellNews()
	defer stop()
	go o.openGate(ctx, x)
	w, err := newPacedPrinter(ctx, o, x)
	if err != nil {
		return err
	}
	v := x.view
	if !o.kind().Decoded() {
		v = v.Undecoded()
	}
	err = v.Follow(w.ctx, last, w.record)
	switch fault := w.end(); {
	case fault != nil:
		return fault
	case ctx.Err() != nil:
		return &status{code: exitInterrupted}
	case len(x.view.Unread()) > 0 || len(x.missing) > 0 || len(x.Errors()) > 0: // each was told as it came
		return &status{code: exitSource}
	case err != nil:
		return &status{exitSource, err}
	}
	return nil
}

// A gated source begins to read when the gate opens: all that it brings comes after that.
type gated struct {
	sources.Source
	gate <-chan struct{}
}

// Run implements sources.Source.
func (g gated) Run(ctx context.Context, to sources.Sink) error {
	to.Report(sources.Health{Source: g.Name(), State: sources.Live})
	select {
	case <-g.gate:
		return g.Source.Run(ctx, to)
	case <-ctx.Done():
		return nil
	}
}

// openGate opens it once the last records that there were have been printed; until then it shows how far that is.
func (o *options) openGate(ctx context.Context, x *exploration) {
	stop := o.showProgress(ctx, x.Session.Health)
	defer stop()
	select {
	case <-x.Following():
		close(o.gate)
	case <-ctx.Done():
	}
}
