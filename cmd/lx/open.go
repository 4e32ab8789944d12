package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/summary"
)

// exploration is the sources of one command line and what is selected of them.
type exploration struct {
	*session.Session
	program *program
	view    session.View
	servers map[string]bool // the sources that answer by themselves, by name
	many    bool            // there is more than one source: a record must say which it is from
	args    []string        // the sources, as they stand on the command line
	missing []error         // sources that could not be opened at all
	unread  []error         // what of the records could not be read when they were asked for
	patient context.Context // outlives an interrupt: what had been gathered by then is printed
	cut     bool            // an interrupt came before the sources had been read
}

// gated has a source that only emits wait for the gate, where there is one.
func (o *options) gated(s sources.Source) sources.Source {
	if o.gate == nil {
		return s
	}
	return gated{s, o.gate}
}

// begin starts reading the sources that the arguments mean.
func (o *options) begin(ctx context.Context, text string, args []string) (*exploration, error) {
	x, err := o.beginOn(ctx, text, func() ([]sources.Source, []error, error) { return o.sourcesOf(ctx, args) })
	if err == nil && !o.runs {
		x.args = o.named(args)
	}
	return x, err
}

// beginOn starts reading the sources that made returns, with what could not be opened at all.
func (o *options) beginOn(ctx context.Context, text string, made func() ([]sources.Source, []error, error)) (*exploration, error) {
	if err := o.prepare(); err != nil {
		return nil, err
	}
	filter, err := o.filter(text)
	if err != nil {
		return nil, err
	}
	indexer, err := o.indexer()
	if err != nil {
		return nil, err
	}
	list, missing, err := made()
	if err != nil {
		return nil, err
	}
	if !o.follow {
		asked, silent, err := o.guard(ctx, list, filter)
		if err != nil {
			return nil, err
		}
		list, missing = asked, append(missing, silent...)
	}
	x := &exploration{program: o.program, many: len(list) > 1, missing: missing, patient: context.WithoutCancel(ctx)}
	x.servers = map[string]bool{}
	for _, s := range list {
		if _, ok := s.(sources.Searcher); ok {
			x.servers[s.Name()] = true
		}
	}
	x.Session = session.New(session.Options{
		Now:     o.now,
		Env:     o.env(),
		Indexer: func(sources.StreamInfo) logs.Indexer { return indexer.Clone() },
		Store:   o.bounds(),
		// A sole number has no room for "at least".
		CountAll: o.output == "count",
	}, list...)
	if x.view, err = x.View(filter); err != nil {
		return nil, usage(err)
	}
	x.Start(ctx)
	return x, nil
}

// indexer reads bytes as the flags and the configuration say.
func (o *options) indexer() (*format.Indexer, error) {
	ix, err := format.New(format.Options{Format: o.format, Location: o.location, Patterns: o.config.patterns()})
	if err != nil {
		return nil, usage(err)
	}
	return ix, nil
}

// endPatience is how long sources get to end after an interrupt.
const endPatience = 3 * time.Second

// open starts reading the sources and waits until they have been read, or ctx ends.
func (o *options) open(ctx context.Context, text string, args []string) (*exploration, error) {
	x, err := o.begin(ctx, text, args)
	o.tellWarnings()
	if err != nil {
		return nil, err
	}
	o.read(ctx, x)
	return x, nil
}

// read waits until the sources have been read, or ctx ends.
func (o *options) read(ctx context.Context, x *exploration) {
	stop := o.showProgress(ctx, x.Health)
	_ = x.WaitEnded(ctx)
	if x.cut = ctx.Err() != nil; x.cut {
		// Interrupted, sources end at once, and what they have read is what there is.
		patience, cancel := context.WithTimeout(x.patient, endPatience)
		_ = x.WaitEnded(patience)
		cancel()
	}
	stop()
}

// each has records, the Each of a view, call f for all of them, until f returns false. An
// interrupt ends it, unless it came before: then these are the records that had been gathered.
func (x *exploration) each(ctx context.Context, records func(context.Context, func(session.Key, *logs.Record) bool) error, f func(session.Key, *logs.Record) bool) {
	if x.cut {
		ctx = x.patient
	}
	err := records(ctx, f)
	if err != nil && ctx.Err() == nil {
		x.unread = append(x.unread, err)
	}
}

// count is how many records the view has. An interrupt ends it as it does each.
func (x *exploration) count(ctx context.Context) (summary.Count, error) {
	if x.cut {
		ctx = x.patient
	}
	n, err := x.view.Count(ctx)
	x.unread = append(x.unread, x.view.Unread()...)
	return n, err
}

// remarks are what servers said of the last question of the view, each naming its server: fields that they could not look into, parts that
// did not answer. It is no fault, and told beside what they found.
func (x *exploration) remarks() (out []string) {
	if len(x.servers) == 0 {
		return nil
	}
	page, err := x.view.Known(x.patient, session.FirstKey, 0, 0)
	if err != nil {
		return nil
	}
	faults := x.faults()
	for _, n := range page.Notes {
		name, _, _ := strings.Cut(n, ": ")
		if x.servers[name] && !slices.ContainsFunc(faults, func(err error) bool { return err.Error() == n }) {
			out = append(out, n)
		}
	}
	return out
}

// totals counts the records of the view. Notes say why figures may not be of all that there is.
func (x *exploration) totals() (*summary.Totals, error) {
	t, err := x.view.Totals(x.patient)
	if err != nil {
		return nil, err
	}
	known := x.notes(x.cut)
	for _, n := range t.Notes {
		if n.Fault && !slices.Contains(known, n.Text) {
			x.unread = append(x.unread, errors.New(n.Text))
		}
	}
	for _, text := range known {
		if !slices.ContainsFunc(t.Notes, func(n summary.Note) bool { return n.Text == text }) {
			t.Note(summary.Note{Text: text})
		}
	}
	all := slices.Clone(t.Notes)
	t.Notes = slices.DeleteFunc(t.Notes, func(n summary.Note) bool { // another tells it with its source
		return slices.ContainsFunc(all, func(o summary.Note) bool { return strings.HasSuffix(o.Text, ": "+n.Text) })
	})
	if len(t.Notes) > 0 {
		t.Records.Certainty = max(t.Records.Certainty, summary.AtLeast)
	}
	return t, nil
}

// Health is the session's, and that of the sources that could not be opened at all.
func (x *exploration) Health() []session.Health {
	all := x.Session.Health()
	for _, err := range x.missing {
		name, _, _ := strings.Cut(err.Error(), ":")
		var l *lacking
		if errors.As(err, &l) {
			name = l.source
		}
		all = append(all, session.Health{Source: name, State: session.Ended, Text: err.Error()})
	}
	return all
}

// notes say why what is told may not be of all that there is.
func (x *exploration) notes(interrupted bool) (notes []string) {
	if interrupted {
		notes = append(notes, "interrupted: this is of what had been read by then")
	}
	for _, err := range x.faults() {
		notes = append(notes, err.Error())
	}
	return notes
}

// faults are what could not be read, or not be kept, each naming its source.
func (x *exploration) faults() []error {
	return slices.Concat(x.missing, x.Errors(), x.Lost(), x.unread)
}

// verdict says what went wrong, and returns the exit status: matched says whether anything was found.
func (x *exploration) verdict(ctx context.Context, matched bool) error {
	faults := x.faults()
	events, _ := x.Events()
	x.program.tell(events...)
	x.program.complainOf(faults)
	if !matched && ctx.Err() == nil {
		x.sayWhere()
	}
	switch {
	case ctx.Err() != nil:
		return &status{code: exitInterrupted}
	case len(faults) > 0:
		return &status{code: exitSource}
	case !matched:
		return &status{code: exitNothing}
	}
	return nil
}

// localName is the zone's name for people, its offset where it has no better one.
func localName(loc *time.Location, now time.Time) string {
	if loc != time.Local {
		return loc.String()
	}
	if tz := os.Getenv("TZ"); tz != "" {
		return tz
	}
	name, _ := now.In(loc).Zone()
	return name
}
