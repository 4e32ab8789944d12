package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/summary"
)

func (p *program) fieldsCommand() *cobra.Command {
	o := &options{program: p}
	top := 10
	c := &cobra.Command{
		Use:   "fields [SOURCE...]",
		Short: "List every field with its most frequent values",
		Long: `fields lists every field of the records that match, with how many records have it,
how many different values it has and which are the most frequent. Counts are exact up to 100,000 values of a field and 10,000
fields; beyond that they say how they were estimated, as servers' are.`,
		Example: `  lx fields app.log
  lx fields --es prod --last 1h
  lx fields -o json -q 'level >= ERROR' --top 3 *.log`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return o.fields(c.Context(), args, top) },
	}
	o.selectionFlags(c)
	o.serverFlags(c)
	o.outputFlag(c, "`FORM`: text (a table), json", "text", "json")
	c.Flags().IntVar(&top, "top", top, "`N` most frequent values of each field")
	return c
}

func (o *options) fields(ctx context.Context, args []string, top int) error {
	if err := o.chooseForm(); err != nil {
		return err
	}
	if top < 0 {
		return usage(fmt.Errorf("--top %d: a number from 0", top))
	}
	x, err := o.open(ctx, o.query, args)
	if err != nil {
		return o.refuse(err)
	}
	defer x.Close()
	list, said := x.facets(ctx, top)
	notes := x.notes(ctx.Err() != nil)
	for _, text := range said {
		if !slices.Contains(notes, text) {
			notes = append(notes, text)
			o.complain(errors.New(text))
		}
	}
	w := o.printer()
	if o.output == "json" {
		w.Write(facetsJSON(list, notes))
	} else {
		fmt.Fprint(w.Writer, facetsTable(list))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(list) == 0 {
		x.sayWhere()
	}
	return x.verdict(ctx, true)
}

// facets counts the fields of the view's records, those of servers by themselves.
// An interrupt ends it, unless it came before: then these are of what was looked
// at by then. Notes say what is not counted.
func (x *exploration) facets(ctx context.Context, top int) (list []summary.Facet, notes []string) {
	if x.cut {
		ctx = x.patient
	}
	list, notes, err := x.view.Facets(ctx, top)
	if err != nil && ctx.Err() == nil {
		x.unread = append(x.unread, err)
	}
	x.unread = append(x.unread, x.view.Unread()...)
	return list, notes
}

// facetsJSON is the list that scripts rely on. notes say why there may be more than it has.
func facetsJSON(list []summary.Facet, notes []string) []byte {
	b := []byte{'['}
	for i, f := range list {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		b = append(b, `{"field":`...)
		b = output.AppendString(b, f.Field)
		why := notes
		if !f.Exact {
			why = append([]string{f.Method}, notes...)
		}
		b = fmt.Appendf(b, `,"type":"%s","records":%d,"distinct":%d,"exact":%t`, f.Type, f.Records, f.Distinct, len(why) == 0)
		b = notesJSON(b, why)
		b = append(b, `,"top":[`...)
		for j, v := range f.Top {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"value":`...)
			b = appendTyped(b, f.Type, v.Value)
			b = fmt.Appendf(b, `,"count":%d}`, v.Count)
		}
		b = append(b, ']', '}')
	}
	return append(b, ']', '\n')
}

// appendTyped appends a value as its type has it: a number without quotes.
func appendTyped(b []byte, kind, value string) []byte {
	if (kind == logs.Number.String() || kind == logs.Bool.String()) && json.Valid([]byte(value)) {
		return append(b, value...)
	}
	return output.AppendString(b, value)
}

func facetsTable(list []summary.Facet) string {
	width := len("field")
	for _, f := range list {
		width = max(width, min(len(f.Field), 40))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s  %-6s %12s %12s  most frequent\n", width, "field", "type", "records", "distinct")
	for _, f := range list {
		distinct := summary.Thousands(f.Distinct)
		switch {
		case !f.Exact && f.Distinct == 0:
			distinct = "-" // a server cannot tell its values apart
		case !f.Exact:
			distinct = "~" + distinct
		}
		fmt.Fprintf(&b, "%-*s  %-6s %12s %12s  %s\n", width, output.Clean(f.Field, false), f.Type, summary.Thousands(f.Records),
			distinct, topText(f.Top))
	}
	return b.String()
}

// topText is as many of the values as fit into a line.
func topText(top []summary.ValueCount) string {
	var parts []string
	room := 80
	for _, v := range top {
		text := output.Clean(v.Value, false)
		if r := []rune(text); len(r) > 30 {
			text = string(r[:29]) + "…"
		}
		text = fmt.Sprintf("%s %s", text, summary.Thousands(v.Count))
		if room -= len(text) + 2; room < 0 && len(parts) > 0 {
			break
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}
