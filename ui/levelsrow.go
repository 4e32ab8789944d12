package ui

import (
	"fmt"
	"strings"
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
	mark := m.countsLack(s)
	if mark != "" {
		mark = "· " + mark + " "
	}
	return chart.LevelsRow(&of.Levels, s.level.Level(), mark, caption, m.Theme, m.width)
}

// countsLack says what figures do not have that are drawn; "" where it is nothing, or
// said everywhere else, as no source has been counted.
func (m *Model) countsLack(s *scope) string {
	t := &s.tally
	names := make([]string, len(t.uncounted))
	for i, n := range t.uncounted {
		names[i] = cleanCut(shortName(n), maxLacking)
	}
	who := strings.Join(names, ", ")
	if len(names) > 1 && cellWidth(who) > maxLacking {
		who = plural(len(names), "server")
	}
	switch {
	case t.partly && s.here.full && !s.waits.stopped:
		return strings.TrimSuffix("still counting "+who, " ")
	case len(names) > 0 && len(names) < len(m.health):
		return "without " + who
	case t.partly:
		return "so far"
	}
	return ""
}

// maxLacking is the cells for the names of servers that figures lack.
const maxLacking = 20

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
