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
	o.programTable(w, truth)
	fmt.Fprintf(w, "%s\n", o.statsTable(t))
	if len(story) > 0 && truth.Incident.Errors > 0 {
		o.tellStory(w, story, &truth.Incident)
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
func (o *demoOptions) programTable(w io.Writer, truth *demo.Truth) {
	fmt.Fprintf(w, "A generated shop (--seed %d): %d programs, requests that pass through them, and an incident.\n\n", o.seed, len(demo.Streams()))
	for _, s := range demo.Streams() {
		if f := truth.Files[s.File()]; f != nil {
			fmt.Fprintf(w, "%-14s %-10s %9s records\n", s.File(), f.Format, summary.Thousands(f.Records))
		}
	}
	fmt.Fprintln(w)
}

// tellStory tells the incident in the order of time.
func (o *demoOptions) tellStory(w io.Writer, story []demo.Moment, in *demo.Incident) {
	fmt.Fprintln(w, "The incident")
	for _, m := range story {
		fmt.Fprintf(w, "%s  %s\n", m.At.In(o.location).Format("15:04:05"), m.Text)
	}
	var by []string
	for _, s := range demo.Streams() {
		if n := in.By[s.String()]; n > 0 {
			by = append(by, s.String()+" "+summary.Thousands(n))
		}
	}
	fmt.Fprintf(w, "errors    %s: %s\n\n", summary.Thousands(in.Errors), strings.Join(by, ", "))
}

// traceOf prints all records of a trace, whatever the flags select.
func (o *demoOptions) traceOf(ctx context.Context, w io.Writer, x *exploration, id demo.TraceID) error {
	n := &query.Is{Field: query.Field{Name: logs.CoreTrace.Key()}, Value: query.Value{Kind: query.Quoted, Text: id.String()}}
	v, err := x.View(sources.Filter{Query: n, From: logs.NoTime, To: logs.NoTime})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "The first order that failed: lx demo -o text -q 'trace_id:%s'\n", id)
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
