package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// tellShop prints what the shop has, the story of its incident and the records of the first order that failed.
func (o *demoOptions) tellShop(ctx context.Context, shop demo.Options) error {
	x, err := o.readShop(ctx, shop)
	if err != nil {
		return err
	}
	defer x.Close()
	t, err := x.totals()
	if err != nil {
		return err
	}
	writer := demo.New(shop)
	truth := demo.NewTruth()
	story := writer.Story()
	for l := range writer.All() {
		if ctx.Err() != nil {
			return &status{code: exitInterrupted}
		}
		truth.Add(&l)
	}
	w := o.printer()
	fmt.Fprintf(w.Writer, "%s\n%s\n", o.programTable(truth), o.statsTable(t))
	if truth.Incident.Errors > 0 {
		fmt.Fprintf(w.Writer, "%s\nThe first order that failed (trace_id:%s)\n", o.storyTable(story, &truth.Incident), truth.Incident.Trace)
		if err := o.traceOf(ctx, w, x, truth.Incident.Trace); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return x.verdict(ctx, true)
}

// programTable says what there is to read.
func (o *demoOptions) programTable(truth *demo.Truth) string {
	var b strings.Builder
	fmt.Fprintf(&b, "A generated shop (--seed %d): %d programs, requests that pass through them, and an incident.\n\n", o.seed, len(demo.Streams()))
	for _, s := range demo.Streams() {
		if f := truth.Files[s.File()]; f != nil {
			fmt.Fprintf(&b, "%-14s %-10s %9s records\n", s.File(), f.Format, summary.Thousands(f.Records))
		}
	}
	return b.String()
}

// storyTable tells the incident in the order of time.
func (o *demoOptions) storyTable(story []demo.Moment, in *demo.Incident) string {
	var b strings.Builder
	fmt.Fprintln(&b, "The incident")
	for _, m := range story {
		fmt.Fprintf(&b, "%s  %s\n", m.At.In(o.location).Format("15:04:05"), m.Text)
	}
	var by []string
	for _, s := range demo.Streams() {
		if n := in.By[s.String()]; n > 0 {
			by = append(by, s.String()+" "+summary.Thousands(n))
		}
	}
	fmt.Fprintf(&b, "errors    %s: %s\n", summary.Thousands(in.Errors), strings.Join(by, ", "))
	return b.String()
}

// traceOf prints all records of a trace, whatever the flags select.
func (o *demoOptions) traceOf(ctx context.Context, w io.Writer, x *exploration, id demo.TraceID) error {
	n := &query.Is{Field: query.Field{Name: logs.CoreTrace.Key()}, Value: query.Value{Kind: query.Quoted, Text: id.String()}}
	v, err := x.View(sources.Filter{Query: n, From: logs.NoTime, To: logs.NoTime})
	if err != nil {
		return err
	}
	write, err := o.writer(w, x)
	if err != nil {
		return err
	}
	x.each(ctx, v.Undecoded().Each, func(k session.Key, r *logs.Record) bool {
		err = write(k, r)
		return err == nil
	})
	return err
}
