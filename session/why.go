package session

import (
	"context"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// A Range is one that a filter's may be widened to.
type Range struct {
	Name     string // "last 24 h"
	From, To int64  // as in Filter
}

// Why says why a filter selects nothing, and what would select something.
type Why struct {
	Filter     Filter
	Matches    summary.Count // records that it selects after all; then nothing else is told
	Records    summary.Count // all that are in its range
	Levels     summary.ByLevel
	Conditions []Condition // the least level first, then those of the query in its order
	Left       int         // further conditions, which were not looked at
	Without    []Without
	Wider      []Wider
	Offers     []Offer // best first; none selects nothing
	Newest     []Newest
	Done       bool // all has been counted
}

// A Condition is one of those that must all hold.
type Condition struct {
	Node    query.Node    // nil: the least level
	Text    string        // service:chekout, level>=ERROR
	Count   summary.Count // records in the range that it selects alone
	Counted bool
	Culprit bool   // nothing is selected because of it: alone it selects nothing, or without it something is
	Remark  string // what else is known: "no such value; checkout has 1,022"; "" for nothing
}

// A Without is the filter with some of its conditions left out.
type Without struct {
	Conditions []int // their places in Why.Conditions
	Filter     Filter
	Count      summary.Count
}

// A Wider is the filter in another range.
type Wider struct {
	Range   Range
	Filter  Filter
	Count   summary.Count // records that it selects
	Records summary.Count // all that are there
}

// An Offer is a filter that selects something.
type Offer struct {
	Filter Filter
	Text   string // what is new in it: service:checkout, "without service:chekout", "last 24 h"
	Count  summary.Count
	Why    string // "service:chekout has no such value"; "" where the text says all
	Key    string // the key to take it by: "Enter" for the first
}

// Newest is the newest record of any kind of a source, which tells silence from a broken tail.
type Newest struct {
	Source string
	Health Health
	Time   int64 // its order time, nanoseconds since 1970; logs.NoTime: there is none
	Age    int64 // how long ago that is by the session's clock, nanoseconds; 0 where there is none
}

// Bounds of what is looked at.
const (
	maxReasons = 16 // conditions that are counted alone
	maxWithout = 8  // conditions each of which is left out by itself
	maxRemarks = 4  // conditions of which it is found out why they select nothing
	maxWiden   = 6  // ranges
)

// Why counts the filter's conditions one by one, what it would select without
// some of them, and in wider ranges (of none given, all time), and looks for what
// may have been meant. After each step it calls progress, which may be nil, with
// what is known so far and the callee's to keep. When ctx ends, it returns that,
// with ctx's error. The work is a count of each; where values must be looked for,
// some of the records are decoded.
func (s *Session) Why(ctx context.Context, f Filter, wider []Range, progress func(Why)) (Why, error) {
	q := &inquiry{s: s, ctx: ctx, wider: wider, progress: progress}
	q.why.Filter = f
	for _, step := range []func() error{q.first, q.alone, q.without, q.remarks, q.widen, q.offer} {
		if err := step(); err != nil {
			return q.why, err
		}
		if q.why.Matches.N > 0 {
			break
		}
	}
	q.why.Done = true
	q.tell()
	return q.why, nil
}

// An inquiry is one call of Why.
type inquiry struct {
	s        *Session
	ctx      context.Context
	wider    []Range
	progress func(Why)
	why      Why
	services map[string]int64 // of all records in the range
	fixes    []fix
}

func (q *inquiry) tell() {
	if q.progress == nil {
		return
	}
	w := q.why
	w.Conditions, w.Without, w.Wider = slices.Clone(w.Conditions), slices.Clone(w.Without), slices.Clone(w.Wider)
	w.Offers, w.Newest = slices.Clone(w.Offers), slices.Clone(w.Newest)
	q.progress(w)
}

func (q *inquiry) count(f Filter) (summary.Count, error) {
	v, err := q.s.View(f)
	if err != nil {
		return summary.Count{}, err
	}
	return v.Count(q.ctx)
}

// inside selects by a condition alone, nil: by none, in the filter's range.
func (q *inquiry) inside(n query.Node) Filter {
	return Filter{Query: n, From: q.why.Filter.From, To: q.why.Filter.To}
}

// first counts what there is, whatever its conditions, and lists these.
func (q *inquiry) first() (err error) {
	w := &q.why
	if w.Matches, err = q.count(w.Filter); err != nil || w.Matches.N > 0 {
		return err
	}
	nodes := query.Conditions(w.Filter.Query)
	if l := w.Filter.Level; l > 0 {
		w.Conditions = append(w.Conditions, Condition{Text: "level>=" + l.String()})
	}
	w.Left = max(0, len(nodes)-maxReasons)
	for _, n := range nodes[:len(nodes)-w.Left] {
		w.Conditions = append(w.Conditions, Condition{Node: n, Text: n.String()})
	}
	if w.Newest, err = q.s.newest(q.ctx); err != nil {
		return err
	}
	v, err := q.s.View(q.inside(nil))
	if err != nil {
		return err
	}
	t, err := v.Totals(q.ctx)
	if err != nil {
		return err
	}
	w.Records, w.Levels, q.services = t.Records, t.Levels, t.Services
	q.tell()
	return nil
}

// alone counts each condition by itself.
func (q *inquiry) alone() (err error) {
	for i := range q.why.Conditions {
		c := &q.why.Conditions[i]
		f := q.inside(c.Node)
		if c.Node == nil {
			f.Level = q.why.Filter.Level
		}
		if q.why.Records.N > 0 {
			if c.Count, err = q.count(f); err != nil {
				return err
			}
			c.Culprit = c.Count.N == 0
		}
		c.Counted = true
		q.tell()
	}
	return nil
}

// culprits are the places of conditions that alone select nothing.
func (q *inquiry) culprits() (out []int) {
	for i, c := range q.why.Conditions {
		if c.Counted && c.Count.N == 0 && q.why.Records.N > 0 {
			out = append(out, i)
		}
	}
	return out
}

// without counts the filter without each culprit, and without all of them. Where
// each condition selects something, it finds out which of them stand in the way.
func (q *inquiry) without() error {
	list := q.culprits()
	guilty := len(list) > 0
	if !guilty && q.why.Records.N > 0 {
		for i := range min(len(q.why.Conditions), maxWithout) {
			list = append(list, i)
		}
	}
	for _, i := range list[:min(len(list), maxWithout)] {
		n, err := q.leaveOut(i)
		if err != nil {
			return err
		}
		if !guilty {
			q.why.Conditions[i].Culprit = n > 0
		}
		q.tell()
	}
	if guilty && len(list) > 1 {
		_, err := q.leaveOut(list...)
		return err
	}
	return nil
}

// leaveOut counts the filter without some of its conditions.
func (q *inquiry) leaveOut(at ...int) (int64, error) {
	f := q.with(fixesOf(at))
	n, err := q.count(f)
	if err == nil {
		q.why.Without = append(q.why.Without, Without{at, f, n})
	}
	return n.N, err
}

// widen counts the same query in other ranges, until it finds something.
func (q *inquiry) widen() (err error) {
	f := q.why.Filter
	if f.From == logs.NoTime && f.To == logs.NoTime {
		return nil
	}
	list := q.wider
	if len(list) == 0 {
		list = []Range{{"all time", logs.NoTime, logs.NoTime}}
	}
	for _, r := range list[:min(len(list), maxWiden)] {
		w := Wider{Range: r, Filter: f}
		w.Filter.From, w.Filter.To = r.From, r.To
		if w.Count, err = q.count(w.Filter); err != nil {
			return err
		}
		if w.Records, err = q.count(Filter{From: r.From, To: r.To}); err != nil {
			return err
		}
		q.why.Wider = append(q.why.Wider, w)
		q.tell()
		if w.Count.N > 0 {
			break
		}
	}
	return nil
}

// newest returns the newest record of each source.
func (s *Session) newest(ctx context.Context) ([]Newest, error) {
	all, err := s.View(Filter{From: logs.NoTime, To: logs.NoTime})
	if err != nil {
		return nil, err
	}
	out := make([]Newest, len(s.sources))
	for i, h := range s.Health() {
		out[i] = Newest{Source: h.Source, Health: h, Time: logs.NoTime}
	}
	v := all.(*view)
	for _, d := range v.look().strands {
		if n := len(d.most); n > 0 {
			at := &out[sourceOf(d.state.Stream.Info().Place)]
			at.Time = max(at.Time, d.most[n-1])
		}
	}
	for _, m := range v.remotes {
		_ = m.fetch(ctx, lastPosition, 1, 0) // what it failed with stands in the source's health
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		at := &out[m.r.place]
		if older, _, _, _ := m.around(lastPosition); len(older) > 0 {
			at.Time = max(at.Time, older[0].Time)
		}
		at.Health = m.r.state()
	}
	now := s.o.Now().UnixNano()
	for i := range out {
		if out[i].Time != logs.NoTime {
			out[i].Age = max(0, now-out[i].Time)
		}
	}
	return out, nil
}
