package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"

	"github.com/lxlog/lx/sources/elastic/dsl"
	"github.com/lxlog/lx/summary"
)

const (
	batchForms   = 40     // forms that one question is about
	batchValues  = 20_000 // values that one answer may list
	mostListed   = 10_000 // distinct values of a field that are all asked for, so that they are counted exactly
	likelyListed = 9_500  // as an estimate of how many there are
	precision    = 3_000  // up to so many distinct values the estimate is good
	mostTop      = 1_000
	shardValues  = 2_000 // that each shard reports, of which the most frequent of all are found
)

// fieldValues are what was counted of one form.
type fieldValues struct {
	records  int64 // that have the field
	lost     int64 // of them, those whose value cannot be counted
	hidden   int64 // other records that may have a value where it cannot be counted
	distinct int64
	others   int64 // records of values that are not in top, with repetitions
	wrong    int64 // by how much a count in top may be too small
	top      []summary.ValueCount
	refused  string // why the server did not count it
}

// ask asks for all parts: first for the most frequent values of each, then for
// all values of those of which there are not too many.
func (w *facetCount) ask(ctx context.Context) error {
	var batches [][]*facetPart
	for _, p := range w.parts {
		last := len(batches) - 1
		if last < 0 || len(batches[last]) == batchForms || !batches[last][0].beside(p) {
			batches, last = append(batches, nil), last+1
		}
		batches[last] = append(batches[last], p)
	}
	size := min(max(w.top, 10), mostTop)
	if err := w.each(ctx, batches, func(*facetPart) int { return size }); err != nil {
		return err
	}
	batches = nil
	held := int64(0)
	for _, p := range w.parts {
		if p.values.others == 0 || p.values.distinct > likelyListed || p.values.refused != "" {
			continue
		}
		last := len(batches) - 1
		if last < 0 || held+p.values.distinct > batchValues || !batches[last][0].beside(p) {
			batches, last, held = append(batches, nil), last+1, 0
		}
		batches[last] = append(batches[last], p)
		held += p.values.distinct
	}
	return w.each(ctx, batches, func(*facetPart) int { return mostListed })
}

// beside reports whether another part is of the same documents.
func (p *facetPart) beside(other *facetPart) bool {
	return p.of == other.of && slices.Equal(p.indices, other.indices)
}

// each asks for the batches, some of them at once.
func (w *facetCount) each(ctx context.Context, batches [][]*facetPart, size func(*facetPart) int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var turns sync.WaitGroup
	room := make(chan struct{}, maxQuestions-1)
	for _, b := range batches {
		room <- struct{}{}
		turns.Go(func() {
			defer func() { <-room }()
			if err := w.batch(ctx, b, size); err != nil {
				cancel(err)
			}
		})
	}
	turns.Wait()
	return context.Cause(ctx)
}

// batch asks for some parts at once; in halves where the server refuses that, down to the one that it cannot count.
func (w *facetCount) batch(ctx context.Context, parts []*facetPart, size func(*facetPart) int) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	n := *parts[0].of
	n.target = parts[0].indices
	aggregations := object{}
	for i, p := range parts {
		aggregations["f"+strconv.Itoa(i)] = p.aggregation(size(p))
	}
	out, err := n.ask(ctx, aggregations)
	f, refused := errors.AsType[*failure](err)
	switch {
	case err == nil:
	case len(parts) > 1 && (isTooMuch(err) || refused && f.Status == 400):
		half := len(parts) / 2
		return errors.Join(w.batch(ctx, parts[:half], size), w.batch(ctx, parts[half:], size))
	case len(parts) == 1 && parts[0].values.records > 0:
		return nil // it stays an estimate
	case len(parts) == 1 && refused && (f.Status == 400 || f.isTooMuch()):
		parts[0].values.refused = f.Reason
		return w.onlyRecords(ctx, parts[0])
	default:
		return err
	}
	if text := out.flaws(w.s); text != "" {
		w.remark(text)
	}
	if out.Aggregations == nil {
		return nil // no shard has anything
	}
	for i, p := range parts {
		if err := p.read(out, "f"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// onlyRecords asks for the number of records that have the field.
func (w *facetCount) onlyRecords(ctx context.Context, p *facetPart) error {
	n := *p.of
	n.target = p.indices
	out, err := n.ask(ctx, nil, p.form.Has, matchAll(p.form.Where))
	if err == nil {
		p.values.records = out.Hits.Total.Value
	}
	return err
}

func (w *facetCount) remark(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notes.add(text)
}

// aggregation counts the part's records and its most frequent values.
func (p *facetPart) aggregation(size int) object {
	f := &p.form
	within := object{"has": object{"filter": f.Has}}
	if f.Elsewhere != nil {
		within["elsewhere"] = object{"filter": f.Elsewhere}
	}
	if f.Field != "" {
		values := object{"distinct": object{"cardinality": object{"field": f.Field, "precision_threshold": precision}}}
		terms := object{"terms": object{"field": f.Field, "size": size, "shard_size": max(2*size, shardValues)}}
		values["values"] = terms
		if f.Path == "" {
			within["counted"] = object{"filter": object{"exists": object{"field": f.Field}}}
			within["distinct"], within["values"] = values["distinct"], terms
		} else {
			terms["aggs"] = object{"records": object{"reverse_nested": object{}}}
			within["in"] = object{"nested": object{"path": f.Path}, "aggs": values}
		}
	}
	return object{"filter": matchAll(f.Where), "aggs": within}
}

// A facetAnswer is the answer to a part's aggregation.
type facetAnswer struct {
	Has     docCount  `json:"has"`
	Counted *docCount `json:"counted"`
	Hidden  docCount  `json:"elsewhere"`
	valuesAnswer
	In *valuesAnswer `json:"in"`
}

type docCount struct {
	Count int64 `json:"doc_count"`
}

type valuesAnswer struct {
	Distinct struct {
		Value int64 `json:"value"`
	} `json:"distinct"`
	Values valueCounts `json:"values"`
}

func (p *facetPart) read(out *figures, name string) error {
	var answer facetAnswer
	if err := out.read(name, &answer); err != nil {
		return err
	}
	v := &p.values
	v.records, v.hidden = answer.Has.Count, answer.Hidden.Count
	if c := answer.Counted; c != nil {
		v.lost = max(v.records-c.Count, 0)
	}
	of := &answer.valuesAnswer
	if answer.In != nil {
		of = answer.In
	}
	v.distinct, v.others, v.wrong = of.Distinct.Value, of.Values.Others, of.Values.Wrong
	v.top = v.top[:0]
	for _, b := range of.Values.Buckets {
		count := b.Count
		if b.Records != nil {
			count = b.Records.Count
		}
		v.top = append(v.top, summary.ValueCount{Value: valueText(&p.form, b.Key, b.Text), Count: count})
	}
	pairs := v.others // of documents and values: there are no more values than these
	for _, b := range of.Values.Buckets {
		pairs += b.Count
	}
	if v.distinct = min(v.distinct, pairs); v.others == 0 {
		v.distinct = int64(len(v.top))
	}
	return nil
}

// valueText is a value as JSON has it in documents.
func valueText(f *dsl.Form, key json.RawMessage, written string) string {
	var text string
	if json.Unmarshal(key, &text) == nil {
		return text
	}
	switch f.Type {
	case "boolean", "date", "date_nanos":
		return written
	case "float":
		return decimal(string(key), 32)
	}
	return decimal(string(key), 64)
}

// decimal writes a number without an exponent, unless it is very large or small.
func decimal(s string, bits int) string {
	if _, err := strconv.ParseInt(s, 10, 64); err == nil {
		return s
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	form := byte('f')
	if a := max(x, -x); a >= 1e21 || a != 0 && a < 1e-6 {
		form = 'g'
	}
	return strconv.FormatFloat(x, form, -1, bits)
}
