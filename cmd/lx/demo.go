package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/when"
)

// demoOptions are the flags of demo.
type demoOptions struct {
	*options
	seed    uint64
	start   string
	minutes int
	rate    float64
	dir     string
}

// What the generated shop may be asked for.
const (
	demoMinutes = 90
	mostMinutes = 366 * 24 * 60
	mostRate    = 1e6
)

func (p *program) demoCommand() *cobra.Command {
	o := &demoOptions{options: &options{program: p}}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Explore the logs of a generated shop",
		Long: `demo opens the screen on a small shop that writes logs as you watch: eight programs,
each with a format of its own, requests that pass through them under one trace id,
and an incident some minutes ago. No log is read, and none written without --write;
the configuration counts, and filters that are typed are remembered in their history.

Without a terminal on standard output it prints what there is, the story of the
incident and the records of one order that it met, and ends. With -o it prints the
records, as query does.`,
		Example: `  lx demo
  lx demo --level ERROR
  lx demo -o jsonl -q 'service:payment and level:ERROR'
  lx demo --write shop --start 2026-03-14T12:00Z --minutes 60`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	o.selectionFlags(c)
	o.screenFlags(c)
	o.outputFlag(c, "print the records in this `FORM`, and do not open the screen: text, json (or jsonl), raw, csv, count", "text", "json", "jsonl", "raw", "csv", "count")
	f := c.Flags()
	f.Uint64Var(&o.seed, "seed", 1, "a `NUMBER` that all of the shop follows from: the same with the same --start makes the same bytes")
	f.StringVar(&o.start, "start", "", "the `TIME` at which the logs begin; the shop's clock goes on from their end (default: so that they end now)")
	f.IntVar(&o.minutes, "minutes", demoMinutes, "how many `MINUTES` there are before what is live")
	f.Float64Var(&o.rate, "rate", demo.DefaultRate, "about so many `RECORDS` a second")
	f.StringVar(&o.dir, "write", "", "write the logs into this `FOLDER`, with truth.json, which says what is in them, and do no more")
	for _, name := range []string{"format", "encoding", "no-cache"} { // of files that others wrote
		_ = f.MarkHidden(name)
	}
	return c
}

func (o *demoOptions) run(ctx context.Context) error {
	asked := o.output != ""
	if err := o.chooseForm(); err != nil {
		return err
	}
	live := o.terminal && !asked && o.dir == ""
	shop, err := o.shop(live)
	if err != nil {
		return usage(err)
	}
	switch {
	case live:
		return o.exploreShop(ctx, shop)
	case o.dir != "":
		return o.writeShop(ctx, shop)
	case asked:
		return o.printShop(ctx, shop)
	}
	return o.tellShop(ctx, shop)
}

// shop is what the flags say of it: it ends, and its incident is some minutes before its end.
// With --start the clock of the program becomes that of the shop, which goes on from its end while it is live.
func (o *demoOptions) shop(live bool) (s demo.Options, err error) {
	if o.minutes < 1 || o.minutes > mostMinutes {
		return s, fmt.Errorf("--minutes %d: there may be 1 to %d", o.minutes, mostMinutes)
	}
	if !(o.rate > 0 && o.rate <= mostRate) {
		return s, fmt.Errorf("--rate %v: it may be up to %d", o.rate, int(mostRate))
	}
	span, now := time.Duration(o.minutes)*time.Minute, o.now()
	start := now.Add(-span).Truncate(time.Second)
	if o.start != "" {
		loc, err := zone(o.tz)
		if err != nil {
			return s, err
		}
		at, err := when.Typed(o.start, now, loc)
		if err != nil {
			return s, fmt.Errorf("--start: %w", err)
		}
		if at.From < 0 {
			return s, fmt.Errorf("--start %s: the shop opened in 1970", o.start)
		}
		start = time.Unix(0, at.From)
		wall, end := o.now, start.Add(span)
		o.now = func() time.Time {
			if !live {
				return end
			}
			return end.Add(wall().Sub(now))
		}
	}
	return demo.Options{Seed: o.seed, Start: start, Duration: span, Rate: o.rate, Incident: span * 13 / 15, For: min(5*time.Minute, span/18)}, nil
}

// exploreShop opens the screen on the shop, which goes on; where there are no keys it tells of it.
func (o *demoOptions) exploreShop(ctx context.Context, shop demo.Options) error {
	keys, done, ok := o.keyboard()
	if !ok {
		return o.tellShop(ctx, shop)
	}
	defer done()
	o.follow = true
	shop.Duration = 0
	x, err := o.beginOn(ctx, o.query, o.programs(shop))
	if err != nil {
		return err
	}
	defer x.Close()
	return o.screen(ctx, x, keys)
}

// printShop prints the records of the shop that match, in the form of --output.
func (o *demoOptions) printShop(ctx context.Context, shop demo.Options) error {
	x, err := o.readShop(ctx, shop)
	if err != nil {
		return o.refuse(err)
	}
	return o.recordsOf(ctx, x)
}

// readShop reads all that the shop writes.
func (o *demoOptions) readShop(ctx context.Context, shop demo.Options) (*exploration, error) {
	x, err := o.beginOn(ctx, o.query, o.programs(shop))
	if err != nil {
		return nil, err
	}
	o.read(ctx, x)
	return x, nil
}

// programs makes a source of each program of the shop.
func (o *demoOptions) programs(shop demo.Options) func() ([]sources.Source, []error, error) {
	return func() (list []sources.Source, missing []error, err error) {
		for _, s := range demo.Streams() {
			list = append(list, &demoSource{stream: s, shop: shop, now: o.now})
		}
		return list, nil, nil
	}
}
