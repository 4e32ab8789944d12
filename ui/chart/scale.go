package chart

import (
	"math"
	"strconv"

	"github.com/lxlog/lx/logs"
)

// eighths is n in units of an eighth of most over the given cells: at least one if there is anything.
func eighths(n, most int64, cells int) int {
	full := cells * 8
	if n <= 0 || most <= 0 || full <= 0 {
		return 0
	}
	return min(max(int(math.Round(float64(n)/float64(most)*float64(full))), 1), full)
}

// most is the largest count of a known column.
func (s *Series) most(least logs.Level) (n int64) {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.State == Known {
			n = max(n, c.Count(least))
		}
	}
	return n
}

// rate is records a minute in the newest column that is over, "?" if it is unknown or there is none.
func (s *Series) rate(least logs.Level) string {
	for i := len(s.Columns) - 1; i >= 0; i-- {
		switch c := &s.Columns[i]; c.State {
		case Unknown:
			return "?"
		case Known:
			return Short(float64(c.Count(least)) / float64(max(s.Step, 1)))
		}
	}
	return "?"
}

// Short is a number in at most four letters: 0.4, 412, 4.1k, 41k, 412k, 4.1M.
func Short(n float64) string {
	switch {
	case n <= 0 || math.IsNaN(n):
		return "0"
	case n < 0.05:
		return "<0.1"
	}
	for _, unit := range [...]string{"", "k", "M", "G", "T", "P", "E"} {
		if n < 9.95 && n != math.Trunc(n) || n < 9.95 && unit != "" {
			return strconv.FormatFloat(n, 'f', 1, 64) + unit
		}
		if n < 999.5 {
			return strconv.FormatFloat(n, 'f', 0, 64) + unit
		}
		n /= 1000
	}
	return "lots"
}
