package ui

import (
	"math"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/chart"
)

// unanswered is, of each source that may still find more, where it has found all there
// is. Servers are not among them: what they count tells of times that are not fetched.
func (m *Model) unanswered(complete map[string][]session.Interval) (out [][]session.Interval) {
	for _, h := range m.health {
		in := complete[h.Source]
		all := len(in) == 1 && in[0].From == math.MinInt64 && in[0].To == math.MaxInt64
		if !all && h.Kind != server && h.State != session.Ended {
			out = append(out, in)
		}
	}
	return out
}

// markUnknown marks the bars that are empty because a source has not answered for
// their time: nobody knows that nothing was there. What is to come is known to be nothing.
func (s *scope) markUnknown(of *chart.Series, now int64, uncounted []string) {
	kept := len(s.tally.uncounted) > 0 && s.tally.answered > 0 // the bars are those of before
	for i := range of.Columns {
		c := &of.Columns[i]
		if len(uncounted) > 0 && of.Start(i) <= now && (kept && of.Start(i+1) > s.tally.answered || !kept && c.Count(0) == 0) {
			c.State = chart.Unknown
		}
		if c.Count(0) > 0 {
			continue
		}
		for _, in := range s.unanswered {
			if !covered(in, of.Start(i), of.Start(i+1)) {
				c.State = chart.Unknown
				break
			}
		}
	}
}

// covered reports whether the times from from to to lie within one of the intervals.
func covered(in []session.Interval, from, to int64) bool {
	for _, i := range in {
		if i.From <= from && to <= i.To {
			return true
		}
	}
	return false
}
