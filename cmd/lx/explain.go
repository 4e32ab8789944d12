package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
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
	o.outputFlag(c, "`FORM`: text (a table), json (or jsonl)")
	_ = c.RegisterFlagCompletionFunc("output", fixed("text", "json", "jsonl"))
	return c
}

// explainFormats reads one source after the other, and explains each in the order of its bytes.
func (o *options) explainFormats(ctx context.Context, args []string) error {
	if err := o.oneOf("text", "json", "jsonl"); err != nil {
		return err
	}
	if err := o.prepare(); err != nil {
		return err
	}
	ix, err := o.indexer()
	if err != nil {
		return err
	}
	list, faults, err := o.sourcesOf(args)
	if err != nil {
		return err
	}
	w := o.printer()
	for i, src := range list {
		if i > 0 && ctx.Err() != nil {
			break
		}
		to := &reading{program: o.program, store: store.New(store.Options{Now: o.now}), indexer: ix}
		if err := src.Run(ctx, to); err != nil {
			faults = append(faults, err)
		}
		faults = append(faults, to.store.Snapshot().Lost()...)
		if o.output == "text" {
			err = to.table(w.Writer, src.Name())
		} else {
			err = to.records(w.Writer)
		}
		_ = to.store.Close() // nothing of it is needed any more
		if err != nil {
			faults = append(faults, err)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	o.complainOf(faults)
	switch {
	case ctx.Err() != nil:
		return &status{code: exitInterrupted}
	case len(faults) > 0:
		return &status{code: exitSource}
	}
	return nil
}

// reading is a Sink that keeps the records of one source in the order of its bytes.
type reading struct {
	program *program
	store   *store.Store
	indexer *format.Indexer
	mu      sync.Mutex
}

// Open implements sources.Sink.
func (r *reading) Open(info sources.StreamInfo) sources.Stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := store.Info{Resource: info.Resource, ModTime: info.ModTime, Live: info.Live}
	if info.Data != nil {
		in.Data = info.Data
	}
	return openStream{r.store.Open(in, r.indexer.Clone())}
}

// Report implements sources.Sink.
func (r *reading) Report(sources.Health) {}

// Note implements sources.Sink.
func (r *reading) Note(e sources.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.program.tell(e)
}

type openStream struct{ *store.Stream }

// Append implements sources.Stream.
func (s openStream) Append(ctx context.Context, c sources.Chunk) error {
	return s.Stream.Append(ctx, c.Data, c.Ends, c.Arrived)
}

// each calls f for every record in the order of the bytes.
func (r *reading) each(f func(*logs.Record) error) error {
	var in store.Reader
	var rec logs.Record
	for _, st := range r.store.Snapshot().Streams {
		blocks := st.Blocks
		if st.Open != nil {
			blocks = append(blocks[:len(blocks):len(blocks)], st.Open)
		}
		for _, b := range blocks {
			c, err := b.Columns()
			if err != nil {
				return err
			}
			for i := range c.Len() {
				if err := in.Record(c, i, &rec); err != nil {
					return err
				}
				if err := f(&rec); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// records writes a record a line.
func (r *reading) records(w *bufio.Writer) error {
	var b []byte
	return r.each(func(rec *logs.Record) error {
		b = output.AppendJSON(b[:0], rec, "format", rec.Format, "why", r.indexer.Explain(rec.Raw, rec.Format))
		_, err := w.Write(append(b, '\n'))
		return err
	})
}

// found is what a table says of one format.
type found struct {
	name    string
	records int64
	why     string
	example string
}

// table writes the formats of the source, in the order in which they were first met.
func (r *reading) table(w *bufio.Writer, source string) error {
	var formats []*found
	byName := map[string]*found{}
	err := r.each(func(rec *logs.Record) error {
		f := byName[rec.Format]
		if f == nil {
			first, _, _ := strings.Cut(strings.TrimSpace(string(rec.Raw[:min(len(rec.Raw), 400)])), "\n")
			f = &found{name: rec.Format, why: r.indexer.Explain(rec.Raw, rec.Format), example: first}
			byName[rec.Format], formats = f, append(formats, f)
		}
		f.records++
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", output.Clean(source, false))
	if len(formats) == 0 {
		fmt.Fprintln(w, "  no records")
	}
	for _, f := range formats {
		fmt.Fprintf(w, "  %-14s %12s records  %s\n", f.name, summary.Thousands(f.records), f.why)
		fmt.Fprintf(w, "  %-14s first:  %s\n", "", clip(output.Clean(f.example, false), 100))
	}
	return nil
}

// clip is s in at most n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
