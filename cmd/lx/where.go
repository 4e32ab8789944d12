package main

import (
	"fmt"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// sayWhere tells those whose time range left nothing of finished sources when those end.
func (x *exploration) sayWhere() {
	f := x.view.Filter()
	if f.From == logs.NoTime && f.To == logs.NoTime {
		return
	}
	all, err := x.View(sources.Filter{From: logs.NoTime, To: logs.NoTime})
	if err != nil {
		return
	}
	if len(x.servers) > 0 {
		x.sayWhereAsked(f, all)
		return
	}
	t, err := all.Totals(x.patient)
	if err != nil || t.First == logs.NoTime {
		return
	}
	for m := range t.Minutes {
		if (f.From == logs.NoTime || m+summary.Minute > f.From) && (f.To == logs.NoTime || m < f.To) {
			return // there are records in the range: the query left them out
		}
	}
	x.noneIn(t.First, t.Last)
}

// sayWhereAsked is sayWhere with servers, which are not made to count all that they have.
func (x *exploration) sayWhereAsked(f sources.Filter, all session.View) {
	in, err := x.View(sources.Filter{From: f.From, To: f.To})
	if err != nil {
		return
	}
	if n, err := in.Count(x.patient); err != nil || n.N > 0 {
		return
	}
	dated, err := x.View(sources.Filter{From: 0, To: logs.NoTime}) // those without a time stand before
	if err != nil {
		return
	}
	first, err := dated.Rows(x.patient, session.FirstKey, 0, 1)
	if err != nil || len(first.Rows) == 0 {
		return
	}
	last, err := all.Rows(x.patient, session.LastKey, 1, 0)
	if err != nil || len(last.Rows) == 0 {
		return
	}
	x.noneIn(first.Rows[0].Key.Time, last.Rows[0].Key.Time)
}

func (x *exploration) noneIn(first, last int64) {
	x.program.complain(fmt.Errorf("no record in that time: they are from %s to %s", output.AppendTime(nil, first), output.AppendTime(nil, last)))
}
