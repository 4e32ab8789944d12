package corpus

import (
	"cmp"
	"slices"
	"time"
)

// Truth is what a corpus holds.
type Truth struct {
	Format    string         `json:"format"`
	Lines     int            `json:"lines"`   // physical lines
	Records   int            `json:"records"` // fewer than lines where stack traces span several
	First     time.Time      `json:"first"`
	Last      time.Time      `json:"last"`
	Levels    map[string]int `json:"levels"`
	Services  map[string]int `json:"services"`
	Templates map[int]int    `json:"templates"`  // records by the shape of their message
	PerMinute map[string]int `json:"per_minute"` // by 2006-01-02T15:04, UTC
	Traces    map[string]int `json:"traces"`     // the 20 longest traces, records each
	Timeouts  int            `json:"message_contains_timeout"`
	Slow      int            `json:"duration_ms_over_1000"`
	Incident  [2]time.Time   `json:"incident"`
}

// counting is a Truth in the making.
type counting struct {
	Truth
	traces longest
	minute time.Time // the one that inMinute counts
	inTime int       // records of that minute
}

func newTruth(o Options) *counting {
	span := time.Duration(float64(o.Records) / o.Rate * float64(time.Second))
	c := &counting{traces: longest{open: map[string]int{}}}
	c.Truth = Truth{Format: o.Format, Levels: map[string]int{}, Services: map[string]int{}, Templates: map[int]int{}, PerMinute: map[string]int{}, Traces: map[string]int{},
		Incident: [2]time.Time{o.Start.Add(span * 6 / 10), o.Start.Add(span * 13 / 20)}}
	return c
}

func (c *counting) add(e *event, shape, lines int) {
	if c.Records == 0 {
		c.First = e.at
	}
	c.Last = e.at
	c.Lines += lines
	c.Records++
	c.Levels[e.level]++
	c.Services[e.service]++
	c.Templates[shape]++
	if e.at.Sub(c.minute) >= time.Minute {
		c.endMinute()
		c.minute = e.at.UTC().Truncate(time.Minute)
	}
	c.inTime++
	if shape == declined {
		c.Timeouts++
	}
	if e.duration > 1000 {
		c.Slow++
	}
	c.traces.open[e.trace]++
}

func (c *counting) endMinute() {
	if c.inTime > 0 {
		c.PerMinute[c.minute.Format("2006-01-02T15:04")] += c.inTime
	}
	c.inTime = 0
}

func (c *counting) finish() {
	c.endMinute()
	for id := range c.traces.open {
		c.traces.end(id)
	}
	for _, t := range c.traces.best {
		c.Traces[t.id] = t.records
	}
}

// longest finds the traces of most records, of equal ones those of the least ids.
type longest struct {
	open map[string]int
	best []traced // in that order
}

type traced struct {
	id      string
	records int
}

// end says that no more records of a trace come.
func (l *longest) end(id string) {
	t := traced{id, l.open[id]}
	delete(l.open, id)
	at, _ := slices.BinarySearchFunc(l.best, t, func(a, b traced) int {
		return cmp.Or(cmp.Compare(b.records, a.records), cmp.Compare(a.id, b.id))
	})
	l.best = slices.Insert(l.best, at, t)
	l.best = l.best[:min(len(l.best), 20)]
}
