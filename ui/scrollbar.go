package ui

import (
	"sort"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// scrollBar is a cell for each line of the list: where in all that the list has its
// records stand, and where there are errors, hits of the search and bookmarks.
// Places are told by counts of minutes, as rows have no numbers.
func (m *Model) scrollBar(s *scope, height int) []string {
	t, g := &m.inks, m.Glyphs
	bar := make([]string, height)
	track := t.dim.Render(g.Track)
	for i := range bar {
		bar[i] = track
	}
	if !s.tally.known || len(s.items) == 0 || height < 2 {
		return bar
	}
	p := newPlaces(s.tally.inTime, s.level)
	if p.total == 0 {
		return bar
	}
	line := func(time int64) int { return max(0, min(int(p.of(time)*float64(height)), height-1)) }
	failed := t.levels[logs.Error.Level()].Render(g.Track)
	for i, minute := range p.minutes {
		if p.errors[i] {
			bar[line(minute)] = failed
		}
	}
	for _, at := range m.search.minutes {
		bar[line(at)] = t.found.Render(g.Track)
	}
	for _, at := range m.markTimes() {
		bar[line(at)] = t.mark.Render(g.Bookmark)
	}
	from, to := s.list.Visible()
	if to > from {
		first, last := line(s.items[from].Key.Time), line(s.items[to-1].Key.Time)
		if s.head && from == 0 {
			first = 0
		}
		if s.tail && to == len(s.items) {
			last = height - 1
			first = min(first, last)
		}
		for i := first; i <= last; i++ {
			style := t.dim
			if bar[i] == failed {
				style = t.levels[logs.Error.Level()]
			}
			bar[i] = style.Render(g.Thumb)
		}
	}
	return bar
}

// places tell how much of all records comes before a time.
type places struct {
	minutes []int64
	before  []int64 // records before each minute
	errors  []bool
	total   int64
}

func newPlaces(of *summary.Totals, least logs.Severity) *places {
	p := &places{minutes: of.Sorted()}
	p.before, p.errors = make([]int64, len(p.minutes)), make([]bool, len(p.minutes))
	for i, minute := range p.minutes {
		p.before[i] = p.total
		for l, n := range of.Minutes[minute] {
			if least == 0 || logs.Level(l) >= least.Level() {
				p.total += n
				p.errors[i] = p.errors[i] || n > 0 && logs.Level(l) >= logs.Error.Level()
			}
		}
	}
	return p
}

// of is how much of all comes before the time, from 0 to 1.
func (p *places) of(time int64) float64 {
	i := sort.Search(len(p.minutes), func(i int) bool { return p.minutes[i] > time }) - 1
	if i < 0 {
		return 0
	}
	next := p.total
	if i+1 < len(p.before) {
		next = p.before[i+1]
	}
	share := min(float64(time-p.minutes[i])/float64(summary.Minute), 1)
	return (float64(p.before[i]) + share*float64(next-p.before[i])) / float64(p.total)
}
