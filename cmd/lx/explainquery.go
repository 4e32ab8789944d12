package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

// explainQuery prints the query that each server is asked for an expression, a line
// each; where no server is named, the one that follows from the expression alone.
func (o *options) explainQuery(ctx context.Context, args []string) error {
	text, rest, err := o.queryAndSources(args)
	if err != nil {
		return err
	}
	w := o.printer()
	to := json.NewEncoder(w.Writer)
	to.SetEscapeHTML(false)
	if len(rest) == 0 {
		n, err := query.Parse(text)
		if err != nil {
			return o.refuse(usage(err))
		}
		if err := to.Encode(dsl.DSL(n, dsl.Mapping{}).Body); err != nil {
			return err
		}
		return w.Flush()
	}
	if err := o.prepare(); err != nil {
		return err
	}
	f, err := o.filter(text)
	if err != nil {
		return o.refuse(err)
	}
	f.Now = o.started
	var failed []error
	for _, source := range rest {
		if !isServer(source) {
			return usage(fmt.Errorf("--explain asks servers alone, and %s is none: name them with --es", source))
		}
		s, missing, err := o.server(ctx, source)
		if err != nil {
			return err
		}
		if missing == nil {
			missing = o.explainAsked(ctx, to, s.(*elastic.Source), f)
		}
		if ctx.Err() != nil {
			return &status{code: exitInterrupted}
		}
		if missing != nil {
			failed = append(failed, missing)
		}
	}
	o.tellWarnings()
	if err := w.Flush(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return &status{exitSource, errors.Join(failed...)}
	}
	return nil
}

// explainAsked writes what one server is asked, and says what that misses.
func (o *options) explainAsked(ctx context.Context, to *json.Encoder, s *elastic.Source, f sources.Filter) error {
	body, wider, missed, err := s.Explain(ctx, f)
	if err != nil {
		return &lacking{s.Name(), err}
	}
	if wider {
		o.complain(fmt.Errorf("%s: it finds every match, and others, which lx leaves out", s.Name()))
	}
	if len(missed) > 0 {
		o.complain(fmt.Errorf("%s: it cannot look into %s: records that hold it there alone are not found", s.Name(), strings.Join(missed, ", ")))
	}
	return to.Encode(body)
}
