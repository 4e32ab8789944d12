package ui

import (
	"fmt"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/chart"
)

// levelsRow is the counts by level of what query and range select, and from when on.
func (m *Model) levelsRow() string {
	s := m.scope()
	if !s.tally.known {
		return ""
	}
	of := s.tally.inTime
	caption := ""
	if of.First != logs.NoTime {
		caption = m.since(of.First, of.Last) + " "
	}
	return chart.LevelsRow(&of.Levels, s.level.Level(), caption, m.Theme, m.width)
}

// since is how long it is from one time to another, and the first: 1 h from 13:12.
func (m *Model) since(from, to int64) string {
	start, d := time.Unix(0, from).In(m.zone()), time.Duration(to-from)
	layout, long := "15:04", fmt.Sprintf("%d min", int(d.Minutes())+1)
	switch {
	case d >= 48*time.Hour:
		layout, long = "2006-01-02", fmt.Sprintf("%d d", int(d.Hours()/24+0.5))
	case d >= 2*time.Hour:
		long = fmt.Sprintf("%d h", int(d.Hours()+0.5))
	}
	if end := time.Unix(0, to).In(m.zone()); layout == "15:04" && start.YearDay() != end.YearDay() {
		layout = "01-02 15:04"
	}
	return long + " from " + start.Format(layout)
}

func thousands(n int64) string { return summary.Thousands(n) }
