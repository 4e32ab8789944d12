package ui

import (
	"math"
	"testing"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
)

// A bar without records is unknown where a source has not answered for all of its time, and empty else.
func TestUnansweredBars(t *testing.T) {
	s := open(t, newShop(0), 80, 24, "")
	s.health = []session.Health{{Source: "a", State: session.Live}, {Source: "b", State: session.Live}, {Source: "gone", State: session.Ended}}
	f := func(want string, complete map[string][]session.Interval) {
		t.Helper()
		of := chart.Fold(map[int64]*summary.ByLevel{summary.Minute: {3: 1}}, 0, 1, 4)
		s.scope().unanswered = s.unanswered(complete)
		s.scope().markUnknown(of, noon.UnixNano(), nil)
		got := ""
		for _, c := range of.Columns {
			got += [...]string{"-", ":", "?"}[c.State]
		}
		if got != want {
			t.Errorf("%v: %s, not %s", complete, got, want)
		}
	}
	all := []session.Interval{{From: math.MinInt64, To: math.MaxInt64}}
	f("----", map[string][]session.Interval{"a": all, "b": all})
	f("?-??", map[string][]session.Interval{"a": all})
	f("?-?-", map[string][]session.Interval{"a": all, "b": {{From: 3 * summary.Minute, To: math.MaxInt64}}})
	f("--?-", map[string][]session.Interval{"a": all, "b": {{From: 0, To: 2 * summary.Minute}, {From: 2*summary.Minute + 1, To: math.MaxInt64}}})
}
