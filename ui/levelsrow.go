package ui

import (
	"fmt"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// levelsText is a row of counts by level, the worst first.
func levelsText(m *Model, of *summary.ByLevel, width int) string {
	line, total := "", max(of.Total(), 1)
	for l := logs.Levels - 1; l >= 0; l-- {
		if of[l] == 0 {
			continue
		}
		name := levelName(logs.Level(l), 3)
		if l == 0 {
			name = "none"
		}
		line += " " + m.Theme.Levels[l].Render(name) + fmt.Sprintf(" %s  %.1f%% ", thousands(of[l]), 100*float64(of[l])/float64(total))
	}
	return fit(line, width)
}

func thousands(n int64) string { return summary.Thousands(n) }
